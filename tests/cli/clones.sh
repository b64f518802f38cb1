#!/usr/bin/env bash
# Two clones, one remote: the protected branch's policy judges, and the remote decides who was first.
. "$(dirname "$0")/environment.sh"
. "$project/tests/cli/project.sh"
start_project seed
git clone -q --bare seed origin.git
git -C origin.git symbolic-ref HEAD refs/heads/main
export MLP_STORE=$scratch/store
for clone in a b; do
  git clone -q "$PWD/origin.git" "$clone"
  mkdir -p "$clone/data"
  cp "$churn_table" "$clone/data/"
done

expect_exit 0 "$MLP" -C a train
expect_exit 0 "$MLP" -C a eval
expect_exit 0 "$MLP" -C a promote --to staging
git -C origin.git rev-parse -q --verify mlp-ledger > /dev/null || fail "the decision was not published"
expect_exit 0 "$MLP" -C a status --json
expect_out '"unpushed":0'

# b sees who holds the stage, and its facts stay its own until it decides
expect_exit 0 "$MLP" -C b train --set max_depth=4
expect_exit 0 "$MLP" -C b eval
expect_exit 0 "$MLP" -C b status --json
[ "$(field unpushed "$scratch/out")" -ge 2 ] || fail "b's facts should be unpublished"
expect_exit 0 "$MLP" -C b promote --to staging --json
holder=$(field holder "$scratch/out")
expect_exit 0 "$MLP" -C a models --json
expect_out "$holder"

# both at once: whatever the order, each decision is kept, and one ledger comes out
"$MLP" -C a note seed "meanwhile" > /dev/null || fail "a cannot write"
"$MLP" -C a rollback staging --reason "a" > "$scratch/a.out" 2> "$scratch/a.err" &
first=$!
"$MLP" -C b rollback staging --reason "b" > "$scratch/b.out" 2> "$scratch/b.err" &
second=$!
wait "$first"; first=$?
wait "$second"; second=$?
for status in "$first" "$second"; do
  case $status in
    0 | 1 | 3) ;; # 3: the other was quicker, and nobody is left to go back to
    *) fail "a race ended with $status: $(cat "$scratch/a.err" "$scratch/b.err")" ;;
  esac
done
[ "$first" -eq 0 ] || [ "$second" -eq 0 ] || fail "nobody won"
expect_exit 0 "$MLP" -C a audit

# a branch cannot loosen its own gate
git -C a checkout -qb loose
sed -i 's/min: 0.65/min: 0.99/' a/policy.yaml
expect_exit 0 "$MLP" -C a train --set max_depth=2
expect_exit 0 "$MLP" -C a eval
expect_exit 0 "$MLP" -C a promote --to staging --dry-run
expect_err "the one of origin/main judges"
expect_out "≥ 0.65"

# a remote whose default branch is unknown: say how to name it
git -C a remote set-head origin -d
expect_exit 5 "$MLP" -C a promote --to staging
expect_err "git config mlp.policyBranch origin/main"
git -C a config mlp.policyBranch origin/main
expect_exit 0 "$MLP" -C a promote --to staging --dry-run

# a remote that lost its history is refused
git -C origin.git update-ref -d refs/heads/mlp-ledger
expect_exit 4 "$MLP" -C b promote --to staging
expect_err "lost"
