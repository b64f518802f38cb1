#!/usr/bin/env bash
# Builds mlp and runs every test, from a clean clone and with nothing outside it: missing Debian packages are
# installed first. Ends with the line "N passed, N failed"; the exit status is 1 when any failed.
#   MLP_TEST_PRESET=dev   Debug with sanitizers, instead of the release preset
#   MLP_TEST_DATA=DIR     tables for the tests on larger data; without it those are skipped
#   MLP_TEST_ACCEPT=1     rewrites the golden files: read their diff like code
set -eu -o pipefail
cd "$(dirname "$0")/.."

if ! ./tests/install_packages.sh test; then
  echo "the packages that the tests need are missing"
  echo "0 passed, 1 failed"
  exit 1
fi

preset=${MLP_TEST_PRESET:-release}
build=build/$preset
mkdir -p build
launcher=()
command -v ccache > /dev/null && launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
if ! { cmake --preset "$preset" -DMLP_BUILD_TESTS=ON "${launcher[@]}" > "build/$preset.log" 2>&1 \
  && cmake --build "$build" >> "build/$preset.log" 2>&1; }; then
  tail -n 60 "build/$preset.log"
  echo "the build failed"
  echo "0 passed, 1 failed"
  exit 1
fi

export MLP=$PWD/$build/apps/mlp/mlp
if [ -n "${MLP_TEST_DATA:-}" ]; then
  MLP_TEST_DATA=$(realpath "$MLP_TEST_DATA")
  export MLP_TEST_DATA
fi

list_tests() {
  echo "script layers cmake -DLIB=lib -P tests/layers.cmake"
  echo "script format cmake --build $build --target check_format"
  local file
  for file in "$build"/tests/unit_* "$build"/tests/cli/unit_*; do
    if [ -f "$file" ] && [ -x "$file" ]; then echo "doctest $(basename "$file") $file"; fi
  done
  for file in tests/cli/*.sh; do
    case $(basename "$file") in environment.sh | project.sh) ;; *) false ;; esac || echo "script cli/$(basename "$file" .sh) bash $file"
  done
  for file in examples/*/run.sh; do
    # as in continuous integration, where mlp guesses no model
    if [ -f "$file" ]; then echo "script $(dirname "$file") env CI=true bash $file"; fi
  done
}
list_tests | ./tests/count_tests.sh
