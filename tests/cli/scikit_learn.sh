#!/usr/bin/env bash
# The example of an external trainer, where Python has pandas and scikit-learn.
. "$(dirname "$0")/environment.sh"
MLP=$MLP "$project/examples/scikit_learn/run.sh" "$scratch/work/churn" > "$scratch/out" 2>&1
status=$?
[ "$status" -eq 125 ] && skip "$(cat "$scratch/out")"
[ "$status" -eq 0 ] || fail "the example ended with $status: $(cat "$scratch/out")"
expect_out "external command"
expect_out "staging   churn"
