#!/usr/bin/env bash
# `mlp eval` with slices, a protected column, baselines and 2,000 bootstrap replicates, on more and more rows: seconds, peak
# memory, and both a row against the first size (1.00 = linear), and CPU seconds a wall second. Prints ratios from one run.
#   MLP=build/release/apps/mlp/mlp tests/benchmarks/eval.sh [ROWS…]
# Rows default to 125000 250000 500000.
set -eu -o pipefail
MLP=$(realpath "${MLP:?set MLP to the mlp binary to measure}")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
export OMP_WAIT_POLICY=passive HOME=$scratch
export GIT_AUTHOR_NAME=bench GIT_AUTHOR_EMAIL=b@example.org GIT_COMMITTER_NAME=bench GIT_COMMITTER_EMAIL=b@example.org

make_table() { # ROWS: 29 numbers, 4 texts, and a target that depends on some of them
  awk -v n="$1" 'BEGIN {
    srand(7)
    printf "id"; for (i = 0; i < 29; i++) printf ",x%d", i; print ",region,plan,device,sex,y"
    for (row = 0; row < n; row++) {
      printf "%d", row; sum = -0.5
      for (i = 0; i < 29; i++) { x = rand() + rand() + rand() - 1.5; if (i < 5) sum += x * (i + 1) / 3; printf ",%.4f", x }
      sex = rand() < 0.5 ? "f" : "m"
      printf ",r%d,p%d,d%d,%s,%d\n", rand() * 5, rand() * 3, rand() * 12, sex, rand() < 1 / (1 + exp(-sum))
    }
  }'
}

make_project() { # ROWS
  mkdir "$1" && cd "$1"
  git init --quiet
  make_table "$1" > table.csv
  printf '*.csv\n' > .gitignore
  cat > mlp.yaml << 'END'
schema: mlp.project/1
name: bench
data:
  path: table.csv
  target: y
  positive: 1
  columns: {id: {role: id}, sex: {protected: true}}
  split: {by: hash, seed: 0, test: 0.9, valid: 0.2}
model: {task: binary, rounds: 20, early_stopping: 0, params: {eta: 0.3, max_depth: 4, tree_method: hist}, seed: 7}
evaluation:
  metrics: [roc_auc, log_loss, average_precision, recall, precision]
  decision: {threshold: 0.5}
  slices: [region, plan, {column: x0, bins: 4}]
END
  "$MLP" data add table.csv > /dev/null 2>&1
  git add --all && git commit --quiet --message bench
  "$MLP" train > /dev/null 2>&1
  cd ..
}

sizes=("$@")
if [ ${#sizes[@]} -eq 0 ]; then sizes=(125000 250000 500000); fi
first=""
for rows in "${sizes[@]}"; do
  make_project "$rows"
  /usr/bin/time -f '%e %U %S %M' -o time.txt "$MLP" -C "$rows" eval --quiet > /dev/null
  first=${first:-"$rows $(cat time.txt)"}
  echo "$first $rows $(cat time.txt)" | awk '{
    printf "%9d rows  %6.1f s  %5.0f MiB   a row, against the first size: time %.2f, memory %.2f   cores in use %.2f\n",
      $6, $7, $10 / 1024, ($7 / $6) / ($2 / $1), ($10 / $6) / ($5 / $1), ($8 + $9) / $7 }'
done
