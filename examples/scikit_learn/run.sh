#!/usr/bin/env bash
# A random forest of scikit-learn in the life of the churn model: trained, judged and promoted by the same rules.
#   examples/scikit_learn/run.sh [DIR]    makes the project in DIR (a temporary folder that is removed, where left out)
# MLP names the binary, PYTHON a Python with pandas and scikit-learn; ends with 125 where there is none.
set -eu -o pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../setting.sh"
PYTHON=${PYTHON:-python3}
"$PYTHON" -c 'import pandas, sklearn' 2> /dev/null || {
  echo "skipped: $PYTHON has no pandas and scikit-learn (pip install pandas scikit-learn)"
  exit 125
}

git init -q "$folder" # a repository of its own, wherever the folder lies
mlp init "$folder" --template binary --data "$here/../churn/churn.csv" --target churn --positive Yes
cd "$folder"
name_author
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
mlp promote "$name@HEAD" --to staging
mlp predict data/churn.csv -o predictions.csv
mlp export "$name@staging" --to served
mlp audit
