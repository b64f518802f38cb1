#!/usr/bin/env bash
# What a long ledger costs: `mlp status`, `mlp log -n 20` and `mlp models` with 10,000 records against the same with the
# records of one loop, and against `git log -n 20`. Prints ratios and milliseconds (medians of one run).
#   MLP=build/release/apps/mlp/mlp tests/benchmarks/ledger.sh [RECORDS]
set -eu -o pipefail
MLP=$(realpath "${MLP:?set MLP to the mlp binary to measure}")
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
records=${1:-10000}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export HOME=$scratch GIT_AUTHOR_NAME=bench GIT_AUTHOR_EMAIL=b@example.org GIT_COMMITTER_NAME=bench GIT_COMMITTER_EMAIL=b@example.org
cd "$scratch"
git init -q p
"$MLP" init p --data "$here/../../examples/churn/churn.csv" --target churn > /dev/null
cd p
git add -A
git commit -qm start
"$MLP" train  > /dev/null 2>&1
"$MLP" eval > /dev/null 2>&1
"$MLP" promote --to staging > /dev/null 2>&1 || true # a denial is a record too

milliseconds() {
  local times=()
  for _ in 1 2 3 4 5 6 7 8 9; do
    local a b
    a=$(date +%s%N)
    "$@" > /dev/null 2>&1
    b=$(date +%s%N)
    times+=($(((b - a) / 10000)))
  done
  printf '%s\n' "${times[@]}" | sort -n | awk 'NR == 5 { print $1 / 100 }'
}
declare -A short
commands=("status" "log -n 20" "models")
for command in "${commands[@]}"; do short[$command]=$(milliseconds "$MLP" $command); done

python3 - "$records" << 'END' | git fast-import --quiet --force
import hashlib, json, subprocess, sys
out = sys.stdout.buffer
paths = subprocess.run(["git", "ls-tree", "-r", "--name-only", "mlp-ledger"], capture_output=True, text=True).stdout.split()
bodies = [json.loads(subprocess.run(["git", "cat-file", "blob", f"mlp-ledger:{p}"], capture_output=True).stdout)
          for p in paths if p.startswith("records/")]
runs = [b for b in bodies if b["kind"] in ("run", "evaluation")]
files = []
for i in range(int(sys.argv[1]) - len(bodies)):
    body = dict(runs[i % len(runs)])
    body["seq"] = 10 + i
    body["model"] = hashlib.sha256(str(i // 2 % 500).encode()).hexdigest()
    day = i // 100
    body["time"] = f"20{10 + day // 336:02}-{1 + day // 28 % 12:02}-{1 + day % 28:02}T00:00:00Z"
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    name = hashlib.sha256(text).hexdigest()
    files.append((f"records/{body['time'][:7]}/{body['time'][8:10]}/{name}.json", text))
out.write(b"commit refs/heads/mlp-ledger\ncommitter b <b@example.org> 1795410853 +0000\ndata 4\nmore\nfrom refs/heads/mlp-ledger^0\n")
for path, text in files:
    out.write(f"M 100644 inline {path}\ndata {len(text)}\n".encode() + text + b"\n")
out.write(b"\n")
END
rm -rf .git/mlp/cache
a=$(date +%s%N)
"$MLP" log -n 20 > /dev/null
b=$(date +%s%N)
echo "cold index of $records records: $(((b - a) / 1000000)) ms"
git=$(milliseconds git log -n 20)
for command in "${commands[@]}"; do
  long=$(milliseconds "$MLP" $command)
  awk -v c="$command" -v l="$long" -v s="${short[$command]}" -v g="$git" \
    'BEGIN { printf "mlp %s: %.1f ms, %.1f times that of a short ledger, %.1f times git log -n 20\n", c, l, l / s, l / g }'
done
