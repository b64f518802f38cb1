#!/usr/bin/env bash
# Checkouts by reflink, on a file system that has them: XFS or Btrfs in a file, mounted for this script alone.
. "$(dirname "$0")/environment.sh"
. "$project/tests/cli/project.sh"
if [ -z "${MLP_TEST_MOUNTS:-}" ]; then
  [ "$(id -u)" -eq 0 ] && unshare --mount true 2> /dev/null || skip "only root can mount a file system, and not here"
  make=$(command -v mkfs.xfs || command -v mkfs.btrfs) || skip "neither mkfs.xfs nor mkfs.btrfs is here"
  truncate -s 400M "$scratch/disk"
  "$make" -q "$scratch/disk" > "$scratch/out" 2>&1 || skip "no file system was made: $(tail -n 1 "$scratch/out")"
  unshare --mount mount -o loop "$scratch/disk" "$scratch/work" 2> "$scratch/err" \
    || skip "it cannot be mounted: $(cat "$scratch/err")"
  MLP_TEST_MOUNTS=$scratch/disk unshare --mount bash "$project/tests/cli/reflink.sh"
  exit
fi
mkdir mounted
mount -o loop "$MLP_TEST_MOUNTS" mounted || fail "it was mounted a moment ago"
cd mounted || fail "no such folder"
start_project churn
cd churn || fail "no project"
used() { sync -f . && df --output=used -k . | tail -n 1; }

awk 'BEGIN { srand(7); print "a,b"; for (i = 0; i < 500000; ++i) printf "%.6f,%.6f\n", rand(), rand() }' > large.csv
size=$(($(stat -c %s large.csv) / 1024))
expected=$(sha256sum < large.csv)
expect_exit 0 "$MLP" data add large.csv
git config mlp.checkout reflink
rm large.csv
expect_exit 0 "$MLP" data checkout large # makes the copy that is shared
before=$(used)
for i in 1 2 3; do expect_exit 0 "$MLP" data checkout large --to "copy$i.csv"; done
[ $(($(used) - before)) -lt "$size" ] || fail "three copies of $size KiB took $(($(used) - before)) KiB"

# what is shared is written to without harm to the others
echo 1,1 >> copy1.csv
printf x | dd of=copy2.csv bs=1 seek=100 conv=notrunc status=none
expect_equal "$expected" "$(sha256sum < large.csv)"
expect_equal "$expected" "$(sha256sum < copy3.csv)"
expect_exit 3 "$MLP" data checkout large --to copy1.csv
expect_err "would be lost"
expect_exit 0 "$MLP" data checkout large --to copy1.csv --force
expect_equal "$expected" "$(sha256sum < copy1.csv)"
cd "$scratch" || fail "no such folder"
umount work/mounted
