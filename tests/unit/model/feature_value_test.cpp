#include "model/feature_value.hpp"

#include <doctest/doctest.h>

#include <limits>

using mlp::dataset::ColumnType;
using mlp::model::Feature;
using mlp::model::value_text;

TEST_CASE("a value is written as people write it") {
  const Feature plan{"plan", ColumnType::category, {"a", "b"}, {}, {}, {}};
  const Feature member{"member", ColumnType::boolean, {}, {"No", "Yes"}, {}, {}};
  const Feature since{"since", ColumnType::datetime, {}, {}, {}, {}};
  const Feature age{"age", ColumnType::number, {}, {}, {}, {}};
  CHECK(value_text(plan, 1.0F) == "b");
  CHECK(value_text(member, 0.0F) == "No");
  CHECK(value_text(since, 86400.0F) == "1970-01-02T00:00:00Z");
  CHECK(value_text(age, 0.1F) == "0.1"); // the shortest float32, not 0.10000000149
  CHECK(value_text(age, 41.0F) == "41");
  CHECK(value_text(age, std::numeric_limits<float>::quiet_NaN()) == "(missing)");
}
