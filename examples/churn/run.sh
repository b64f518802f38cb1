#!/usr/bin/env bash
# The life of a churn model, from the question to retirement, on 7,043 customers. Every command is shown before it runs.
#   examples/churn/run.sh [DIR]    makes the project in DIR (a temporary folder that is removed, where left out)
# MLP names the binary; else build/release's, else the one in PATH.
set -eu -o pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../setting.sh"

say() { printf '\n# %s\n' "$*"; }

say "The question is asked: who will leave? The data answer what kind of task it is."
git init -q "$folder" # a repository of its own, wherever the folder lies
mlp init "$folder" --template binary --data "$here/churn.csv" --target churn --positive Yes \
  --protected female,senior_citizen
cd "$folder"
name_author
git add -A
git commit -qm "start"
mlp check
mlp data add data/churn.csv --source "R package modeldata 1.1.0" --licence MIT
git add -A
git commit -qm "data: name the version that we start with"

say "A first model, and what it is worth on rows it never saw."
mlp train
mlp eval
mlp promote "$name@HEAD" --to staging

say "Production asks for more: nobody has yet said what the model is for. The answer is no (exit 1), and recorded."
if mlp promote "$name@HEAD" --to production; then
  echo "production should have been refused" >&2
  exit 1
fi
first=$("$MLP" models --json | sed -n 's/.*"model":"\([0-9a-f]*\)".*/\1/p' | head -n 1)
sed -i -e '/^product:/,/^data:/ {
  s/^  question:.*/  question: Which customers will leave next month?/
  s/^  decision:.*/  decision: An agent calls the 200 customers most at risk each week./
  s/^  owner:.*/  owner: {name: Ana Ruiz, email: ana@example.org}/
}' mlp.yaml
git commit -qam "charter: say what the model is for, and who answers for it"
mlp promote "${first:0:7}" --to production

say "The model at work: which of these customers will leave?"
head -n 101 data/churn.csv | cut -d, -f2- > customers.csv
mlp predict customers.csv -o predictions.csv
head -n 4 predictions.csv

say "A challenger with shallower trees has to hold its own against the model in production, on the same rows."
mlp train --set max_depth=3 -m "shallower trees"
mlp eval
mlp diff "${first:0:7}" "$name@HEAD" || [ $? -eq 1 ] # 1: they differ
mlp promote "$name@HEAD" --to staging
mlp promote "$name@HEAD" --to production

say "The first model is retired, and stays auditable."
mlp retire "${first:0:7}" --reason "replaced by shallower trees" --replaced-by "$name@production"
mlp models
mlp log
mlp lineage "$name@production" --up
mlp audit
mlp status
