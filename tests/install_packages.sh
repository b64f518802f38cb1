#!/usr/bin/env bash
# Installs the Debian packages that building and testing mlp need and that are missing. Used by tests/run.sh and
# examples/quickstart.sh: the one list.
#   tests/install_packages.sh [build|test]     test (the default) adds what only the tests use
set -eu -o pipefail

build=(g++ cmake ninja-build pkg-config git libcli11-dev libfast-float-dev libfmt-dev libgit2-dev libssl-dev
  libxgboost-dev libyaml-cpp-dev libzstd-dev nlohmann-json3-dev zlib1g-dev)
test=(doctest-dev ccache clang-format python3 xgboost zstd)

wanted=("${build[@]}")
case ${1:-test} in
  build) ;;
  test) wanted+=("${test[@]}") ;;
  *) echo "usage: $0 [build|test]" >&2 && exit 2 ;;
esac

missing=()
for package in "${wanted[@]}"; do
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2> /dev/null)" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo > /dev/null || { echo "as root, run: apt-get install ${missing[*]}" >&2 && exit 5; }
  as_root=(sudo)
fi
echo "installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}"
