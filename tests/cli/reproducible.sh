#!/usr/bin/env bash
# Same inputs, same model id: on any number of threads, in another clone at another path; a changed parameter changes it.
. "$(dirname "$0")/environment.sh"
. "$project/tests/cli/project.sh"
start_project churn
train() { MLP_THREADS=$2 mlp -C "$1" train --json "${@:3}" > "$scratch/out" 2> "$scratch/err" || fail "$(cat "$scratch/err")"; field model "$scratch/out"; }

one=$(train churn 1)
expect_equal "$(train churn 2)" "$one"
expect_equal "$(train churn 8)" "$one"
git clone -q churn elsewhere
mkdir -p elsewhere/data
cp "$churn_table" elsewhere/data/
expect_equal "$(train elsewhere 2)" "$one"
[ "$(train churn 2 --set max_depth=4)" != "$one" ] || fail "another depth gave the same id"
expect_equal "$(train churn 2 --set seed=99)" "$one" # nothing is sampled: the trainer's seed changes nothing
[ "$(train churn 2 --set seed=99 --set subsample=0.5)" != "$one" ] || fail "sampling gave the same id"

# the same bytes under other names and places of columns read alike; one record a run, one model
expect_equal "$(mlp -C churn log --kind run --json | wc -l)" 6
expect_exit 0 "$MLP" -C churn train
expect_out "same as   run"

# another model seed moves no row
mlp -C churn data split --part test > "$scratch/before.csv" 2> /dev/null
sed -i 's/^  seed: 7/  seed: 8/' churn/mlp.yaml
mlp -C churn data split --part test > "$scratch/after.csv" 2> /dev/null
cmp -s "$scratch/before.csv" "$scratch/after.csv" || fail "model.seed moved the test part"
# and no row changes side when rows are appended
tail -n 50 "$churn_table" | sed 's/^[^,]*,[01]/No,1/' >> churn/data/churn.csv
mlp -C churn data split --part test 2> /dev/null | cut -d, -f2- | sort > "$scratch/after.csv"
cut -d, -f2- "$scratch/before.csv" | sort > "$scratch/sorted.csv"
[ -z "$(comm -23 "$scratch/sorted.csv" "$scratch/after.csv")" ] || fail "rows left the test part"
