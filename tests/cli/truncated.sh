#!/usr/bin/env bash
# Data that another process truncates while they are read: read whole or refused as changed, never a crash.
. "$(dirname "$0")/environment.sh"
. "$project/tests/cli/project.sh"
start_project churn
{ cat "$churn_table"; for _ in $(seq 40); do tail -n +2 "$churn_table"; done; } > whole.csv
cd churn || exit 1

# truncate_while_added DELAY: what `mlp data add` says of it.
truncate_while_added() {
  local status=0
  cp ../whole.csv data/large.csv
  "$MLP" -q data add data/large.csv > "$scratch/out" 2> "$scratch/err" &
  sleep "$1"
  head -c 1000 ../whole.csv > data/large.csv
  wait $! || status=$?
  case $status in
    0) ;;
    3) expect_err large.csv ;; # it changed, or what was left of it is no table
    *) fail "ended with $status after $1 s: $(cat "$scratch/err")" ;;
  esac
}
for delay in 0.01 0.02 0.03 0.04 0.05 0.06 0.08 0.1; do
  truncate_while_added "$delay" # the reader may hold the file: who truncates it waits
  exec 9>> data/large.csv       # somebody writes to it already, so nobody can hold it
  truncate_while_added "$delay"
  exec 9>&-
done
