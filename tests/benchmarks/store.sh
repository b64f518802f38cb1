#!/usr/bin/env bash
# `mlp data add` of a CSV and of its edited versions against sha256sum, restic, git-lfs and DVC; of many small files
# against cp -r, restic and DVC; and reading with a profile against cat, pandas and DuckDB. Wall time, CPU time, peak
# memory and bytes stored of one run, as ratios. Tools that are not there are named and left out.
#   MLP=build/release/apps/mlp/mlp MLP_BENCH_PYTHON=python3 tests/benchmarks/store.sh [FOLDER [ROWS [FILES]]]
# The Python makes the data (its standard library is enough) and is the peer where it has pandas, duckdb or dvc. A new
# folder below FOLDER (default: that of temporary files) takes everything and is removed; the default 2,300,000 rows
# (500 MB) need 8 GB there.
set -eu -o pipefail
MLP=$(realpath "${MLP:?set MLP to the mlp binary to measure}")
python=${MLP_BENCH_PYTHON:-python3}
rows=${2:-2300000}
files=${3:-100000}
scratch=$(mktemp -d ${1:+"$1/mlp-store-XXXXXX"})
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
export GIT_AUTHOR_NAME=bench GIT_AUTHOR_EMAIL=b@example.org GIT_COMMITTER_NAME=bench GIT_COMMITTER_EMAIL=b@example.org
export HOME=$scratch RESTIC_PASSWORD=bench

cat > make.py << 'END'
import random, struct, sys
rows = int(sys.argv[1])
rng = random.Random(7)
words = [f"word{k * 7919 % 9973}" for k in range(997)]
form = ",".join(["%.4f"] * 15) + "\n"
def row(i):
    n = struct.unpack("<15I4H", rng.randbytes(68))
    return f"{i},{words[n[15] % 997]},{words[n[16] % 97]},{words[n[17] % 31]},{words[n[18] % 7]}," + form % tuple(x / 6553.6 for x in n[:15])
header = "id,a,b,c,d," + ",".join(f"x{k}" for k in range(15)) + "\n"
lines = [row(i) for i in range(rows)]
def write(name, parts):
    with open(name, "w") as file:
        file.write(header)
        for part in parts: file.writelines(part)
