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
git init -q numbers
expect_exit 0 "$MLP" init numbers --data table.csv --target y --positive 1
expect_exit 0 "$MLP" -C numbers train --set rounds=20
expect_exit 0 "$MLP" -C numbers export --to exported
expect_exit 0 "$MLP" -C numbers predict data/table.csv -o predictions.csv

python3 - << 'END'
import csv, json
features = [f["name"] for f in json.load(open("numbers/exported/features.json"))["features"]]
with open("numbers/data/table.csv") as table, open("rows.libsvm", "w") as out:
    for row in csv.DictReader(table):
        cells = [f"{i}:{row[name]}" for i, name in enumerate(features) if row[name] != ""]
        out.write("0 " + " ".join(cells) + "\n")
END
cat > predict.conf << END
task = pred
model_in = "numbers/exported/model.ubj"
test:data = "rows.libsvm?format=libsvm"
name_pred = "theirs.txt"
END
xgboost predict.conf > "$scratch/log" 2>&1 || fail "xgboost: $(cat "$scratch/log")"
paste -d, theirs.txt <(tail -n +2 numbers/predictions.csv | cut -d, -f3) |
  awk -F, '{ d = $1 - $2; if (d < 0) d = -d; if (d > worst) worst = d; n++ }
    END { printf "%d rows, largest difference %g\n", n, worst; exit !(n == 2000 && worst <= 1e-6) }' || fail "predictions differ"
