#!/usr/bin/env bash
# Ctrl-C while a model is trained: exit 130, no record, nothing half-made, a clean tree; the next command works.
. "$(dirname "$0")/environment.sh"
. "$project/tests/cli/project.sh"
set -m # a background job of a plain script ignores Ctrl-C

# More rounds than anybody waits for: the signal cannot come too late.
awk 'BEGIN {
  srand(1); print "id,tenure,charge,plan,churn"
  for (id = 1; id <= 4000; ++id) {
    tenure = int(rand() * 72)
    print id "," tenure "," 20 + rand() * 80 "," (rand() < .5 ? "month" : "year") "," (rand() * 72 > tenure ? "Yes" : "No")
  }
}' > churn.csv
expect_exit 0 "$MLP" init churn --data churn.csv --target churn
cd churn || fail "no project"
sed -i -e 's/^  rounds: .*/  rounds: 1000000/' -e 's/^  early_stopping: .*/  early_stopping: 0/' mlp.yaml
git add -A
git commit -qm start

# A line on standard output says that the data are read and training begins; with --json nothing does.
interrupt_train() {
  "$MLP" train "$@" > "$scratch/out" 2> "$scratch/err" &
  local trainer=$! status=0
  for ((waited = 0; waited < 6000; ++waited)); do
    grep -q '^split ' "$scratch/out" && break
    kill -0 "$trainer" 2> /dev/null || fail "mlp train ended by itself: $(cat "$scratch/err")"
    sleep 0.02
  done
  grep -q '^split ' "$scratch/out" || fail "mlp train did not begin within two minutes"
  kill -INT "$trainer"
  wait "$trainer" || status=$?
  expect_equal "$status" 130
}

interrupt_train
expect_err "mlp: error: interrupted"
! grep -q '^recorded' "$scratch/out" || fail "an interrupted run was recorded: $(cat "$scratch/out")"
! git rev-parse --quiet --verify mlp-ledger > /dev/null || fail "an interrupted run left a record"
left=$(find . -name '*.draft' -o -path './.git/mlp/tmp/*' -o -name '*.lock' -size +0)
expect_equal "$left" ""
expect_equal "$(git status --porcelain)" ""
expect_exit 0 "$MLP" log
expect_out "nothing is recorded here"
expect_exit 0 "$MLP" fsck

sed -i 's/^  rounds: .*/  rounds: 5/' mlp.yaml
git commit -qam "fewer rounds"
expect_exit 0 "$MLP" train
expect_out "recorded  run "
expect_exit 0 "$MLP" audit

# what was recorded before an interrupt stays
before=$(git rev-parse mlp-ledger)
interrupt_train --set rounds=1000000
expect_equal "$(git rev-parse mlp-ledger)" "$before"
expect_exit 0 "$MLP" audit
