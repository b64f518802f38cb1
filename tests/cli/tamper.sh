#!/usr/bin/env bash
# One byte off, anywhere in store or ledger, is found and named; exit 4.
. "$(dirname "$0")/environment.sh"
. "$project/tests/cli/project.sh"
start_project churn
cd churn || fail "no project"
expect_exit 0 "$MLP" train
expect_exit 0 "$MLP" eval
expect_exit 0 "$MLP" promote --to staging
expect_exit 0 "$MLP" audit

count=0
while read -r file; do
  cp -p "$file" "$scratch/saved"
  chmod u+w "$file"
  size=$(stat -c %s "$file")
  at=$((size * (count % 7 + 1) / 9))
  byte=$(od -An -tu1 -j "$at" -N 1 "$file" | tr -d ' ')
  printf "\\$(printf %o $((byte ^ 1)))" | dd of="$file" bs=1 seek="$at" conv=notrunc status=none
  expect_exit 4 "$MLP" fsck
  expect_out "$(basename "$file")"
  expect_exit 4 "$MLP" audit
  cp -p "$scratch/saved" "$file"
  count=$((count + 1))
done < <(find .git/mlp/objects -type f | sort)
[ "$count" -ge 10 ] || fail "only $count stored files"
expect_exit 0 "$MLP" audit

# a stored object that is gone
file=$(find .git/mlp/objects -type f | sort | head -n 1)
mv "$file" "$scratch/gone"
expect_exit 4 "$MLP" audit
expect_out "is not in the store"
mv "$scratch/gone" "$file"

# a record rewritten in place: its name no longer fits its bytes
tip=$(git rev-parse mlp-ledger)
path=$(git ls-tree -r --name-only mlp-ledger | grep '^records/' | head -n 1)
export GIT_INDEX_FILE=$scratch/index
git read-tree mlp-ledger
blob=$(git cat-file blob "mlp-ledger:$path" | sed 's/Ana/Eva/' | git hash-object -w --stdin)
git update-index --cacheinfo "100644,$blob,$path"
forged=$(git commit-tree -p "$tip" -m forged "$(git write-tree)")
unset GIT_INDEX_FILE
git update-ref refs/heads/mlp-ledger "$forged"
expect_exit 4 "$MLP" audit
expect_out "$(basename "$path" .json)"
git update-ref refs/heads/mlp-ledger "$tip"
expect_exit 0 "$MLP" audit
