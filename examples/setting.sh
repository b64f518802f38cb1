# Sourced by every example, after `set -eu`: here (its folder), MLP (the binary: as given, else build/release's, else the
# one in PATH), folder and name of the project (the first argument; else a temporary one that is removed), and mlp, which
# shows each command before it runs.
here=$(cd "$(dirname "${BASH_SOURCE[1]}")" && pwd)
built=$here/../../build/release/apps/mlp/mlp
[ -x "$built" ] || built=mlp
MLP=${MLP:-$built}

folder=${1:-}
if [ -z "$folder" ]; then
  scratch=$(mktemp -d "${TMPDIR:-/tmp}/mlp-example-XXXXXX")
  trap 'rm -rf "$scratch"' EXIT
  folder=$scratch/churn
fi
name=$(basename "$folder")

mlp() {
  printf '\n\033[1m$ mlp %s\033[0m\n' "$*"
  "$MLP" "$@"
}

# name_author: in the project's repository, where git knows nobody
name_author() {
  git config user.name > /dev/null || git config user.name "Example"
  git config user.email > /dev/null || git config user.email "example@example.org"
}
