#!/usr/bin/env bash
# A random forest of scikit-learn in the life of the churn model: trained, judged and promoted by the same rules.
#   examples/scikit_learn/run.sh [DIR]    makes the project in DIR (a temporary folder that is removed, where left out)
# MLP names the binary, PYTHON a Python with pandas and scikit-learn; ends with 125 where there is none.
set -eu -o pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
built=$here/../../build/release/apps/mlp/mlp
[ -x "$built" ] || built=mlp
MLP=${MLP:-$built}
PYTHON=${PYTHON:-python3}
"$PYTHON" -c 'import pandas, sklearn' 2> /dev/null || {
  echo "skipped: $PYTHON has no pandas and scikit-learn (pip install pandas scikit-learn)"
  exit 125
}

folder=${1:-}
if [ -z "$folder" ]; then
  scratch=$(mktemp -d "${TMPDIR:-/tmp}/mlp-sklearn-XXXXXX")
  trap 'rm -rf "$scratch"' EXIT
  folder=$scratch/churn
fi
mlp() {
  printf '\n\033[1m$ mlp %s\033[0m\n' "$*"
  "$MLP" "$@"
}

git init -q "$folder" # a repository of its own, wherever the folder lies
mlp init "$folder" --template binary --data "$here/../churn/churn.csv" --target churn --positive Yes
cd "$folder"
git config user.name > /dev/null || git config user.name "Example"
git config user.email > /dev/null || git config user.email "example@example.org"
cp "$here/train.py" "$here/predict.py" .
# the built-in trainer's settings give way to our own commands
awk -v python="$PYTHON" '
  /^model:/ { inside = 1; print; next }
  /^[a-z]/ { inside = 0 }
  inside && /^  (trainer|rounds|early_stopping|params|class_weight):/ {
    if (!done++) {
      print "  trainer: {command: " python " train.py, predict: " python " predict.py, timeout: 10m}"
      print "  params: {n_estimators: 200, min_samples_leaf: 5}"
    }
    next
  }
  { print }' mlp.yaml > new.yaml
mv new.yaml mlp.yaml
git add -A
git commit -qm "a random forest"
mlp check
mlp train
mlp eval
mlp promote --to staging
mlp predict data/churn.csv -o predictions.csv
mlp export churn@staging --to served
mlp audit
