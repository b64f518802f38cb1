#!/usr/bin/env bash
# kill -9 at any moment of every command that writes loses nothing that was recorded before and breaks nothing after.
. "$(dirname "$0")/environment.sh"
. "$project/tests/cli/project.sh"
start_project churn
cd churn || fail "no project"
export MLP_THREADS=1
expect_exit 0 "$MLP" train
expect_exit 0 "$MLP" eval

commands=("train --set seed=SEED --set subsample=0.9" "eval" "data add data/churn.csv -m again" "promote --to staging" "note model:churn again"
  "predict data/churn.csv -o predictions.csv" "data split --part test -o test.csv" "promote --to staging --dry-run")
kills=0
hits=0
while [ "$kills" -lt 104 ]; do
  for command in "${commands[@]}"; do
    before=$(git rev-parse mlp-ledger)
    # a lock that a killed git left on the ledger's ref must not stop anybody for ever
    if [ $((kills % 26)) -eq 5 ]; then
      : > .git/refs/heads/mlp-ledger.lock
      touch -d '1 minute ago' .git/refs/heads/mlp-ledger.lock
    fi
    # shellcheck disable=SC2086 # the command's words
    "$MLP" ${command/SEED/$kills} > /dev/null 2>&1 &
    victim=$!
    sleep "0.0$((RANDOM % 10))$((RANDOM % 10))"
    kill -9 "$victim" 2> /dev/null && hits=$((hits + 1))
    wait "$victim" 2> /dev/null
    kills=$((kills + 1))
    git merge-base --is-ancestor "$before" mlp-ledger || fail "the ledger lost records after a kill of 'mlp $command'"
    for file in predictions.csv test.csv; do
      [ ! -e "$file" ] || [ "$(wc -l < "$file")" -gt 1000 ] || fail "$file is half written"
      rm -f "$file"
    done
  done
done
[ "$hits" -ge 30 ] || fail "only $hits of $kills kills hit a running command: the test says little"
expect_exit 0 "$MLP" log
expect_no_err
expect_exit 0 "$MLP" fsck
expect_exit 0 "$MLP" audit
git fsck --strict > /dev/null 2>&1 || fail "git fsck: $(git fsck --strict 2>&1)"
expect_exit 0 "$MLP" note model:churn "and still it writes"
