#!/usr/bin/env bash
# An external trainer: a shell script that predicts the share of the positive class in each category. The whole loop
# with it, and commands that fail, hang, lie or write nothing: nothing of theirs is recorded.
. "$(dirname "$0")/environment.sh"
set -m # a background job of a plain script ignores Ctrl-C

awk 'BEGIN {
  srand(3); print "id,tenure,plan,churn"
  for (id = 1; id <= 1200; ++id) {
    plan = id % 3 == 0 ? "month" : id % 3 == 1 ? "year" : "two, or more"
    print id "," int(rand() * 72) "," (id % 3 == 2 ? "\"" plan "\"" : plan) "," (rand() < (id % 3 == 0 ? .7 : id % 3 == 1 ? .3 : .1) ? "Yes" : "No")
  }
}' > churn.csv
expect_exit 0 "$MLP" init churn --data churn.csv --target churn --positive Yes
cd churn || fail "no project"
cat > mlp.yaml << 'END'
schema: mlp.project/1
name: churn
data:
  path: data/churn.csv
  target: churn
  positive: "Yes"
  columns: {id: {role: id}}
  split: {by: hash, seed: 0, test: 0.3, valid: 0.2}
model:
  task: binary
  params: {smoothing: 2}
  trainer: {command: sh code/train.sh, predict: ./code/predict.sh, timeout: 100s}
  seed: 7