write("first.csv", [lines])
write("appended.csv", [lines, (row(rows + i) for i in range(rows // 100))])
third = rows // 3
write("inserted.csv", [lines[:third], (row(-i) for i in range(500)), lines[third:2 * third], (row(-i) for i in range(500)), lines[2 * third:]])
write("deleted.csv", [lines[:rows // 2], lines[rows // 2 + rows // 100:]])
for i in rng.sample(range(rows), min(1000, rows)): lines[i] = row(i)
write("edited.csv", [lines])
END
cat > make_files.py << 'END'
import os, random, sys
rng = random.Random(7)
for i in range(int(sys.argv[1])):
    folder = f"many/{i // 1000:03}"
    os.makedirs(folder, exist_ok=True)
    with open(f"{folder}/{i:06}.bin", "wb") as file: file.write(rng.randbytes(500 + i % 1000))
END
cat > pandas_peer.py << 'END'
import sys, pandas
print(pandas.read_csv(sys.argv[1]).describe(include="all"))
END
cat > duckdb_peer.py << 'END'
import sys, duckdb
print(duckdb.sql(f"SUMMARIZE SELECT * FROM read_csv('{sys.argv[1]}')"))
END

# measure FILE COMMAND…: wall seconds, CPU seconds (user, system) and peak KiB into FILE
measure() {
  local file=$1
  shift
  /usr/bin/env time -f '%e %U %S %M' -o "$file" "$@" > out 2> err || { cat err >&2 && exit 1; }
}
bytes_in() { du -sb --apparent-size "$1" | cut -f 1; }
has() { command -v "$1" > /dev/null || { echo "skipped: $1 is not here" && false; }; }
has_module() {
  "$python" -c "import $1" 2> /dev/null || { echo "skipped: $python has no $1 (set MLP_BENCH_PYTHON)" && false; }
}
dvc() { "$python" -m dvc --cd dvc "$@"; }

# against NAME OURS THEIRS OUR_BYTES THEIR_BYTES: the line of one comparison; bytes of 0 are not compared
against() {
  paste -d' ' "$2" "$3" | awk -v name="$1" -v ours="$4" -v theirs="$5" '{
    printf "  %-22s wall %6.2f   CPU %6.2f   memory %6.2f", name, $1 / ($5 > 0 ? $5 : 0.01), ($2 + $3) / ($6 + $7 > 0 ? $6 + $7 : 0.01), $4 / $8
    if (theirs > 0) { printf "   stored %6.3f", ours / theirs }
    printf "   (%.2f s against %.2f s)\n", $1, $5 }'
}

{ echo x,y && for i in $(seq 100); do echo "$i,$((i % 2))"; done; } > start.csv
git init -q ours
"$MLP" init ours --data start.csv --target y > /dev/null
has restic && restic=yes && restic -q -r restic init > /dev/null || restic=
has git-lfs && lfs=yes && git init -q theirs && git -C theirs lfs install --local > /dev/null \
  && git -C theirs lfs track '*.csv' > /dev/null || lfs=
has_module dvc && dvc=yes && git init -q dvc && dvc init -q > /dev/null && dvc config core.analytics false || dvc=

"$python" make.py "$rows"
size=$(stat -c %s first.csv)
echo "data add of $((size / 1000000)) MB, each on top of the first: ours as a multiple of theirs"
for version in first appended inserted deleted edited; do
  mkdir -p ours/data && cp "$version.csv" ours/data/table.csv
  measure sum sha256sum ours/data/table.csv
  before=$(bytes_in ours/.git)
  measure add "$MLP" -C ours data add data/table.csv
  mine=$(($(bytes_in ours/.git) - before))
  awk -v v="$version" -v m="$mine" -v s="$size" \
    '{ printf "%s: %.2f s, %.2f s CPU, %.0f MiB, stored %.2f%% of the file\n", v, $1, $2 + $3, $4 / 1024, 100 * m / s }' add
  against sha256sum add sum 0 0
  if [ -n "$restic" ]; then
    before=$(bytes_in restic)
    measure peer restic -q -r restic backup ours/data/table.csv
    against "restic backup" add peer "$mine" $(($(bytes_in restic) - before))
  fi
  if [ -n "$lfs" ]; then
    cp "$version.csv" theirs/table.csv
    before=$(bytes_in theirs/.git)
    measure peer git -C theirs add table.csv
    against "git add with lfs" add peer "$mine" $(($(bytes_in theirs/.git) - before))
  fi
  if [ -n "$dvc" ]; then
    cp "$version.csv" dvc/table.csv
    before=$(bytes_in dvc/.dvc)
    measure peer "$python" -m dvc --cd dvc add -q table.csv
    against "dvc add" add peer "$mine" $(($(bytes_in dvc/.dvc) - before))
    rm -f dvc/table.csv # read-only, or a link
  fi
done
rm -rf theirs restic dvc/.dvc/cache appended.csv inserted.csv deleted.csv edited.csv

echo "read and profile the same: ours as a multiple of theirs"
rm -rf ours/.git/mlp ours/data/table.csv*
git -C ours update-ref -d refs/heads/mlp-ledger
measure read "$MLP" -C ours data show "$scratch/first.csv"
measure peer cat first.csv
against cat read peer 0 0
for peer in pandas duckdb; do
  if has_module "$peer"; then
    measure peer "$python" "${peer}_peer.py" first.csv
    against "$peer" read peer 0 0
  fi
done
rm -f first.csv

"$python" make_files.py "$files"
echo "data add of $files small files, $(($(bytes_in many) / 1000000)) MB: ours as a multiple of theirs"
mv many ours/many
measure peer cp -r ours/many copied
measure add "$MLP" -C ours data add many
against "cp -r" add peer 0 0
mine=$(bytes_in ours/.git/mlp)
if [ -n "$restic" ]; then
  restic -q -r restic init > /dev/null
  measure peer restic -q -r restic backup ours/many
  against "restic backup" add peer "$mine" "$(bytes_in restic)"
fi
if [ -n "$dvc" ]; then
  cp -r ours/many dvc/many
  before=$(bytes_in dvc/.dvc)
  measure peer "$python" -m dvc --cd dvc add -q many
  against "dvc add" add peer "$mine" $(($(bytes_in dvc/.dvc) - before))
fi
measure again "$MLP" -C ours data add many
awk '{ printf "unchanged, again: %.2f s\n", $1 }' again
