#!/usr/bin/env bash
# The workflow files of `mlp init --ci`: their own steps are run here as a git host would run them, in fresh clones that
# share a store. (What installs packages and builds mlp is left out.)
. "$(dirname "$0")/environment.sh"
. "$project/tests/cli/project.sh"
mkdir bin
ln -s "$MLP" bin/mlp
export PATH=$PWD/bin:$PATH

# step NAME FILE: what the step of a GitHub workflow runs.
step() {
  awk -v name="$1" '
    /^      - / { inside = ($0 == "      - name: " name); block = 0 }
    !inside { next }
    /^        run: \|$/ { block = 1; next }
    /^        run: / { print substr($0, 14) }
    block && /^          / { print substr($0, 11) }' "$2"
}
# script NAME FILE: what a list of commands of a GitLab job runs.
script() {
  awk -v name="$1" '
    /^  [a-z_]+:/ { inside = ($0 == "  " name ":"); block = 0 }
    !inside { next }
    /^    - \|$/ { block = 1; next }
    /^    - / { block = 0; print substr($0, 7) }
    block && /^      / { print substr($0, 7) }' "$2"
}
# value KEY FILE: a variable of a workflow.
value() { sed -n "s/^  $1: \([^ ]*\).*/\1/p" "$2"; }
# runner DIR: a checkout as a host makes it: every branch, a detached HEAD, no word on which branch is the default.
runner() {
  git init -q "$1"
  git -C "$1" remote add origin "$scratch/work/origin.git"
  git -C "$1" fetch -q origin '+refs/heads/*:refs/remotes/origin/*'
  git -C "$1" checkout -q --detach origin/main
}
# run_step STATUS NAME: in the folder of the project.
run_step() {
  local status=$1 command
  command=$(step "$2" ../.github/workflows/mlp.yml)
  [ -n "$command" ] || fail "the workflow has no step '$2'"
  expect_exit "$status" bash --noprofile --norc -eo pipefail -c "$command"
}

# published: how many records the remote's ledger has.
published() { git -C "$scratch/work/origin.git" ls-tree -r --name-only mlp-ledger | grep -c '^records/'; }

# a project in a folder of a repository: the file goes to the root and knows the folder
git init -q repository
expect_exit 0 "$MLP" init repository/churn --data "$churn_table" --target churn --positive Yes --ci github
expect_out "repository/.github/workflows/mlp.yml"
expect_out "mlp data add data/churn.csv && git add"
sed -i 's/^  rounds: .*/  rounds: 10/' repository/churn/mlp.yaml
workflow=repository/.github/workflows/mlp.yml
grep -q 'working-directory: churn$' "$workflow" || fail "the workflow does not know the project's folder"
expect_exit 3 "$MLP" -C repository/churn init --ci github
expect_err "nothing is overwritten"
expect_exit 0 "$MLP" -C repository/churn init --ci gitlab
expect_exit 0 "$MLP" -C repository/churn data add data/churn.csv
git -C repository add -A
git -C repository commit -qm "continuous integration"
git clone -q --bare repository origin.git
export CI=true GITHUB_EVENT_NAME=pull_request MLP_STORE=$scratch/store
MODEL=$(value MODEL "$workflow") DATA=$(value DATA "$workflow")
export MODEL DATA
expect_equal "$MODEL $DATA" "churn@HEAD data/churn.csv"

# the first pull request: the data must come from somewhere, then all is judged and nothing decided
runner first
runner second # before the first one publishes
cd first/churn || exit 1
run_step 0 "policy branch"
run_step 1 data
expect_err "say in the step 'data'"
cp "$churn_table" data/
run_step 0 data
for name in check train evaluate decide "publish the ledger"; do run_step 0 "$name"; done
cd ../..
expect_equal "$(published)" 4 # dataset; run, evaluation, look at the test set

# data that are not what the pointer says are refused
cd second/churn || exit 1
run_step 0 "policy branch"
run_step 0 data # out of the store now
tail -n 1 data/churn.csv >> data/churn.csv
run_step 3 train
expect_err "--locked"

# another pull request at the same time: both ledgers are kept
git checkout -q -- . && rm data/churn.csv
run_step 0 data
for name in train evaluate decide "publish the ledger"; do run_step 0 "$name"; done
cd ../..
expect_equal "$(published)" 7
[ "$(git -C second worktree list | wc -l)" -eq 1 ] || fail "publishing left a worktree behind"

# a push to the branch decides, and everybody knows
runner third
cd third/churn || exit 1
export GITHUB_EVENT_NAME=push
run_step 0 "policy branch"
for name in data check train evaluate decide "publish the ledger"; do run_step 0 "$name"; done
cd ../..
runner anybody
expect_exit 0 "$MLP" -C anybody/churn models --json
expect_out '"staging"'

# a change that leaves the model as it is decides nothing and is no failure
cd third/churn || exit 1
run_step 0 decide
expect_out "holds staging already"
cd ../..

# GitLab: the same in its own words
export CI_PROJECT_DIR=$scratch/work/gitlab CI_PIPELINE_SOURCE=merge_request_event
runner gitlab
FOLDER=$(value FOLDER gitlab/.gitlab-ci.yml)
export FOLDER
git -C gitlab config mlp.policyBranch origin/main
sed -i "s/max_depth: 6/max_depth: 3/" gitlab/churn/mlp.yaml # another model
git -C gitlab commit -qam "shallower trees"
job=$(script script gitlab/.gitlab-ci.yml)
after=$(script after_script gitlab/.gitlab-ci.yml)
before=$(published)
cd gitlab || exit 1
expect_exit 0 bash --noprofile --norc -eo pipefail -c "$job"
expect_out "would be allowed"
expect_exit 0 bash --noprofile --norc -c "$after"
expect_equal "$(published)" $((before + 3))
