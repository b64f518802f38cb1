#include "unit/ledger/opened_ledger.hpp"

#include <doctest/doctest.h>

namespace mlp::ledger {
namespace {

using test::GitScratch;
using test::OpenedLedger;
using Kind = LedgerFinding::Kind;

TEST_CASE("verify: finds a record whose bytes were rewritten under its path, and the commit that did it") {
  const GitScratch scratch;
  OpenedLedger opened(scratch.repository("r"));
  const Record record = opened.note("the truth");
  opened.note("another");
  CHECK(opened.ledger.verify().empty());
  CHECK(opened.texts().size() == 2); // the index knows the truth
  Json body = record.body;
  body["text"] = "a lie";
  opened.commit_files({{record_path(record.id, record.time), body.dump()}});
  const auto findings = opened.ledger.verify();
  REQUIRE(findings.size() == 2); // the hash, and the commit that changed the file
  for (const LedgerFinding& finding : findings) {
    CHECK(finding.kind == Kind::tampered);
    CHECK(finding.subject == record.id.hex());
  }
  CHECK(opened.texts() == std::vector<std::string>{"another"});
  CHECK(test::error_of([&] { static_cast<void>(opened.ledger.read(record.id)); }).code() ==
        ErrorCode::corrupt);
}

TEST_CASE("verify: finds a commit that removed a record") {
  const GitScratch scratch;
  OpenedLedger opened(scratch.repository("r"));
  const Record record = opened.note("one");
  scratch.git("r", {"worktree", "add", "--quiet", "../w", "mlp-ledger"});
  scratch.git("w", {"rm", "--quiet", record_path(record.id, record.time)});
  scratch.git("w", {"commit", "--quiet", "--message", "remove"});
  const auto findings = opened.ledger.verify();
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].kind == Kind::removed);
  CHECK(findings[0].subject == record.id.hex());
  CHECK(findings[0].why.starts_with("commit "));
}

TEST_CASE("verify: trusts no cache: a byte that went bad in the object store after the index was written") {
  const GitScratch scratch;
  OpenedLedger opened(scratch.repository("r"));
  const Record record = opened.note("one");
  const Record other = opened.note("two");
  const auto blob = [&](const Record& wanted) {
    for (const Entry& entry : opened.ledger.entries()) {
      if (entry.id == wanted.id) {
        return scratch.root / "r/.git/objects" / entry.blob.substr(0, 2) / entry.blob.substr(2);
      }
    }
    return fs::path();
  };
  const fs::path target = blob(record);
  fs::permissions(target, fs::perms::owner_all);
  fs::copy_file(blob(other), target, fs::copy_options::overwrite_existing);
  OpenedLedger again(scratch.root / "r");
  CHECK(again.ledger.entries().size() == 2); // the list comes from the index
  const auto findings = again.ledger.verify();
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].kind == Kind::tampered);
  CHECK(findings[0].subject == record.id.hex());
}

TEST_CASE("verify: a file that is no record is malformed") {
  const GitScratch scratch;
  OpenedLedger opened(scratch.repository("r"));
  opened.note("one");
  opened.commit_files({{"records/2026-11/23/notes.txt", "hello"}});
  const auto findings = opened.ledger.verify();
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].kind == Kind::malformed);
  CHECK(findings[0].subject == "records/2026-11/23/notes.txt");
}

} // namespace
} // namespace mlp::ledger
