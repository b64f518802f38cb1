#!/usr/bin/env bash
# The whole loop, as a script would use it: exit codes, JSON, hashes that can be checked with sha256sum.
. "$(dirname "$0")/environment.sh"
. "$project/tests/cli/project.sh"
start_project churn
cd churn || fail "no project"

expect_exit 0 "$MLP" check
expect_exit 3 "$MLP" eval
expect_err "run \`mlp train\`"
expect_exit 0 "$MLP" train --json
expect_out '"schema":"mlp.run/1"'
model=$(field model "$scratch/out")
run=$(field run "$scratch/out")
expect_exit 0 "$MLP" data show churn # read by the run, never added
expect_out "total_charges"
git diff --quiet && [ -z "$(git status --porcelain)" ] || fail "training dirtied the tree: $(git status --porcelain)"

# ids are sha256sums
expect_equal "$(mlp cat "$run" | sha256sum | cut -c1-64)" "$run"
expect_equal "$(mlp cat "$model" | sha256sum | cut -c1-64)" "$model"
data=$(sha256sum < data/churn.csv | cut -c1-64)
expect_equal "$(mlp cat "$data" | sha256sum | cut -c1-64)" "$data"

# rows that the model was trained on are not scored, also in a file with a column more
awk 'NR == 1 { print "extra," $0 } NR > 1 { print NR "," $0 }' data/churn.csv > wider.csv
expect_exit 0 "$MLP" eval --data wider.csv --json
expect_out '"part":"all"'
[ "$(field excluded "$scratch/out")" -gt 5000 ] || fail "training rows were scored"

# without an evaluation there is no evidence: no, with the command that makes it
expect_exit 1 "$MLP" promote --to staging --json
expect_out '"reason":"missing_evidence"'
expect_exit 1 "$MLP" promote --to staging
expect_err "run \`mlp eval\`"

expect_exit 0 "$MLP" eval --json
expect_out '"schema":"mlp.evaluation/1"'
expect_out '"name":"roc_auc"'
expect_out '"slice":"female=1"'
expect_out '"test_set_use":1'

expect_exit 0 "$MLP" promote --to staging --dry-run
expect_exit 0 "$MLP" models --json
expect_out '"stages":[]'
expect_exit 0 "$MLP" eval
expect_out "look 3 at them" # the first evaluation, the dry run, this one
expect_exit 2 env CI=1 "$MLP" promote --to staging
expect_exit 0 env CI=1 "$MLP" promote churn@HEAD --to staging --json
expect_out '"schema":"mlp.decision/1"'
expect_out '"allowed":true'
expect_exit 1 "$MLP" promote --to staging
expect_out "a model is not compared with itself"
expect_exit 3 "$MLP" promote --to stagin
expect_err "did you mean \`--to staging\`?"
expect_exit 1 "$MLP" promote --to production
expect_err "fill in product.question in mlp.yaml:"
expect_exit 1 "$MLP" promote churn@HEAD --to production # the commit that this asks for moves HEAD
expect_err "then run \`mlp promote ${model:0:7} --to production\`"
fill_in_charter .
expect_exit 0 "$MLP" promote --to production

# use: one line a row, the id of an export is the sha256 of SHA256SUMS
head -n 21 data/churn.csv > new.csv
expect_exit 0 "$MLP" predict new.csv -o predictions.csv
expect_equal "$(wc -l < predictions.csv)" 21
expect_equal "$(head -n 1 predictions.csv)" "row,prediction,probability"
expect_exit 0 "$MLP" export --to served
(cd served && sha256sum -c --quiet SHA256SUMS) || fail "the export does not match its sums"
expect_equal "$(sha256sum < served/SHA256SUMS | cut -c1-64)" "$model"
expect_exit 3 "$MLP" export --to served
cut -d, -f1-3,5- new.csv > narrow.csv
expect_exit 3 "$MLP" predict narrow.csv
expect_err "partner"
expect_no_out

# a challenger that is no worse takes over; then back, and retirement
expect_exit 0 "$MLP" train --set max_depth=3 -m "shallower"
expect_exit 0 "$MLP" eval
expect_exit 0 "$MLP" promote --to staging
expect_exit 0 "$MLP" promote --to production
expect_out "no_regression(roc_auc)"
expect_exit 1 "$MLP" diff churn@production churn@production~1
expect_exit 0 "$MLP" diff churn churn
expect_exit 0 "$MLP" rollback production --reason "a drill"
expect_exit 0 "$MLP" lineage churn@production --json
expect_out "$model"
expect_exit 1 "$MLP" retire "${model:0:7}" --reason "old"
expect_err "--replaced-by"
expect_exit 0 "$MLP" retire "${model:0:7}" --reason "old" --replaced-by churn@staging
expect_exit 1 "$MLP" promote "${model:0:7}" --to staging
expect_out "the model was retired"
expect_exit 0 "$MLP" train
expect_out "it was retired on"
expect_exit 0 "$MLP" note "${model:0:7}" "the labels of May were late"
expect_exit 0 "$MLP" show "${model:0:7}"
expect_out "the labels of May were late"
expect_exit 0 "$MLP" models --at 2000-01-01
expect_out "there was no model then"
expect_exit 0 "$MLP" log --kind decision --json
expect_equal "$(wc -l < "$scratch/out")" 12 # 4 promotions, 6 denials, a rollback, a retirement
expect_exit 0 "$MLP" status
expect_exit 0 "$MLP" audit
expect_out "all intact"
expect_exit 0 "$MLP" fsck
