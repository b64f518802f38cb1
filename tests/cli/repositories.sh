#!/usr/bin/env bash
# Odd repositories: each works, or is refused with a clear error.
. "$(dirname "$0")/environment.sh"
. "$project/tests/cli/project.sh"
start_project churn
cd churn || fail "no project"
expect_exit 0 "$MLP" train
expect_exit 0 "$MLP" eval
records() { mlp log --json | wc -l; }

# a linked worktree shares store and ledger
git worktree add -q ../linked -b other
mkdir -p ../linked/data
cp data/churn.csv ../linked/data/
expect_exit 0 "$MLP" -C ../linked note churn "from the worktree"
expect_equal "$(records)" 3

# a detached and an unborn HEAD
git checkout -q --detach
expect_exit 0 "$MLP" note churn "detached"
git checkout -q main

# the ledger branch checked out somewhere: refused, nothing is lost
git worktree add -q ../ledger mlp-ledger
expect_exit 5 "$MLP" note churn "no"
expect_err "mlp-ledger"
git worktree remove ../ledger

# rebase, squash and gc of the code branch
git commit -q --allow-empty -m more
git commit -q --amend --allow-empty -m squashed
git reflog expire --expire=now --all
git gc -q --prune=now
expect_equal "$(records)" 4
expect_exit 0 "$MLP" audit

# below a sub-folder, and from outside
mkdir -p deep/er
expect_exit 0 "$MLP" -C deep/er status
expect_exit 3 "$MLP" -C "$scratch" status
expect_err "not in a git repository"

# a project without a commit and without any identity
expect_exit 0 env -u GIT_AUTHOR_NAME -u GIT_AUTHOR_EMAIL -u GIT_COMMITTER_NAME -u GIT_COMMITTER_EMAIL "$MLP" note churn "nobody"
expect_exit 0 "$MLP" log -n 1
expect_out "$(id -un)"
expect_exit 0 "$MLP" init "$scratch/work/unborn" --data "$churn_table" --target churn
expect_exit 0 "$MLP" -C "$scratch/work/unborn" train --set rounds=2

# what libgit2 cannot open is said so
git init -q --object-format=sha256 ../sha256
expect_exit 5 "$MLP" init ../sha256 --data "$churn_table" --target churn
expect_err "SHA-256"

# a depth-1 clone reads the ledger that its remote has, and adds to it
git clone -q --bare . ../origin.git
git -C ../origin.git symbolic-ref HEAD refs/heads/main
git clone -q --depth 1 "file://$PWD/../origin.git" ../shallow
git -C ../shallow fetch -q --depth 1 origin mlp-ledger:refs/remotes/origin/mlp-ledger
before=$(mlp -C ../shallow log --json | wc -l)
[ "$before" -ge 5 ] || fail "the shallow clone sees $before records"
expect_exit 0 "$MLP" -C ../shallow note churn "from the shallow clone"
git -C ../shallow fetch -q --prune
expect_equal "$(mlp -C ../shallow log --json | wc -l)" $((before + 1))

# somebody else's repository
if [ "$(id -u)" -eq 0 ] && command -v setpriv > /dev/null; then
  chmod 755 "$scratch" "$scratch/work"
  cp "$MLP" "$scratch/mlp"
  expect_exit 5 setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/nonexistent "$scratch/mlp" status
  expect_err "safe.directory"
fi
