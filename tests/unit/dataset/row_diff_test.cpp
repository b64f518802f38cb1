#include "dataset/row_diff.hpp"

#include <doctest/doctest.h>

using namespace mlp::dataset;

using Rows = std::vector<std::uint64_t>;
using Numbers = std::vector<std::size_t>;

TEST_CASE("by content: rows are a multiset, and of equal rows the later ones are the new ones") {
  const RowDiff diff = compare_content(Rows{7, 8, 9, 9}, Rows{9, 7, 7, 5, 7});
  CHECK(diff.unchanged == 2); // one 7, one 9
  CHECK(diff.removed == 2);   // 8, and one 9
  CHECK(diff.added == 3);     // two 7s, and 5
  CHECK(diff.removed_rows == Numbers{1, 3});
  CHECK(diff.added_rows == Numbers{2, 3, 4});
  CHECK_FALSE(diff.same_order);
  CHECK(diff.changed.empty());
}

TEST_CASE("by content: equal tables, the same rows in another order, and empty ones") {
  CHECK(compare_content(Rows{1, 2}, Rows{1, 2}).same_order);
  const RowDiff shuffled = compare_content(Rows{1, 2, 2}, Rows{2, 1, 2});
  CHECK(shuffled.unchanged == 3);
  CHECK_FALSE(shuffled.same_order);
  CHECK(compare_content(Rows{}, Rows{}).same_order);
  CHECK(compare_content(Rows{}, Rows{4}).added == 1);
}

TEST_CASE("by content: ten examples at most") {
  Rows many;
  for (std::uint64_t i = 0; i < 100; ++i) {
    many.push_back(i);
  }
  const RowDiff diff = compare_content(many, Rows{});
  CHECK(diff.removed == 100);
  CHECK(diff.removed_rows == Numbers{0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
}

TEST_CASE("by id: rows that went, came, changed and stayed, wherever they stand") {
  const IdentifiedRows left{{10, 20, 30, 40}, {1, 2, 3, 4}};
  const IdentifiedRows right{{40, 20, 50, 10}, {4, 99, 5, 1}};
  const auto diff = compare_by_id(left, right);
  REQUIRE(diff);
  CHECK(diff->removed_rows == Numbers{2});
  CHECK(diff->added_rows == Numbers{2});
  CHECK(diff->changed == std::vector<std::pair<std::uint32_t, std::uint32_t>>{{1, 1}});
  CHECK(diff->unchanged == 2); // 10 and 40
  CHECK_FALSE(diff->same_order);
}

TEST_CASE("an id that two rows of a side share is none") {
  const IdentifiedRows once{{1, 2}, {5, 6}};
  CHECK_FALSE(compare_by_id(IdentifiedRows{{1, 1}, {5, 6}}, once));
  CHECK_FALSE(compare_by_id(once, IdentifiedRows{{2, 2}, {5, 6}}));
  CHECK(compare_by_id(once, once)->same_order);
}