evaluation: {metrics: [roc_auc, log_loss], bootstrap: 100}
END
mkdir code
cat > code/train.sh << 'END'
set -eu
echo "training $MLP_TASK of $MLP_TARGET, seed $MLP_SEED, $(wc -l < "$MLP_VALID_DATA") lines to validate"
head -n 1 "$MLP_TRAIN_DATA" >&2
grep -q '"smoothing":2' "$MLP_PARAMS"
# the plan may hold a comma: it is what stands between the first comma (or quote) and the last one
awk -F, -v positive="$MLP_POSITIVE" 'NR > 1 {
  target = $NF; plan = $0; sub(/,[^,]*$/, "", plan); sub(/^[^"a-z]*/, "", plan); gsub(/"/, "", plan)
  n[plan] += 1; hits[plan] += target == positive
} END { for (plan in n) print plan "|" (hits[plan] + 1) / (n[plan] + 2) }' "$MLP_TRAIN_DATA" | LC_ALL=C sort > "$MLP_MODEL_DIR/shares"
END
cat > code/predict.sh << 'END'
#!/bin/sh
set -eu
[ "$(basename "$PWD")" = files ]
awk -F'|' 'NR == FNR { share[$1] = $2; next }
FNR == 1 { print "row,probability"; next }
{ row = $0; sub(/,.*/, "", row); plan = $0; sub(/^[^"a-z]*/, "", plan); gsub(/"/, "", plan); print row "," (plan in share ? share[plan] : 0.5) }
' "$MLP_MODEL_DIR/shares" "$MLP_PREDICT_DATA" > "$MLP_PREDICTIONS"
END
chmod +x code/predict.sh
git add -A && git commit -qm start
expect_exit 0 "$MLP" check
cat mlp.yaml > "$scratch/mlp.yaml"

# the loop
expect_exit 0 "$MLP" train
expect_out "external command"
expect_out "valid roc_auc"
expect_exit 0 "$MLP" log --kind run --json
field() { grep -o "\"$1\":\"[0-9a-f]*" "$scratch/out" | head -n 1 | cut -d'"' -f4; }
model=$(field model)
log=$(field log)
mlp cat "$log" | grep -q "training binary of churn, seed" || fail "the log is not kept: $(mlp cat "$log")"
expect_exit 0 "$MLP" show "$model"
expect_out '"deterministic": null'
mlp cat "$model" | grep -q '  files/code/predict.sh$' || fail "the predict command's file is not in the model"
mlp cat "$model" | grep -q '  model/shares$' || fail "what the trainer wrote is not in the model"
expect_exit 0 "$MLP" train --seeds 2 # a trainer that does not read MLP_SEED
expect_out "2 seeds make the same model"
expect_out "${model:0:7}" # the same bytes are the same model
expect_exit 0 "$MLP" eval
# the command is asked anew, with the values of one feature shuffled or all alike
expect_exit 0 "$MLP" explain --json
expect_out '"splits":null'
expect_out '"importance":{"ci":[0,0],"value":0,"why":""}' # of tenure, which it does not read
mlp cat "$(mlp cat "$model" | awk '$NF == "model/shares" { print $1 }')" | sort > shares.txt
grep -o '{"means":\[[0-9.]*\],"value":"[a-z][^"]*"}' "$scratch/out" |
  sed 's/.*\[\(.*\)\],"value":"\(.*\)"}/\2|\1/' | sort > means.txt # where every row has that plan: its share
expect_equal "$(awk -F'|' '{ printf "%s|%.4f\n", $1, $2 }' means.txt)" "$(awk -F'|' '{ printf "%s|%.4f\n", $1, $2 }' shares.txt)"
rm shares.txt means.txt
expect_exit 3 "$MLP" explain --row 3
expect_err "an external trainer made it"
expect_exit 0 "$MLP" promote --to staging
expect_exit 0 "$MLP" predict churn@staging data/churn.csv -o p.csv
expect_equal "$(wc -l < p.csv)" 1201
expect_exit 0 "$MLP" eval churn --predictions p.csv --json
expect_out '"reproduced":true'

# the model is what predicts, not what the project holds now
mv code/predict.sh code/other.sh
expect_exit 0 "$MLP" predict churn@staging data/churn.csv -o again.csv
cmp -s p.csv again.csv || fail "the predictions changed with the project's files"
mv code/other.sh code/predict.sh

# an export predicts without mlp
expect_exit 0 "$MLP" export churn@staging --to served
(cd served && sha256sum -c --quiet SHA256SUMS) || fail "the export does not match its sums"
expect_equal "$(sha256sum < served/SHA256SUMS | cut -c1-64)" "$model"
printf 'row,tenure,plan\n1,3,month\n2,4,"two, or more"\n' > new.csv
(cd served/files && MLP_MODEL_DIR=../model MLP_PREDICT_DATA=../../new.csv MLP_PREDICTIONS=../../out.csv ./code/predict.sh) ||
  fail "the exported command fails"
expect_equal "$(wc -l < out.csv)" 3
rm -r served again.csv p.csv out.csv new.csv

# a challenger of the built-in trainer is compared with it on the same rows
sed -i -e '/^  trainer:/d' -e '/smoothing/d' mlp.yaml
expect_exit 0 "$MLP" train --set rounds=5
expect_exit 0 "$MLP" eval
expect_exit 0 "$MLP" promote --to staging --dry-run
expect_exit 0 "$MLP" audit
expect_exit 0 "$MLP" fsck
expect_exit 0 "$MLP" lineage churn@staging
cat "$scratch/mlp.yaml" > mlp.yaml

# What is wrong is said, with the log's end; nothing is recorded, nothing is left.
before=$(git rev-parse mlp-ledger)
refused() { # STATUS TEXT: training with what stands in the files now
  expect_exit "$1" "$MLP" train
  expect_err "$2"
  expect_equal "$(git rev-parse mlp-ledger)" "$before"
  expect_equal "$(find .git/mlp/tmp -mindepth 1)" ""
}
cp code/predict.sh "$scratch/predict.sh"
cp code/train.sh "$scratch/train.sh"
echo 'echo "no such column" >&2; exit 7' > code/train.sh
refused 3 "ended with status 7"
expect_err "  | no such column"
echo ': nothing' > code/train.sh
refused 3 "wrote no file into MLP_MODEL_DIR"
echo 'ln -s /etc/passwd "$MLP_MODEL_DIR/link"' > code/train.sh
refused 3 "is no plain file"
echo 'kill -9 $$' > code/train.sh
refused 3 "was ended by signal 9"
sed -i 's|command: sh code|command: no-such-program code|' mlp.yaml
refused 5 "no-such-program"
cat "$scratch/mlp.yaml" > mlp.yaml
sed -i 's|timeout: 100s|timeout: 1s|' mlp.yaml
echo 'sleep 1000' > code/train.sh
refused 3 "took longer than 1 s"
cat "$scratch/mlp.yaml" > mlp.yaml
cp "$scratch/train.sh" code/train.sh

lie() { printf '#!/bin/sh\n%s\n' "$1" > code/predict.sh; }
lie ':'
refused 3 "it wrote no file MLP_PREDICTIONS"
lie 'printf "row,probability\n1,0.5\n" > "$MLP_PREDICTIONS"'
refused 3 "rows and predicted 1"
lie 'awk -F, "BEGIN { print \"row,probability\" } NR > 1 { print \$1 \",nan\" }" "$MLP_PREDICT_DATA" > "$MLP_PREDICTIONS"'
refused 3 "'MLP_PREDICTIONS' row 1: 'probability' is no finite number"
lie 'awk -F, "BEGIN { print \"row,prediction\" } NR > 1 { print \$1 \",Perhaps\" }" "$MLP_PREDICT_DATA" > "$MLP_PREDICTIONS"'
refused 3 "'Perhaps' is no class of 'churn'"
lie 'awk -F, "BEGIN { print \"row,prediction\" } NR > 1 { print \$1 \",Yes\" }" "$MLP_PREDICT_DATA" > "$MLP_PREDICTIONS"'
refused 3 "labels without probabilities"
lie 'awk -F, "BEGIN { print \"row,probability\" } NR > 1 { print \"1,0.5\" }" "$MLP_PREDICT_DATA" > "$MLP_PREDICTIONS"'
refused 3 "row 1 is predicted in row 1 already"
cp "$scratch/predict.sh" code/predict.sh

# Ctrl-C ends the command and what it started; kill -9 too, and the next command clears its folder
hang() { # SIGNAL
  printf 'sleep 1000 & echo $! > "%s/sleeper"; wait\n' "$scratch" > code/train.sh
  rm -f "$scratch/sleeper"
  "$MLP" train > "$scratch/out" 2> "$scratch/err" &
  local trainer=$! status=0
  for ((waited = 0; waited < 6000; ++waited)); do
    [ -s "$scratch/sleeper" ] && break
    kill -0 "$trainer" 2> /dev/null || fail "mlp train ended by itself: $(cat "$scratch/err")"
    sleep 0.02
  done
  kill "-$1" "$trainer"
  wait "$trainer" || status=$?
  ended=$status
  for ((waited = 0; waited < 6000; ++waited)); do
    state=$(ps -o stat= -p "$(cat "$scratch/sleeper")" 2> /dev/null)
    case $state in '' | Z*) return ;; esac
    sleep 0.02
  done
  fail "what the command started still runs: $state"
}
hang INT
expect_equal "$ended" 130
expect_equal "$(find .git/mlp/tmp -mindepth 1)" ""
expect_equal "$(git rev-parse mlp-ledger)" "$before"
hang KILL
[ -n "$(find .git/mlp/tmp -mindepth 1)" ] || fail "the folder of the killed command is gone already"
cp "$scratch/train.sh" code/train.sh
expect_exit 0 "$MLP" train
expect_equal "$(find .git/mlp/tmp -mindepth 1)" ""
expect_exit 0 "$MLP" audit

