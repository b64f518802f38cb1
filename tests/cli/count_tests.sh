#!/usr/bin/env bash
# tests/count_tests.sh: what run.sh ends with, and that one failing case anywhere makes it fail.
. "$(dirname "$0")/environment.sh"
count=$project/tests/count_tests.sh

fake() { # fake NAME STATUS TEXT: a test program that prints TEXT and ends with STATUS
  printf '#!/bin/sh\necho "%s"\nexit %s\n' "$3" "$2" > "$1"
  chmod +x "$1"
}
fake good 0 "[doctest] test cases:  12 |  11 passed | 0 failed | 1 skipped"
fake bad 1 "[doctest] test cases:  5 |  3 passed | 2 failed | 0 skipped"
fake crash 139 "half a line"
fake late_crash 1 "[doctest] test cases:  4 |  4 passed | 0 failed | 0 skipped"
fake passes 0 "fine"
fake fails 1 "the reason it failed"
fake skips 125 "no such tool"

# counts STATUS LAST_LINE LIST [SKIPPED]
counts() {
  printf '%b' "$3" > list
  expect_exit "$1" bash -c '"$0" < list' "$count"
  expect_equal "$(tail -n 1 "$scratch/out")" "$2"
  expect_equal "$(grep -x '[0-9]* skipped' "$scratch/out")" "${4:-}"
}
counts 0 "11 passed, 0 failed" 'doctest good ./good\n' "1 skipped"
counts 0 "1 passed, 0 failed" 'script passes ./passes\n'
counts 0 "2 passed, 0 failed" 'script a ./passes\nscript b ./skips\nscript c ./passes\n' "1 skipped"
counts 1 "4 passed, 2 failed" 'doctest bad ./bad\nscript passes ./passes\n'
counts 1 "0 passed, 1 failed" 'doctest crash ./crash\n'
counts 1 "4 passed, 1 failed" 'doctest late_crash ./late_crash\n'
counts 1 "11 passed, 1 failed" 'script fails ./fails\ndoctest good ./good\n' "1 skipped"
expect_out "the reason it failed"
counts 1 "0 passed, 1 failed" 'script absent ./no-such-program\n'
counts 1 "0 passed, 0 failed" ''
counts 1 "0 passed, 0 failed" 'script skips ./skips\n' "1 skipped"

# a test that hangs is ended and counts as failed
MLP_TEST_SECONDS=1 counts 1 "0 passed, 1 failed" 'script hangs sleep 60\n'
