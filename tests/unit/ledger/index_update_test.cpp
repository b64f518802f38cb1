#include "ledger/index.hpp"
#include "unit/ledger/opened_ledger.hpp"

#include <doctest/doctest.h>

namespace mlp::ledger {
namespace {

using Trees = std::array<std::optional<git::ObjectName>, 2>;

TEST_CASE("update: adds, marks and forgets by side, reading only what differs") {
  const test::GitScratch scratch;
  test::OpenedLedger opened(scratch.repository("r"));
  const auto tree = [&] {
    return opened.repository.tree_of(*opened.repository.ref("refs/heads/mlp-ledger"));
  };
  const Record one = opened.note("one");
  const auto first = tree();
  const Record two = opened.note("two");
  const auto second = tree();

  Index index;
  CHECK(update(index, opened.repository, {first, std::nullopt}, 2) == 1);
  CHECK(update(index, opened.repository, Trees{second, first}, 2) == 2); // "two" here, "one" there
  REQUIRE(index.entries.size() == 2);
  CHECK(index.entries[0].id == one.id);
  CHECK(index.entries[0].local);
  CHECK(index.entries[0].published);
  CHECK(index.entries[1].id == two.id);
  CHECK_FALSE(index.entries[1].published);
  CHECK(update(index, opened.repository, Trees{second, first}, 2) == 0);
  CHECK(update(index, opened.repository, Trees{std::nullopt, first}, 2) == 2);
  REQUIRE(index.entries.size() == 1);
  CHECK_FALSE(index.entries[0].local);
}

TEST_CASE("update: of two files of one name, the one whose bytes match counts") {
  const test::GitScratch scratch;
  test::OpenedLedger opened(scratch.repository("r"));
  const Record one = opened.note("one");
  const auto good = opened.repository.tree_of(*opened.repository.ref("refs/heads/mlp-ledger"));
  opened.commit_files({{record_path(one.id, one.time), "{}"}});
  const auto bad = opened.repository.tree_of(*opened.repository.ref("refs/heads/mlp-ledger"));
  Index index;
  update(index, opened.repository, Trees{bad, good}, 2);
  REQUIRE(index.entries.size() == 1);
  CHECK_FALSE(index.entries[0].local);
  CHECK(index.entries[0].published);
  REQUIRE(index.misfits.size() == 1);
  CHECK(index.misfits[0].local);
}

} // namespace
} // namespace mlp::ledger
