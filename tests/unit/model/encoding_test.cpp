#include "model/encoding.hpp"

#include "base/error.hpp"
#include "sample_table.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using mlp::dataset::ColumnType;
using mlp::dataset::Table;
using mlp::model::Encoder;
using mlp::model::EncodingReport;
using mlp::model::Feature;
using mlp::test::all_rows;
using mlp::test::boolean_column;
using mlp::test::categories;
using mlp::test::datetime_column;
using mlp::test::k_missing_number;
using mlp::test::number_column;
using mlp::test::table_of;
using Rows = std::vector<std::uint32_t>;

namespace {

const Feature k_age = {"age", ColumnType::number, {}, {}, 20.0, 60.0};
const Feature k_plan = {"plan", ColumnType::category, {"a", "c"}, {}, {}, {}};
const Feature k_member = {"member", ColumnType::boolean, {}, {"No", "Yes"}, {}, {}};
const Feature k_day = {"day", ColumnType::datetime, {}, {}, {}, {}};

std::vector<float> encoded(const Feature& feature, const mlp::dataset::Column& column,
                           EncodingReport* report = nullptr) {
  const std::vector<Feature> features = {feature};
  const Table table = table_of({column});
  return Encoder(features, table).encode(all_rows(table), 1, report);
}

bool same(const std::vector<float>& a, const std::vector<float>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](float x, float y) { return x == y || (std::isnan(x) && std::isnan(y)); });
}

constexpr float k_missing = std::numeric_limits<float>::quiet_NaN();

} // namespace

TEST_CASE("features are learnt from the training rows alone: categories that occur there, their range") {
  const Table table = table_of({number_column("age", {30, 20, 90, k_missing_number}),
                                categories("plan", {"a", "b", "c"}, {2, 0, 1, -1}),
                                datetime_column("day", {1, 2, 3, 4}), number_column("y", {0, 1, 0, 1})});
  auto project = mlp::test::project_for(mlp::Task::regression, "y", "rmse");
  const auto features =
      mlp::model::learn_features(table, Rows{0, 1, 3}, mlp::test::roles_for(table, "y"), project, 2);
  REQUIRE(features.size() == 3);
  CHECK(features[0].min == 20.0);
  CHECK(features[0].max == 30.0); // 90 is no training row
  CHECK(features[1].categories == std::vector<std::string>{"a", "c"});
  CHECK_FALSE(features[2].max.has_value()); // dates have no range
  project.data.columns["age"].max = 120.0;
  CHECK(
      mlp::model::learn_features(table, Rows{0, 1, 3}, mlp::test::roles_for(table, "y"), project, 2)[0].max ==
      120.0);
}

TEST_CASE("a category's code is its place among the model's categories, whatever the table's own codes are") {
  EncodingReport report;
  const auto values = encoded(k_plan, categories("plan", {"0", "b", "c"}, {2, 1, -1, 2}), &report);
  CHECK(same(values, {1, k_missing, k_missing, 1}));
  CHECK(report.oddities[0].unseen_category == 1);
  CHECK(report.oddities[0].missing == 1);
  CHECK(report.invalid == std::vector<std::uint8_t>{0, 1, 0, 0});
}

TEST_CASE("numbers keep their value outside the range, but are reported; missing ones are no fault") {
  EncodingReport report;
  CHECK(same(encoded(k_age, number_column("age", {20, 60.5, k_missing_number, 1e300}), &report),
             {20, 60.5F, k_missing, std::numeric_limits<float>::max()}));
  CHECK(report.oddities[0].out_of_range == 2);
  CHECK(report.invalid == std::vector<std::uint8_t>{0, 1, 0, 1});
}

TEST_CASE("text where a number was wanted is a wrong type, not just missing") {
  auto column = number_column("age", {k_missing_number, k_missing_number, 30});
  column.misfits = {1};
  EncodingReport report;
  CHECK(same(encoded(k_age, column, &report), {k_missing, k_missing, 30}));
  CHECK(report.oddities[0].missing == 1);
  CHECK(report.oddities[0].wrong_type == 1);
  CHECK(report.invalid == std::vector<std::uint8_t>{0, 1, 0});
}

TEST_CASE("a boolean is read from booleans, from 0 and 1, and from its own two words") {
  EncodingReport report;
  CHECK(same(encoded(k_member, boolean_column("member", {1, 0, k_missing_number})), {1, 0, k_missing}));
  CHECK(same(encoded(k_member, number_column("member", {1, 0, 2}), &report), {1, 0, k_missing}));
  CHECK(report.oddities[0].wrong_type == 1);
  CHECK(same(encoded(k_member, categories("member", {"No", "Yes", "maybe"}, {1, 0, 2})), {1, 0, k_missing}));
}

TEST_CASE("categories written as numbers are matched by their text") {
  const Feature zone = {"zone", ColumnType::category, {"1", "2.5"}, {}, {}, {}};
  EncodingReport report;
  CHECK(same(encoded(zone, number_column("zone", {2.5, 1, 7, k_missing_number}), &report),
             {1, 0, k_missing, k_missing}));
  CHECK(report.oddities[0].unseen_category == 1);
  CHECK(report.oddities[0].missing == 1);
}

TEST_CASE("every column that is missing or of an unfitting type is named at once") {
  const std::vector<Feature> features = {k_age, k_plan, k_day};
  const Table table = table_of({categories("age", {"old"}, {0}), number_column("day", {5})});
  CHECK_THROWS_WITH_AS(
      Encoder(features, table),
      "the columns do not fit the model: 'age' is category, not number; 'plan' is missing; 'day' "
      "is number, not datetime",
      mlp::Error);
}

TEST_CASE("a column without any value fits every feature") {
  CHECK(same(encoded(k_age, categories("age", {}, {-1, -1})), {k_missing, k_missing}));
  CHECK(same(encoded(k_day, number_column("day", {k_missing_number})), {k_missing}));
  CHECK(same(encoded(k_plan, number_column("plan", {k_missing_number})), {k_missing}));
}

TEST_CASE("many rows on many threads give what one thread gives, counts too") {
  std::vector<double> values;
  for (std::size_t i = 0; i < 20'000; ++i) {
    values.push_back(static_cast<double>(i % 100));
  }
  const Table table = table_of({number_column("age", values)});
  const std::vector<Feature> features = {k_age};
  const Encoder encoder(features, table);
  EncodingReport one;
  EncodingReport three;
  CHECK(encoder.encode(all_rows(table), 1, &one) == encoder.encode(all_rows(table), 3, &three));
  CHECK(one.oddities[0].out_of_range == 20'000 / 100 * 59); // 0…19 and 61…99
  CHECK(three.oddities[0].out_of_range == one.oddities[0].out_of_range);
  CHECK(one.invalid == three.invalid);
}
