#include "ledger/ledger.hpp"

#include "unit/ledger/opened_ledger.hpp"

#include <doctest/doctest.h>

namespace mlp::ledger {
namespace {

using test::error_of;
using test::GitScratch;
using test::k_actor;
using test::k_time;
using test::OpenedLedger;

TEST_CASE("append: fills in what every record holds, and its id is the hash of its bytes") {
  const GitScratch scratch;
  OpenedLedger opened(scratch.repository("r"));
  CHECK(opened.ledger.entries().empty());
  const Record first = opened.note("one");
  CHECK(first.seq == 1);
  CHECK(first.body["seen"].is_null());
  const auto tip = opened.repository.ref("refs/heads/mlp-ledger");
  const Record second = opened.ledger.append(
      "run", Json::object({{"name", "income"}, {"model", std::string(64, 'a')}, {"project", "p"}}), k_actor,
      k_time);
  CHECK(second.seq == 2);
  CHECK(second.body["schema"].as_string() == "mlp.run/1");
  CHECK(second.body["seen"].as_string() == *tip);
  CHECK(second.body["time"].as_string() == "2026-11-23T05:16:40Z");
  CHECK(second.body["actor"]["email"].as_string() == "ada@example.org");
  CHECK(second.id == sha256(second.body.dump()));

  const auto& entries = opened.ledger.entries();
  REQUIRE(entries.size() == 2);
  CHECK(entries[1].id == second.id);
  CHECK(entries[1].name == "income");
  CHECK(entries[1].project == "p");
  CHECK(entries[1].local);
  CHECK_FALSE(entries[1].published);
  CHECK(opened.ledger.read(second.id).body == second.body);
  CHECK(opened.ledger.read_bytes(first.id) == first.body.dump());
  CHECK(error_of([&] { static_cast<void>(opened.ledger.read(sha256("none"))); }).code() ==
        ErrorCode::not_found);
}

TEST_CASE("append: the branch is laid out as documented, by the actor, and git finds nothing wrong") {
  const GitScratch scratch;
  OpenedLedger opened(scratch.repository("r"));
  const Record record = opened.note("one");
  CHECK(scratch.git("r", {"ls-tree", "-r", "--name-only", "mlp-ledger"}) ==
        "format\nrecords/2026-11/23/" + record.id.hex() + ".json\n");
  CHECK(scratch.git("r", {"show", "mlp-ledger:format"}) == "mlp-ledger 1\n");
  CHECK(scratch.git("r", {"log", "--format=%an <%ae> %at %s", "mlp-ledger"}) ==
        "Ada Lovelace <ada@example.org> 1795411000 note " + record.id.brief() + "\n");
  scratch.git("r", {"fsck", "--full", "--strict"});
  CHECK(scratch.git("r", {"status", "--porcelain"}).empty());
}

TEST_CASE("append: a record above 64 KiB, or one that could not be read again, does not get in") {
  const GitScratch scratch;
  OpenedLedger opened(scratch.repository("r"));
  CHECK(error_of([&] { opened.note(std::string(k_largest_record, 'x')); }).code() == ErrorCode::internal);
  const Error wrong_kind = error_of([&] {
    opened.ledger.append("run", Json::object({{"model", 5}}), k_actor, k_time);
  });
  CHECK(wrong_kind.code() == ErrorCode::internal);
  CHECK(opened.ledger.entries().empty());
}

TEST_CASE(
    "the ledger works with an unborn HEAD, a detached one, in a linked worktree and in a bare repository") {
  const GitScratch scratch;
  fs::create_directories(scratch.root / "unborn");
  scratch.git("unborn", {"init", "--quiet"});
  OpenedLedger unborn(scratch.root / "unborn");
  unborn.note("one");
  CHECK(unborn.texts() == std::vector<std::string>{"one"});

  OpenedLedger main(scratch.repository("r"));
  main.note("main");
  scratch.git("r", {"checkout", "--quiet", "--detach"});
  main.note("detached");
  scratch.git("r", {"worktree", "add", "--quiet", "-b", "side", "../linked"});
  OpenedLedger linked(scratch.root / "linked");
  linked.note("linked");
  CHECK(main.texts() == std::vector<std::string>{"main", "detached", "linked"});
  CHECK(main.repository.code_state().clean);

  fs::create_directories(scratch.root / "bare");
  scratch.git("bare", {"init", "--quiet", "--bare"});
  OpenedLedger bare(scratch.root / "bare");
  bare.note("one");
  CHECK(bare.texts().size() == 1);
}

TEST_CASE("append: refused with a way out while a worktree has the ledger checked out") {
  const GitScratch scratch;
  OpenedLedger opened(scratch.repository("r"));
  opened.note("one");
  scratch.git("r", {"worktree", "add", "--quiet", "../look", "mlp-ledger"});
  const Error error = error_of([&] { opened.note("two"); });
  CHECK(error.code() == ErrorCode::environment);
  CHECK(std::string(error.what()).find("checked out") != std::string::npos);
  CHECK(error.hints().at(0) == "run `git -C " + (scratch.root / "look").string() + " switch --detach`");
  CHECK(opened.texts() == std::vector<std::string>{"one"}); // reading goes on
  scratch.git("look", {"switch", "--quiet", "--detach"});   // the hint helps
  opened.note("two");
  CHECK(opened.texts().size() == 2);
}

TEST_CASE("records survive gc --prune=now, a squash of the code branch and the loss of the cache") {
  const GitScratch scratch;
  OpenedLedger opened(scratch.repository("r"));
  opened.note("one");
  opened.note("two");
  scratch.git("r", {"commit", "--quiet", "--amend", "--message", "squashed"});
  scratch.git("r", {"reflog", "expire", "--expire=now", "--all"});
  scratch.git("r", {"gc", "--quiet", "--prune=now"});
  CHECK(opened.texts().size() == 2);
  opened.note("three");
  fs::remove_all(scratch.root / "r/.git/mlp");
  OpenedLedger again(scratch.root / "r");
  CHECK(again.texts() == std::vector<std::string>{"one", "two", "three"});
  CHECK(again.ledger.verify().empty());
}

TEST_CASE("order is by seq, then id, whatever the times say") {
  const GitScratch scratch;
  OpenedLedger opened(scratch.repository("r"));
  opened.ledger.append("note", Json::object({{"text", "later day"}}), k_actor, k_time + 86400);
  opened.ledger.append("note", Json::object({{"text", "earlier day"}}), k_actor, k_time - 86400);
  CHECK(opened.texts() == std::vector<std::string>{"later day", "earlier day"});
}

} // namespace
} // namespace mlp::ledger
