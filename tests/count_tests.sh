#!/usr/bin/env bash
# Runs tests and counts their cases.
#   tests/count_tests.sh < LIST
# Each line of LIST is "doctest NAME COMMAND…" (as many cases as doctest counts) or "script NAME COMMAND…" (one case;
# status 125 = skipped). Shows the output of what fails, and ends with the one line "N passed, N failed", after a line
# "N skipped" where something was. The exit status is 1 when a case failed, or none ran.
# MLP_TEST_JOBS tests run at once (default: one a processor), each for at most MLP_TEST_SECONDS (default: 1200).
set -u -o pipefail

jobs=${MLP_TEST_JOBS:-$(nproc)}
limit=${MLP_TEST_SECONDS:-1200}
results=$(mktemp -d "${TMPDIR:-/tmp}/mlp-results-XXXXXX")
trap 'rm -rf "$results"' EXIT

# run NUMBER KIND NAME COMMAND…: leaves "PASSED FAILED SKIPPED" in NUMBER.count, the output in NUMBER.output.
run() {
  local number=$1 kind=$2 name=$3 status=0 begun=$SECONDS
  shift 3
  timeout -k 10 "$limit" "$@" > "$results/$number.output" 2>&1 < /dev/null || status=$?
  local passed=0 failed=0 skipped=0
  if [ "$kind" = doctest ]; then
    local line
    line=$(grep -aE '^\[doctest\] test cases:' "$results/$number.output" | tail -n 1)
    passed=$(sed -nE 's/.*\| *([0-9]+) passed.*/\1/p' <<< "$line")
    failed=$(sed -nE 's/.*\| *([0-9]+) failed.*/\1/p' <<< "$line")
    skipped=$(sed -nE 's/.*\| *([0-9]+) skipped.*/\1/p' <<< "$line")
    passed=${passed:-0} failed=${failed:-0} skipped=${skipped:-0}
    # a crash, a time-out or a sanitizer's finding is a failure, whatever doctest had counted by then
    if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
  elif [ "$status" -eq 125 ]; then
    skipped=1
  elif [ "$status" -eq 0 ]; then
    passed=1
  else
    failed=1
  fi
  echo "$passed $failed $skipped" > "$results/$number.count"
  local word=ok
  if [ "$failed" -gt 0 ]; then
    word=FAILED
  elif [ "$passed" -eq 0 ] && [ "$skipped" -gt 0 ]; then
    word=skipped
  fi
  printf '%-8s %s (%d s)\n' "$word" "$name" $((SECONDS - begun))
  if [ "$word" = FAILED ]; then
    sed 's/^/    /' "$results/$number.output"
    [ "$status" -eq 0 ] || echo "    exit status $status"
  fi > "$results/$number.report"
  flock "$results" cat "$results/$number.report"
}

number=0
while read -r kind name command; do
  [ -n "$kind" ] || continue
  number=$((number + 1))
  while [ "$(jobs -rp | wc -l)" -ge "$jobs" ]; do wait -n; done
  eval "run $number $kind $name $command" &
done
wait

passed=0 failed=0 skipped=0
for ((i = 1; i <= number; i++)); do
  # a test without a count died with its runner
  read -r p f s 2> /dev/null < "$results/$i.count" || { p=0 f=1 s=0; }
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
done
[ "$skipped" -eq 0 ] || echo "$skipped skipped"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
