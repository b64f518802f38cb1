#include "support/failing_files.hpp"
#include "unit/ledger/opened_ledger.hpp"

#include <doctest/doctest.h>

namespace mlp::ledger {
namespace {

using test::error_of;
using test::GitScratch;
using test::OpenedLedger;

TEST_CASE("entries: a newer format is refused with the way out, a foreign branch by name") {
  const GitScratch scratch;
  OpenedLedger newer(scratch.repository("newer"));
  newer.commit_files({{"format", "mlp-ledger 2\n"}});
  const Error too_new = error_of([&] { static_cast<void>(newer.ledger.entries()); });
  CHECK(too_new.code() == ErrorCode::input);
  CHECK(std::string(too_new.what()) == "the ledger has format 2, this mlp knows 1");
  CHECK(too_new.hints().at(0) == "upgrade mlp");
  CHECK(error_of([&] { newer.note("x"); }).code() == ErrorCode::input);

  OpenedLedger foreign(scratch.repository("foreign"));
  foreign.commit_files({{"README", "mine\n"}});
  CHECK(error_of([&] { static_cast<void>(foreign.ledger.entries()); }).code() == ErrorCode::corrupt);
}

TEST_CASE("entries: malformed records are set aside and the others stay, also through the cache") {
  const GitScratch scratch;
  OpenedLedger opened(scratch.repository("r"));
  opened.note("good");
  const std::string bad_name = "records/2026-11/23/notes.txt";
  const std::string bad_json = "records/2026-11/23/" + sha256("{").hex() + ".json";
  opened.commit_files({{bad_name, "hello"}, {bad_json, "{"}});
  for (int run = 0; run < 2; ++run) { // the second one reads the index
    OpenedLedger again(scratch.root / "r");
    CHECK(again.texts() == std::vector<std::string>{"good"});
    REQUIRE(again.ledger.quarantined().size() == 2);
    CHECK(again.ledger.quarantined()[0].path == bad_json);
    CHECK(again.ledger.quarantined()[1].path == bad_name);
  }
  CHECK(opened.note("next").seq == 2);
  CHECK(error_of([&] { static_cast<void>(opened.ledger.read(sha256("{"))); }).code() == ErrorCode::corrupt);
}

TEST_CASE("entries: a missing object hides its own record only, and is found again when it returns") {
  const GitScratch scratch;
  OpenedLedger opened(scratch.repository("r"));
  opened.note("one");
  opened.note("two");
  const std::string blob = opened.ledger.entries().at(0).blob;
  const fs::path object = scratch.root / "r/.git/objects" / blob.substr(0, 2) / blob.substr(2);
  fs::rename(object, scratch.root / "away");
  fs::remove_all(scratch.root / "r/.git/mlp/cache");
  OpenedLedger without(scratch.root / "r");
  CHECK(without.texts() == std::vector<std::string>{"two"});
  CHECK(without.ledger.quarantined().size() == 1);
  fs::rename(scratch.root / "away", object);
  OpenedLedger again(scratch.root / "r");
  CHECK(again.texts() == std::vector<std::string>{"one", "two"});
  CHECK(again.ledger.quarantined().empty());
}

TEST_CASE("entries: a damaged index is made anew, and one that cannot be written hurts nobody") {
  const GitScratch scratch;
  OpenedLedger opened(scratch.repository("r"));
  opened.note("one");
  CHECK(opened.texts().size() == 1);
  const fs::path index = scratch.root / "r/.git/mlp/cache/ledger-index";
  REQUIRE(fs::exists(index));
  scratch.write("r/.git/mlp/cache/ledger-index", "garbage");
  OpenedLedger again(scratch.root / "r");
  CHECK(again.texts().size() == 1);
  CHECK(scratch.read("r/.git/mlp/cache/ledger-index").starts_with("mlp-ledger-index 2\n"));

  for (int allowed = 0; allowed < 8; ++allowed) {
    fs::remove_all(scratch.root / "r/.git/mlp/cache");
    test::FailingFiles failing(allowed);
    OpenedLedger unlucky(scratch.root / "r", failing);
    CHECK(unlucky.texts().size() == 1);
    CHECK(fs::is_empty(scratch.root / "r/.git/mlp/tmp"));
  }
}

TEST_CASE("entries: an index of a history that was rewritten or collected is brought up to date") {
  const GitScratch scratch;
  OpenedLedger opened(scratch.repository("r"));
  opened.note("one");
  const auto first = opened.repository.ref("refs/heads/mlp-ledger");
  opened.note("two");
  CHECK(opened.texts().size() == 2);
  scratch.git("r", {"update-ref", "refs/heads/mlp-ledger", *first});
  CHECK(OpenedLedger(scratch.root / "r").texts() == std::vector<std::string>{"one"});
  OpenedLedger(scratch.root / "r").note("three");
  scratch.git("r", {"reflog", "expire", "--expire=now", "--all"});
  scratch.git("r", {"gc", "--quiet", "--prune=now"}); // the tree that the index covers may be gone
  CHECK(OpenedLedger(scratch.root / "r").texts() == std::vector<std::string>{"one", "three"});
}

} // namespace
} // namespace mlp::ledger
