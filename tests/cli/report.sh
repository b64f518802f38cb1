#!/usr/bin/env bash
# The reports of an evaluation: a page for each task, a champion beside its challenger, and nothing of it in the ledger.
. "$(dirname "$0")/environment.sh"
. "$project/tests/cli/project.sh"

start_project churn
cd churn || exit 1
expect_exit 0 "$MLP" train
mkdir reports
expect_exit 0 "$MLP" eval --html reports/first.html --markdown reports/first.md
expect_out "wrote     reports/first.html"
for part in "class=\"verdict" "What instead of this model?" "For whom does it work?" "What if the threshold moved?" "Its worst mistakes" "mlp audit"; do
  grep -q "$part" reports/first.html || fail "'$part' is not on the page"
done
grep -q "^| roc\\\\_auc | 0\\." reports/first.md || fail "no metrics in Markdown: $(cat reports/first.md)"
! grep -q "https\?:\|@import\|url(" reports/first.html || fail "the page asks the network"

# the rows that a page shows are nowhere in the ledger or its objects
expect_exit 0 "$MLP" eval --json
evaluation=$(field evaluation "$scratch/out")
expect_exit 0 "$MLP" show "$evaluation" --json
expect_out '"kind":"evaluation"'
! grep -q '"worst"\|"thresholds"' "$scratch/out" || fail "rows of the data are in the record"

# a folder that is not there is told before the work, and nothing is recorded
before=$(mlp log --json | wc -l)
expect_exit 3 "$MLP" eval --html nowhere/page.html
expect_err "mkdir -p nowhere"
expect_exit 3 "$MLP" eval --markdown reports
expect_equal "$(mlp log --json | wc -l)" "$before"

# the holder of a stage stands beside a challenger that was measured on the same rows
expect_exit 0 "$MLP" promote --to staging
expect_exit 0 "$MLP" train --set max_depth=2
expect_exit 0 "$MLP" eval --html reports/second.html
grep -q 'class="champion"' reports/second.html || fail "the champion is not on the page"
! grep -q 'class="champion"' reports/first.html || fail "a champion before there was one"
