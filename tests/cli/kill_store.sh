#!/usr/bin/env bash
# kill -9 of a large `mlp data add` and of `mlp gc --yes` at any moment: what was stored stays, is used again, and a byte
# that flips in a pack is an error or does not matter, never other data.
. "$(dirname "$0")/environment.sh"
. "$project/tests/cli/project.sh"
start_project churn
cd churn || fail "no project"
export MLP_THREADS=1
RANDOM=7

# 40 MB that compress little, so that a pack is full before the file ends
awk 'BEGIN { srand(7); print "id,a,b,c,d,e,f"; for (i = 0; i < 650000; ++i) {
  printf "%d,%.6f,%.6f,%.6f,%.6f,%.6f,%.6f\n", i, rand(), rand(), rand(), rand(), rand(), rand() } }' > large.csv
expected=$(sha256sum < large.csv)

# seconds COMMAND…: how long it takes here and now
seconds() {
  local start
  start=$(date +%s%N)
  "$@" > /dev/null 2>&1 || fail "'$*' ended with $?"
  awk -v ns=$(($(date +%s%N) - start)) 'BEGIN { print ns / 1e9 }'
}
whole=$(seconds "$MLP" data add large.csv)
rm -rf .git/mlp large.csv.mlp
git update-ref -d refs/heads/mlp-ledger
packs() { find .git/mlp/packs -type f -name '*.pack' 2> /dev/null | sort; }

# kill_after SECONDS COMMAND…: true where it was running still
kill_after() {
  local delay=$1
  shift
  "$@" > /dev/null 2>&1 &
  local victim=$!
  sleep "$delay"
  local hit=1
  kill -9 "$victim" 2> /dev/null && hit=0
  wait "$victim" 2> /dev/null
  return $hit
}

hits=0
for round in $(seq 20); do
  before=$(packs)
  tip=$(git rev-parse -q --verify mlp-ledger || true)
  delay=$(awk -v w="$whole" -v r=$((RANDOM % 1000)) 'BEGIN { print w * r / 1000 }')
  if kill_after "$delay" "$MLP" data add large.csv; then
    hits=$((hits + 1))
  else # it takes less time where much is stored already, or the machine is less busy by now
    whole=$(awk -v w="$whole" 'BEGIN { print w * 0.7 }')
  fi
  expect_exit 0 "$MLP" fsck
  for pack in $before; do [ -e "$pack" ] || fail "$pack is gone after a kill"; done
  [ -z "$tip" ] || git merge-base --is-ancestor "$tip" mlp-ledger || fail "the ledger lost records"
  if [ "$((round % 5))" -eq 0 ]; then # after some kills one that ends: it must keep the packs that are there
    before=$(packs)
    expect_exit 0 "$MLP" data add large.csv
    for pack in $before; do [ -e "$pack" ] || fail "$pack is not used again"; done
    [ "$(du -sb .git/mlp | cut -f 1)" -lt 60000000 ] || fail "it was stored twice: $(du -sb .git/mlp)"
    echo "$round,0,0,0,0,0,0" >> large.csv
    expected=$(sha256sum < large.csv)
  fi
done
[ "$hits" -ge 5 ] || fail "only $hits of 20 kills hit a running command: the test says little"
expect_exit 0 "$MLP" data add large.csv

# one byte off in a random place of a random pack
mv large.csv large.whole
named=0
for _ in $(seq 12); do
  mapfile -t all < <(packs)
  pack=${all[RANDOM % ${#all[@]}]}
  at=$(((RANDOM * 32768 + RANDOM) % $(stat -c %s "$pack")))
  cp -p "$pack" "$scratch/saved"
  chmod u+w "$pack"
  byte=$(od -An -tu1 -j "$at" -N 1 "$pack" | tr -d ' ')
  printf "\\$(printf %o $((byte ^ 1 << RANDOM % 8)))" | dd of="$pack" bs=1 seek="$at" conv=notrunc status=none
  status=0
  "$MLP" data checkout large > "$scratch/out" 2> "$scratch/err" || status=$?
  case $status in
    0) expect_equal "$expected" "$(sha256sum < large.csv)" ;; # another version's bytes
    4) grep -qE '[0-9a-f]{7}' "$scratch/err" || fail "no object is named: $(cat "$scratch/err")"
       [ ! -e large.csv ] || fail "damaged data were written"
       named=$((named + 1)) ;;
    *) fail "ended with $status: $(cat "$scratch/err")" ;;
  esac
  expect_exit 4 "$MLP" fsck --deep
  rm -f large.csv "$pack"
  mv "$scratch/saved" "$pack"
done
[ "$named" -ge 1 ] || fail "no flipped byte was met"
expect_exit 0 "$MLP" data checkout large
expect_equal "$expected" "$(sha256sum < large.csv)"

# gc killed: what a version needs stays
for round in $(seq 8); do
  head -c $((round * 500000)) large.whole > scrap.csv
  sed -i '$d' scrap.csv
  kill_after 0."$((RANDOM % 3))$((RANDOM % 10))" "$MLP" data add scrap.csv || true # what it stored is often needed by nobody
  kill_after 0.0"$((RANDOM % 10))" "$MLP" gc --yes || true
  expect_exit 0 "$MLP" fsck
done
expect_exit 0 "$MLP" gc --yes
expect_exit 0 "$MLP" fsck --deep
rm large.csv
expect_exit 0 "$MLP" data checkout large
expect_equal "$expected" "$(sha256sum < large.csv)"
