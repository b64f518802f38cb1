#!/usr/bin/env bash
# An exported model, fed through features.json into the xgboost program, gives the same predictions.
. "$(dirname "$0")/environment.sh"
. "$project/tests/cli/project.sh"
command -v xgboost > /dev/null || skip "the program xgboost is not installed (Debian package xgboost)"
command -v python3 > /dev/null || skip "python3 is not installed"

# Numbers only, with missing values: the program reads text, which knows no categories.
awk 'BEGIN { srand(7); print "a,b,c,d,y"
  for (i = 0; i < 2000; i++) { a = rand(); b = rand(); c = rand() * 100; d = rand() < 0.2 ? "" : int(rand() * 10)
    printf "%.6f,%.6f,%.4f,%s,%d\n", a, b, c, d, (a + b * b + (d == "" ? 0.3 : d / 20) + rand() * 0.5 > 1.1) } }' > table.csv
# Names that XGBoost's bindings refuse: the booster has none then, and features.json says all the same what is where.
sed '1s/.*/a [cm],b<5,[c],d,y/' table.csv > odd.csv

# check_export TABLE: exports a model of it to $1/exported and compares predictions.
check_export() {
  local name=${1%.csv}
  git init -q "$name"
  expect_exit 0 "$MLP" init "$name" --data "$1" --target y --positive 1
  expect_exit 0 "$MLP" -C "$name" train --set rounds=20
  expect_exit 0 "$MLP" -C "$name" export --to exported
  expect_exit 0 "$MLP" -C "$name" predict "data/$1" -o predictions.csv
  grep -q 'feature_names=booster.feature_names' "$name/exported/README.md" || fail "the README names features by hand"

  python3 - "$name" << 'END'
import csv, json, sys
features = [f["name"] for f in json.load(open(f"{sys.argv[1]}/exported/features.json"))["features"]]
with open(f"{sys.argv[1]}/data/{sys.argv[1]}.csv") as table, open("rows.libsvm", "w") as out:
    for row in csv.DictReader(table):
        cells = [f"{i}:{row[name]}" for i, name in enumerate(features) if row[name] != ""]
        out.write("0 " + " ".join(cells) + "\n")
END
  cat > predict.conf << END
task = pred
model_in = "$name/exported/model.ubj"
test:data = "rows.libsvm?format=libsvm"
name_pred = "theirs.txt"
END
  xgboost predict.conf > "$scratch/log" 2>&1 || fail "xgboost: $(cat "$scratch/log")"
  paste -d, theirs.txt <(tail -n +2 "$name/predictions.csv" | cut -d, -f3) |
    awk -F, '{ d = $1 - $2; if (d < 0) d = -d; if (d > worst) worst = d; n++ }
      END { printf "%d rows, largest difference %g\n", n, worst; exit !(n == 2000 && worst <= 1e-6) }' || fail "predictions differ"
}
check_export table.csv
check_export odd.csv
