#include "support/child_process.hpp"
#include "unit/ledger/opened_ledger.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace mlp::ledger {
namespace {

using test::error_of;
using test::k_actor;
using test::LedgerClones;
using test::OpenedLedger;
using test::start_child;
using test::status_of;
using Texts = std::vector<std::string>;

constexpr const char* k_local = "refs/heads/mlp-ledger";
constexpr const char* k_tracking = "refs/remotes/origin/mlp-ledger";
constexpr const char* k_seen = "refs/mlp/seen/origin";

TEST_CASE("decide: the first one creates the remote's ledger and brings all local facts along") {
  const LedgerClones clones({"a", "b"});
  OpenedLedger a(clones.path("a"));
  a.note("fact");
  const Record decision = a.promote("m1");
  CHECK(decision.kind == "decision");
  const std::string tip = clones.scratch.git("origin.git", {"rev-parse", k_local});
  for (const char* ref : {k_local, k_tracking, k_seen}) {
    CAPTURE(ref);
    CHECK(a.repository.ref(ref).value_or("") + "\n" == tip);
  }
  for (const Entry& entry : a.ledger.entries()) {
    CHECK(entry.published);
  }
  OpenedLedger b(clones.path("b"));
  b.ledger.fetch();
  CHECK(b.texts() == Texts{"fact", "m1"});
  CHECK(b.note("more").seq == 3); // b had no branch of its own: it goes on from the remote's
  CHECK(b.texts().size() == 3);
}

TEST_CASE("unpublished: counts what only this clone holds, where there is a remote") {
  const LedgerClones clones({"a"});
  OpenedLedger a(clones.path("a"));
  a.note("one");
  CHECK(a.ledger.unpublished() == 1);
  a.promote("m0");
  CHECK(a.ledger.unpublished() == 0);
  a.note("two");
  a.note("three");
  CHECK(a.ledger.unpublished() == 2);
  clones.scratch.git("a", {"remote", "remove", "origin"});
  CHECK_FALSE(OpenedLedger(clones.path("a")).ledger.unpublished().has_value());
}

TEST_CASE("decide: two clones race, one wins, the loser's own check tells it and nothing of it stays") {
  const LedgerClones clones({"a", "b"});
  OpenedLedger a(clones.path("a"));
  OpenedLedger b(clones.path("b"));
  a.promote("m0");
  b.note("b's fact");
  int asked = 0;
  const Error error = error_of([&] {
    b.promote("b's model", [&] {
      ++asked;
      const Entry last = b.ledger.entries().back();
      if (asked == 1) {
        a.promote("a's model"); // between b's fetch and b's push
      } else if (last.model == "a's model") {
        throw Error(ErrorCode::conflict, "stage 'production' moved");
      }
    });
  });
  CHECK(error.code() == ErrorCode::conflict);
  CHECK(asked == 2);
  CHECK(b.texts() == Texts{"m0", "b's fact", "a's model"});
  CHECK(OpenedLedger(clones.path("a")).texts() == Texts{"m0", "a's model"});
  CHECK(b.ledger.verify().empty());
}

TEST_CASE(
    "decide: a lost race without a conflict is replayed onto the remote's tip, in one line of history") {
  const LedgerClones clones({"a", "b"});
  OpenedLedger a(clones.path("a"));
  OpenedLedger b(clones.path("b"));
  a.promote("m0");
  b.note("b's fact");
  bool raced = false;
  b.promote("m2", [&] {
    if (!std::exchange(raced, true)) {
      a.promote("m1");
    }
  });
  CHECK(b.texts() == Texts{"m0", "b's fact", "m1", "m2"});
  CHECK(clones.scratch.git("origin.git", {"rev-list", "--count", "--min-parents=2", "mlp-ledger"}) == "0\n");
  CHECK(clones.scratch.git("origin.git", {"rev-list", "--count", "mlp-ledger"}) == "3\n");
  a.ledger.fetch();
  CHECK(a.texts() == b.texts());
  CHECK(a.ledger.verify().empty());
}

TEST_CASE("decide: what is appended here while we push is kept") {
  const LedgerClones clones({"a"});
  OpenedLedger a(clones.path("a"));
  a.promote("m0");
  // The server's hook runs between our push and our return: it appends to this very clone.
  const fs::path hook = clones.scratch.write(
      "origin.git/hooks/post-receive",
      "#!/bin/sh\nunset GIT_DIR GIT_QUARANTINE_PATH\ncd '" + clones.path("a").string() +
          "'\nparent=$(git rev-parse mlp-ledger)\nexport GIT_INDEX_FILE=.git/other-index\n"
          "git read-tree mlp-ledger\n"
          "git update-index --add --cacheinfo 100644,$(echo x | git hash-object -w --stdin),records/extra\n"
          "git update-ref refs/heads/mlp-ledger $(git commit-tree -p $parent -m x $(git write-tree))\n");
  fs::permissions(hook, fs::perms::owner_all);
  a.promote("m1");
  CHECK(a.texts() == Texts{"m0", "m1"});
  REQUIRE(a.ledger.quarantined().size() == 1); // no record, but it stands for one that came in between
  CHECK(a.ledger.quarantined()[0].path == "records/extra");
}

TEST_CASE("decide: clones that publish at once lose nothing") {
  const LedgerClones clones({"c0", "c1", "c2"});
  std::vector<pid_t> children;
  for (int clone = 0; clone < 3; ++clone) {
    children.push_back(start_child([&] {
      OpenedLedger opened(clones.path(fmt::format("c{}", clone)));
      for (int i = 0; i < 3; ++i) {
        opened.promote(fmt::format("{}-{}", clone, i));
      }
    }));
  }
  for (const pid_t child : children) {
    CHECK(status_of(child) == 0);
  }
  OpenedLedger opened(clones.path("c0"));
  opened.ledger.fetch();
  CHECK(opened.texts().size() == 9);
  CHECK(opened.ledger.verify().empty());
}

TEST_CASE("decide: works from a depth-1 clone") {
  const LedgerClones clones({"a"});
  OpenedLedger a(clones.path("a"));
  a.promote("m0");
  a.promote("m1");
  clones.scratch.git("",
                     {"clone", "--quiet", "--depth=1", "file://" + clones.path("origin.git").string(), "s"});
  OpenedLedger shallow(clones.path("s"));
  CHECK(shallow.texts().empty()); // the clone brought one branch
  shallow.ledger.fetch();
  CHECK(shallow.texts() == Texts{"m0", "m1"});
  shallow.note("here");
  shallow.promote("m2");
  CHECK(shallow.ledger.verify().empty());
  a.promote("m3");
  CHECK(a.texts() == Texts{"m0", "m1", "here", "m2", "m3"});
}

TEST_CASE("decide: a remote that cannot be reached is an environment error, and nothing stays") {
  const LedgerClones clones({"a"});
  OpenedLedger a(clones.path("a"));
  fs::remove_all(clones.path("origin.git"));
  const Error error = error_of([&] { a.promote("m0"); });
  CHECK(error.code() == ErrorCode::environment);
  CHECK_FALSE(error.hints().empty());
  CHECK(a.texts().empty());
  a.note("facts need no remote");
  CHECK(a.texts().size() == 1);
}

TEST_CASE("decide: without a remote it appends, unless it is no longer valid") {
  const test::GitScratch scratch;
  OpenedLedger opened(scratch.repository("r"));
  opened.promote("m0");
  const Error error = error_of([&] {
    opened.promote("m1", [&] {
      CHECK(opened.ledger.entries().size() == 1); // reading under the lock must not wait for itself
      throw Error(ErrorCode::conflict, "moved");
    });
  });
  CHECK(error.code() == ErrorCode::conflict);
  CHECK(opened.texts() == Texts{"m0"});
}

TEST_CASE("a remote that lost a record it had is refused, naming it, and can be repaired as the hint says") {
  const LedgerClones clones({"a", "b"});
  OpenedLedger a(clones.path("a"));
  a.promote("m0");
  const std::string first = clones.scratch.git("origin.git", {"rev-parse", k_local});
  const Record lost = a.promote("m1");
  OpenedLedger b(clones.path("b"));
  b.ledger.fetch();
  CHECK(b.texts() == Texts{"m0", "m1"});
  clones.scratch.git("origin.git", {"update-ref", k_local, first.substr(0, 40)});

  const Error error = error_of([&] { b.ledger.fetch(); });
  CHECK(error.code() == ErrorCode::corrupt);
  CHECK(std::string(error.what()).find(lost.id.hex()) != std::string::npos);
  CHECK(error_of([&] { static_cast<void>(b.ledger.entries()); }).code() == ErrorCode::corrupt);
  const auto findings = b.ledger.verify();
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].kind == LedgerFinding::Kind::removed);
  CHECK(findings[0].subject == lost.id.hex());

  clones.scratch.git("b", {"push", "--quiet", "--force", "origin", std::string(k_seen) + ":" + k_local});
  b.ledger.fetch();
  CHECK(b.texts() == Texts{"m0", "m1"});
}

TEST_CASE("a remote whose ledger branch was deleted is refused; a pruning fetch loses no record") {
  const LedgerClones clones({"a", "b"});
  OpenedLedger(clones.path("a")).promote("m0");
  OpenedLedger b(clones.path("b"));
  b.ledger.fetch();
  clones.scratch.git("origin.git", {"update-ref", "-d", k_local});
  clones.scratch.git("b", {"fetch", "--quiet", "--prune"});
  clones.scratch.git("b", {"gc", "--quiet", "--prune=now"});
  REQUIRE_FALSE(b.repository.ref(k_tracking).has_value());
  CHECK(OpenedLedger(clones.path("b")).texts() == Texts{"m0"});
  CHECK(error_of([&] { b.promote("m1"); }).code() == ErrorCode::corrupt);
}

TEST_CASE("fetch: nothing happens without the remote, or where it has no ledger yet") {
  const test::GitScratch scratch;
  OpenedLedger alone(scratch.repository("r"));
  alone.ledger.fetch();
  CHECK(alone.ledger.entries().empty());
  const LedgerClones clones({"a"});
  OpenedLedger a(clones.path("a"));
  a.ledger.fetch();
  CHECK(a.ledger.entries().empty());
}

} // namespace
} // namespace mlp::ledger
