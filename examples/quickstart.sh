#!/usr/bin/env bash
# From a fresh machine to a promoted model: installs the Debian packages that are missing, builds mlp, and runs the whole
# loop on real data. Leaves the project in ./quickstart-churn to go on with.
#   examples/quickstart.sh [--renew]    --renew removes an earlier ./quickstart-churn first
set -eu -o pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
project=$PWD/quickstart-churn

case ${1:-} in
  '') ;;
  --renew) rm -rf "$project" ;;
  *) echo "usage: $0 [--renew]" >&2 && exit 2 ;;
esac
if [ -e "$project" ]; then
  echo "$project exists already: go on there, or start anew with: $0 --renew" >&2
  exit 3
fi

./tests/install_packages.sh build
echo "building mlp (some minutes; the log is build/quickstart.log)"
mkdir -p build
if ! { cmake --preset release -DMLP_BUILD_TESTS=OFF && cmake --build build/release --target mlp; } \
  > build/quickstart.log 2>&1; then
  tail -n 40 build/quickstart.log >&2
  echo "the build failed" >&2
  exit 5
fi

export MLP=$PWD/build/release/apps/mlp/mlp
examples/churn/run.sh "$project"

cat << END

The project stands in $project. Go on there, for example:
  export PATH="$PWD/build/release/apps/mlp:\$PATH"
  cd quickstart-churn
  mlp status
  mlp train --set eta=0.05 -m "smaller steps" && mlp eval
  mlp --help
END