# the section is checked
sed -i 's|predict: ./code/predict.sh, ||' mlp.yaml
expect_exit 3 "$MLP" check
expect_out "'model.trainer.predict' is missing"

# a ranking: the trainer is told the query column, whose rows stand together; it answers with scores
cd "$scratch" || fail "no scratch folder"
awk 'BEGIN {
  srand(5); print "query,match,grade"
  for (result = 0; result < 6; ++result) for (query = 0; query < 60; ++query) {
    match_ = rand(); print "s" query "," match_ "," int(3 * (0.8 * match_ + 0.2 * rand()))
  }
}' > searches.csv
expect_exit 0 "$MLP" init search --template ranking --data searches.csv --target grade --group query
cd search || fail "no project"
sed -i -e 's/^  task: ranking/  task: ranking\n  trainer: {command: sh train.sh, predict: sh predict.sh}/' \
  -e '/^  rounds:/d' -e '/^  early_stopping:/d' -e '/^  params:/d' mlp.yaml
cat > train.sh << 'END'
set -eu
[ "$MLP_TASK" = ranking ] && [ "$MLP_QUERY" = query ]
[ "$(head -n 1 "$MLP_TRAIN_DATA")" = match,grade,query ]
# a query that comes again after another one is listed twice
[ -z "$(tail -n +2 "$MLP_TRAIN_DATA" | cut -d, -f3 | uniq | sort | uniq -d)" ]
echo match > "$MLP_MODEL_DIR/column"
END
cat > predict.sh << 'END'
set -eu
sed '1s/.*/row,score/' "$MLP_PREDICT_DATA" > "$MLP_PREDICTIONS"
END
git add -A && git commit -qm start
expect_exit 0 "$MLP" train
expect_out "valid ndcg@10"
expect_exit 0 "$MLP" eval
expect_out "random order"
expect_exit 0 "$MLP" promote --to staging
