#!/usr/bin/env bash
# `mlp train` against pandas + xgboost in Python doing the same work (read, train, score the held-out rows, save) with the
# same threads; two trainings at once against one alone; and start-up against git's. Prints ratios from one run.
#   MLP=build/release/apps/mlp/mlp MLP_BENCH_PYTHON=python3 tests/benchmarks/train.sh [ROWS…]
# The Python needs pandas, numpy and xgboost. Rows default to 10000; 1000000 takes some minutes.
set -eu -o pipefail
MLP=$(realpath "${MLP:?set MLP to the mlp binary to measure}")
python=${MLP_BENCH_PYTHON:-python3}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
export OMP_WAIT_POLICY=passive GIT_AUTHOR_NAME=bench GIT_AUTHOR_EMAIL=b@example.org HOME=$scratch
export GIT_COMMITTER_NAME=bench GIT_COMMITTER_EMAIL=b@example.org

cat > make.py << 'END'
import sys, numpy, pandas
n = int(sys.argv[1]); rng = numpy.random.default_rng(7)
table = pandas.DataFrame({f"x{i}": rng.normal(size=n).round(4) for i in range(25)})
for i in range(4):
    table[f"c{i}"] = rng.choice([f"level {k}" for k in range(5 + 10 * i)], size=n)
table.loc[rng.random(n) < .05, "x3"] = numpy.nan
table["y"] = (table.x0 + table.x1 * table.x2 + (table.c0 == "level 1") + rng.normal(size=n) > .5).astype(int)
table.to_csv(sys.argv[2], index=False)
END
cat > peer.py << 'END'
import sys, pandas, xgboost, numpy
table = pandas.read_csv(sys.argv[1])
for name in table.select_dtypes(exclude="number").columns:
    table[name] = table[name].astype("category")
y = table.pop("y")
part = numpy.random.default_rng(0).random(len(table))
matrix = lambda rows: xgboost.DMatrix(table[rows], y[rows], enable_categorical=True, nthread=2)
train, valid, test = matrix(part < .64), matrix((part >= .64) & (part < .8)), matrix(part >= .8)
booster = xgboost.train({"objective": "binary:logistic", "eta": .1, "max_depth": 6, "tree_method": "hist", "nthread": 2,
  "eval_metric": "auc"}, train, int(sys.argv[2]), evals=[(valid, "valid")], verbose_eval=False)
booster.predict(test)
booster.save_model("peer.ubj")
END

# measure FILE COMMAND…: wall seconds, CPU seconds and peak KiB into FILE
measure() {
  local file=$1
  shift
  /usr/bin/env time -f '%e %U %S %M' -o "$file" "$@" > "$scratch/out" 2> "$scratch/err" || { cat "$scratch/err" >&2 && exit 1; }
}
median() { sort -g | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

for rows in "${@:-10000}"; do
  "$python" make.py "$rows" table.csv
  rm -rf project && git init -q project
  "$MLP" init project --data table.csv --target y --positive 1 > /dev/null
  sed -i -e 's/^  rounds: .*/  rounds: 50/' -e 's/^  early_stopping: .*/  early_stopping: 0/' project/mlp.yaml
  git -C project add -A && git -C project commit -qm start
  runs=5
  [ "$rows" -le 100000 ] || runs=1
  : > wall; : > memory
  for _ in $(seq $runs); do
    rm -rf project/.git/mlp # read, hash and store anew, as the first time
    measure ours env MLP_THREADS=2 "$MLP" -C project train
    measure theirs "$python" peer.py table.csv 50
    paste -d' ' ours theirs | awk '{ print $1 / $5 }' >> wall
    paste -d' ' ours theirs | awk '{ print $4 / $8 }' >> memory
  done
  echo "train $rows x 29, 50 rounds: wall $(median < wall) of Python's, memory $(median < memory)"
  measure alone env MLP_THREADS=2 "$MLP" -C project train --set seed=1
  start=$(date +%s.%N)
  env MLP_THREADS=2 "$MLP" -C project train --set seed=2 > /dev/null 2>&1 &
  first=$!
  env MLP_THREADS=2 "$MLP" -C project train --set seed=3 > /dev/null 2>&1
  wait "$first"
  echo "two trainings at once: $(awk -v s="$start" -v e="$(date +%s.%N)" '{ print (e - s) / $1 }' alone) times one alone"
done

: > start
for _ in $(seq 21); do
  a=$(date +%s%N); "$MLP" --version > /dev/null; b=$(date +%s%N); git --version > /dev/null; c=$(date +%s%N)
  awk -v a="$a" -v b="$b" -v c="$c" 'BEGIN { print (b - a) / (c - b) }' >> start
done
echo "mlp --version: $(median < start) times git --version"
