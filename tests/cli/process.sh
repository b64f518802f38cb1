#!/usr/bin/env bash
# How the program behaves as a process: streams, signals, odd surroundings.
. "$(dirname "$0")/environment.sh"

expect_exit 0 "$MLP" --version
expect_out "mlp "
expect_no_err

# a full disk below standard output
expect_exit 5 bash -c '"$0" version > /dev/full' "$MLP"
expect_err "cannot write the result to standard output"

# a reader that goes away ends the program quietly, also where the parent ignores SIGPIPE
for ignore in '' 'trap "" PIPE;'; do
  expect_exit 0 bash -c "$ignore"' { sleep 0.2; "$0" --help; } | true' "$MLP"
  expect_no_err
done

# no home, no terminal type, a working folder that is gone
expect_exit 0 env -u HOME -u TERM "$MLP" --help
expect_exit 0 bash -c 'mkdir gone && cd gone && rmdir ../gone && "$0" --version' "$MLP"

# colours and pagers stay away from pipes
PAGER="false" expect_exit 0 "$MLP" help
expect_out "usage: mlp COMMAND"

# on a terminal a long result goes through the pager, and a pager that is not there loses nothing
on_terminal() { script -qec "$1" /dev/null < /dev/null; }
MLP_PAGER='sed s/^/paged:/' on_terminal "'$MLP' help" | grep 'paged:usage: mlp COMMAND' > /dev/null || fail "the pager is not used"
MLP_PAGER=no-such-pager on_terminal "'$MLP' help" | grep 'usage: mlp COMMAND' > /dev/null || fail "a missing pager loses the result"
MLP_PAGER=true on_terminal "'$MLP' help; echo status \$?" | grep 'status 0' > /dev/null || fail "a pager that quits early is no error"
