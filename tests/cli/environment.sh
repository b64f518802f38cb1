# Sourced by every black-box script: a home and a working folder of its own, a fixed identity, plain locale, no MLP_*
# variables but MLP, the binary under test. The folder is kept, and its path printed, where the script fails.
set -u -o pipefail

: "${MLP:?set MLP to the mlp binary under test}"
MLP=$(realpath "$MLP")
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
for name in $(compgen -v MLP_ | grep -v '^MLP_TEST_'); do unset "$name"; done
unset NO_COLOR CI PAGER GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE
export LC_ALL=C TZ=UTC GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME="Ana Ruiz" GIT_AUTHOR_EMAIL=ana@example.org GIT_AUTHOR_DATE="1795410853 +0000"
export GIT_COMMITTER_NAME="Ana Ruiz" GIT_COMMITTER_EMAIL=ana@example.org GIT_COMMITTER_DATE="1795410853 +0000"

scratch=$(mktemp -d "${TMPDIR:-/tmp}/mlp-test-XXXXXX")
export HOME=$scratch/home XDG_CONFIG_HOME=$scratch/home/.config
mkdir -p "$HOME" "$scratch/work"
printf '[init]\n\tdefaultBranch = main\n' > "$HOME/.gitconfig"
cd "$scratch/work" || exit 1

clean_up() {
  local status=$?
  if [ "$status" -eq 0 ] || [ "$status" -eq 125 ]; then
    chmod -R u+w "$scratch" && rm -rf "$scratch"
  else
    echo "kept $scratch" >&2
  fi
}
trap clean_up EXIT

mlp() { "$MLP" "$@"; }

fail() {
  printf 'FAILED: %s\n' "$*" >&2
  exit 1
}

skip() {
  printf 'skipped: %s\n' "$*"
  exit 125
}

# expect_exit STATUS COMMAND…: runs it, keeps its streams in the files out and err of $scratch.
expect_exit() {
  local wanted=$1 found=0
  shift
  "$@" > "$scratch/out" 2> "$scratch/err" || found=$?
  [ "$found" -eq "$wanted" ] && return
  printf -- '--- standard output\n%s\n--- standard error\n%s\n' "$(cat "$scratch/out")" "$(cat "$scratch/err")" >&2
  fail "'$*' ended with $found, wanted $wanted"
}

# expect_out TEXT, expect_err TEXT: what the last expect_exit's command printed holds TEXT.
expect_out() { grep -qF -- "$1" "$scratch/out" || fail "'$1' is not in standard output: $(cat "$scratch/out")"; }
expect_err() { grep -qF -- "$1" "$scratch/err" || fail "'$1' is not in standard error: $(cat "$scratch/err")"; }
expect_no_out() { [ ! -s "$scratch/out" ] || fail "standard output should be empty: $(cat "$scratch/out")"; }
expect_no_err() { [ ! -s "$scratch/err" ] || fail "standard error should be empty: $(cat "$scratch/err")"; }
expect_equal() { [ "$1" = "$2" ] || fail "found '$1', wanted '$2'"; }
