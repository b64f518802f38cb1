#include "dataset/row_diff.hpp"

#include <doctest/doctest.h>

using namespace mlp::dataset;

namespace {

/// Hashes that differ in their second lane alone: the first one is not enough to tell rows apart.
std::vector<RowHash> rows(std::initializer_list<std::uint64_t> values) {
  std::vector<RowHash> hashes;
  for (const std::uint64_t value : values) {
    hashes.push_back({5, value});
  }
  return hashes;
}

} // namespace

using Numbers = std::vector<std::size_t>;

TEST_CASE("by content: rows are a multiset, and of equal rows the later ones are the new ones") {
  const RowDiff diff = compare_content(rows({7, 8, 9, 9}), rows({9, 7, 7, 5, 7}));
  CHECK(diff.unchanged == 2); // one 7, one 9
  CHECK(diff.removed == 2);   // 8, and one 9
  CHECK(diff.added == 3);     // two 7s, and 5
  CHECK(diff.removed_rows == Numbers{1, 3});
  CHECK(diff.added_rows == Numbers{2, 3, 4});
  CHECK_FALSE(diff.same_order);
  CHECK(diff.changed.empty());
}

TEST_CASE("by content: equal tables, the same rows in another order, and empty ones") {
  CHECK(compare_content(rows({1, 2}), rows({1, 2})).same_order);
  const RowDiff shuffled = compare_content(rows({1, 2, 2}), rows({2, 1, 2}));
  CHECK(shuffled.unchanged == 3);
  CHECK_FALSE(shuffled.same_order);
  CHECK(compare_content(rows({}), rows({})).same_order);
  CHECK(compare_content(rows({}), rows({4})).added == 1);
}

TEST_CASE("by content: ten examples at most") {
  std::vector<RowHash> many;
  for (std::uint64_t i = 0; i < 100; ++i) {
    many.push_back({i, i});
  }
  const RowDiff diff = compare_content(many, rows({}));
  CHECK(diff.removed == 100);
  CHECK(diff.removed_rows == Numbers{0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
}

TEST_CASE("by id: rows that went, came, changed and stayed, wherever they stand") {
  const IdentifiedRows left{rows({10, 20, 30, 40}), rows({1, 2, 3, 4})};
  const IdentifiedRows right{rows({40, 20, 50, 10}), rows({4, 99, 5, 1})};
  const auto diff = compare_by_id(left, right);
  REQUIRE(diff);
  CHECK(diff->removed_rows == Numbers{2});
  CHECK(diff->added_rows == Numbers{2});
  CHECK(diff->changed == std::vector<std::pair<std::uint32_t, std::uint32_t>>{{1, 1}});
  CHECK(diff->unchanged == 2); // 10 and 40
  CHECK_FALSE(diff->same_order);
}

TEST_CASE("an id that two rows of a side share is none") {
  const IdentifiedRows once{rows({1, 2}), rows({5, 6})};
  CHECK_FALSE(compare_by_id(IdentifiedRows{rows({1, 1}), rows({5, 6})}, once));
  CHECK_FALSE(compare_by_id(once, IdentifiedRows{rows({2, 2}), rows({5, 6})}));
  CHECK(compare_by_id(once, once)->same_order);
}

namespace {

/// Row i of a large table.
RowHash numbered(std::uint64_t i) {
  RowHash hash;
  hash.add(hash_of(static_cast<double>(i)));
  return hash;
}

} // namespace

TEST_CASE("so many rows that they are compared in shares: a block moved, rows went and came") {
  constexpr std::uint64_t k_rows = 1'200'000; // three shares
  IdentifiedRows left;
  IdentifiedRows right;
  for (std::uint64_t i = 0; i < k_rows; ++i) {
    left.ids.push_back(numbered(i));
    const std::uint64_t other = (i + 1000) % k_rows; // the first thousand stand at the end
    right.ids.push_back(numbered(other < 20 ? other + k_rows : other));
  }
  left.rows = left.ids;
  right.rows = right.ids;
  right.rows[5] = numbered(7 * k_rows); // of id 1005
  const RowDiff diff = compare_content(left.rows, right.rows);
  CHECK(diff.unchanged == k_rows - 21);
  CHECK(diff.removed == 21);
  CHECK(diff.added == 21);
  CHECK(diff.removed_rows == Numbers{0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
  CHECK(diff.added_rows[0] == 5);
  CHECK(diff.added_rows[1] == k_rows - 1000);
  const auto by_id = compare_by_id(left, right);
  REQUIRE(by_id);
  CHECK(by_id->unchanged == k_rows - 21);
  CHECK(by_id->removed == 20);
  CHECK(by_id->added == 20);
  CHECK(by_id->changed == std::vector<std::pair<std::uint32_t, std::uint32_t>>{{1005, 5}});
}
