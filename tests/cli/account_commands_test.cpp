#include "cli/command_steps.hpp"
#include "os/files.hpp"
#include "store/object_store.hpp"

#include <memory>

namespace mlp::test {
namespace {

/// A record on the ledger's branch that is none, as a careless merge would leave it.
void add_malformed_record(const Scratch& scratch) {
  git_run(scratch.root, {"worktree", "add", "--quiet", "../" + scratch.root.filename().string() + "/.ledger",
                         "mlp-ledger"});
  scratch.write(".ledger/records/2026-11/23/notes.txt", "no record");
  git_run(scratch.root / ".ledger", {"add", "--all"});
  git_run(scratch.root / ".ledger", {"commit", "--quiet", "--message", "merge"});
  git_run(scratch.root, {"worktree", "remove", "--force", ".ledger"});
}

/// What a command that was refused leaves in the store.
void add_unused_object(const Scratch& scratch) {
  static_cast<void>(store::ObjectStore(scratch.root / ".git/mlp", os::real_files()).put("unused"));
}

} // namespace

std::vector<Step> story_of_accounts() {
  const auto lock = std::make_shared<std::unique_ptr<os::FileLock>>();
  return {
      {.line = "audit", .out = "0 records, 0 objects, 0 decisions: all intact\n"},
      {.line = "train", .out = "recorded"},
      {.line = "eval", .out = "recorded"},
      {.line = "promote --to staging", .out = "recorded"},
      {.line = "lineage churn@staging", .out = "holds staging"},
      {.line = "lineage data/churn.csv --down", .out = "promoted churn "},
      {.line = "lineage data/churn.csv --down", .out = "held now: staging by churn "},
      {.line = "lineage data/churn.csv --down --json", .out = "\"touched\":{", .schema = "mlp.lineage/1"},
      {.line = "lineage churn --json", .out = "\"direction\":\"up\"", .schema = "mlp.lineage/1"},
      {.line = "lineage churn --down --format json",
       .out = "\"direction\":\"down\"",
       .schema = "mlp.lineage/1"},
      {.line = "lineage churn --up --down", .exit = 2, .err = "exclude each other"},
      {.line = "lineage", .exit = 2},
      {.line = "lineage chrun", .exit = 3, .err = "did you mean `churn`?"},
      {.line = "audit", .out = "3 records, "},
      {.line = "audit --json", .out = "\"ok\":true", .schema = "mlp.audit/1"},
      {.line = "audit --at 2000-01-01", .out = "0 records, "},
      {.line = "audit --att", .exit = 2, .err = "did you mean `--at`?"},
      {.line = "audit --at nope", .exit = 3, .err = "'nope' names nothing here"},
      {.line = "fsck", .out = "store and ledger are intact\n"},
      {.line = "fsck --json", .out = "\"ok\":true", .schema = "mlp.fsck/1"},
      {.line = "fsck all", .exit = 2},
      {.line = "fsck --deep", .out = "store and ledger are intact\n"},
      {.line = "gc", .out = "nothing to collect\n"},
      {.line = "gc", .out = "1 objects that nothing needs", .before = add_unused_object},
      {.line = "gc --json", .out = "\"removed\":false", .schema = "mlp.gc/1"},
      {.line = "gc --yess", .exit = 2, .err = "did you mean `--yes`?"},
      {.line = "gc --yes",
       .exit = 5,
       .err = "another mlp command is at work",
       .before =
           [lock](const Scratch& scratch) {
             *lock = os::FileLock::share(scratch.root / ".git/mlp/store.lock");
           }},
      {.line = "gc --yes", .out = "trashed   1 objects", .before = [lock](const Scratch&) { lock->reset(); }},
      {.line = "gc", .out = "nothing to collect\n"},
      {.line = "audit", .exit = 1, .out = "malformed_record", .before = add_malformed_record},
      {.line = "audit --json", .exit = 1, .out = "\"ok\":false", .schema = "mlp.audit/1"},
      {.line = "fsck", .exit = 1, .out = "malformed_record"},
      {.line = "log", .out = "promoted churn", .err = "warning: records/"},
  };
}

TEST_CASE("the commands that account for what was done") {
  const Scratch scratch;
  start_sample(scratch);
  tell(scratch, story_of_accounts());
}

} // namespace mlp::test
