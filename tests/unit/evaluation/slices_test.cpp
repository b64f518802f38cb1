#include "evaluation/slices.hpp"

#include "base/error.hpp"
#include "support/tables.hpp"

#include <doctest/doctest.h>

#include <numeric>

using mlp::Error;
using mlp::ErrorCode;
using mlp::Task;
using mlp::evaluation::Slice;
using mlp::test::boolean_column;
using mlp::test::category_column;
using mlp::test::counting;
using mlp::test::datetime_column;
using mlp::test::k_missing_number;
using mlp::test::number_column;
using mlp::test::table_of;

namespace {

using Rows = std::vector<std::uint32_t>;
using Labels = std::vector<std::string>;

Rows all_rows(const mlp::dataset::Table& table) {
  Rows rows(table.rows);
  std::iota(rows.begin(), rows.end(), 0U);
  return rows;
}

mlp::config::Project sliced_by(std::vector<std::string> columns, std::optional<int> bins = {}) {
  mlp::config::Project project = mlp::test::project_for(Task::binary, "y");
  project.evaluation.slices.push_back({std::move(columns), bins});
  return project;
}

std::vector<Slice> slices(const mlp::dataset::Table& table, const mlp::config::Project& project) {
  return mlp::evaluation::slices_of(table, all_rows(table), project);
}

Labels labels(const std::vector<Slice>& found) {
  Labels result;
  for (const Slice& slice : found) {
    result.push_back(slice.label);
  }
  return result;
}

} // namespace

TEST_CASE("slices_of: one slice a value, sorted, and missing values are a slice of their own, the last") {
  const auto table = table_of({category_column("region", {"b", "a", "", "a"})});
  const auto found = slices(table, sliced_by({"region"}));
  CHECK(labels(found) == Labels{"region=a", "region=b", "region=(missing)"});
  CHECK(found[0].at == Rows{1, 3});
  CHECK(found[1].at == Rows{0});
  CHECK(found[2].at == Rows{2});
  CHECK(found[0].columns == Labels{"region"});
}

TEST_CASE(
    "slices_of: positions count in the scored rows, and a value that is not among them makes no slice") {
  const auto table = table_of({category_column("region", {"b", "a", "c", "a", "b"})});
  const auto found = mlp::evaluation::slices_of(table, {1, 3, 4}, sliced_by({"region"}));
  CHECK(labels(found) == Labels{"region=a", "region=b"});
  CHECK(found[0].at == Rows{0, 1}); // rows 1 and 3
  CHECK(found[1].at == Rows{2});    // row 4
}

TEST_CASE(
    "slices_of: few distinct numbers are values in the order of numbers; booleans are spelt as written") {
  const auto table = table_of({number_column("floor", {10, 2, 2.5, 10, 2, 2}),
                               boolean_column("lift", {1, 0, 1, k_missing_number, 0, 0}, {"no", "yes"})});
  CHECK(labels(slices(table, sliced_by({"floor"}))) == Labels{"floor=2", "floor=2.5", "floor=10"});
  CHECK(labels(slices(table, sliced_by({"lift"}))) == Labels{"lift=no", "lift=yes", "lift=(missing)"});
}

TEST_CASE("slices_of: bins are quantiles of type 7, open at both ends, and missing values stay apart") {
  // the quartiles of 1…8 stand at positions 1.75, 3.5 and 5.25 of 0…7: 2.75, 4.5 and 6.25
  auto values = counting(1, 9);
  values.push_back(k_missing_number);
  const auto found = slices(table_of({number_column("x", values)}), sliced_by({"x"}, 4));
  CHECK(labels(found) == Labels{"x=< 2.75", "x=[2.75, 4.5)", "x=[4.5, 6.25)", "x=≥ 6.25", "x=(missing)"});
  CHECK(found[0].at == Rows{0, 1});
  CHECK(found[1].at == Rows{2, 3});
  CHECK(found[2].at == Rows{4, 5});
  CHECK(found[3].at == Rows{6, 7});
  CHECK(found[4].at == Rows{8});
}

TEST_CASE("slices_of: the bins come from the scored rows alone") {
  // of 1, 2, 3 (the outlier is not scored) the median is 2: it belongs to the upper half
  const auto table = table_of({number_column("x", {1, 2, 3, 1e6})});
  const auto found = mlp::evaluation::slices_of(table, {0, 1, 2}, sliced_by({"x"}, 2));
  CHECK(labels(found) == Labels{"x=< 2", "x=≥ 2"});
  CHECK(found[1].at == Rows{1, 2});
}

TEST_CASE("slices_of: equal edges are one, and a constant has one bin") {
  // quartiles of 0,0,0,0,0,0,1,2: 0, 0 and sorted[5] + 0.25·(1 − 0) = 0.25
  const auto found = slices(table_of({number_column("x", {0, 0, 0, 0, 0, 0, 1, 2})}), sliced_by({"x"}, 4));
  CHECK(labels(found) == Labels{"x=< 0.25", "x=≥ 0.25"});
  CHECK(found[0].at.size() == 6);
  CHECK(labels(slices(table_of({number_column("x", {7, 7, 7})}), sliced_by({"x"}, 4))) == Labels{"x=all"});
  const auto empty = table_of({number_column("x", {k_missing_number, k_missing_number})});
  CHECK(labels(slices(empty, sliced_by({"x"}, 4))) == Labels{"x=(missing)"});
}

TEST_CASE("slices_of: twelve distinct numbers are values, thirteen are cut into quartiles") {
  CHECK(slices(table_of({number_column("x", counting(0, 12))}), sliced_by({"x"})).size() == 12);
  // quartiles of 0…12: 3, 6 and 9
  CHECK(labels(slices(table_of({number_column("x", counting(0, 13))}), sliced_by({"x"}))) ==
        Labels{"x=< 3", "x=[3, 6)", "x=[6, 9)", "x=≥ 9"});
}

TEST_CASE("slices_of: an edge between two values is named without the digits that rounding leaves") {
  // the median 0.1 + 0.5 · (0.2 − 0.1) is 0.15000000000000002 in doubles
  const auto table = table_of({number_column("v", {0.1, 0.2})});
  CHECK(labels(slices(table, sliced_by({"v"}, 2))) == Labels{"v=< 0.15", "v=≥ 0.15"});
}

TEST_CASE("slices_of: bins of dates are named by dates") {
  // 1970-01-01 … 1970-01-05, a day apart: the median is the third
  std::vector<double> days = counting(0, 5);
  for (double& day : days) {
    day *= 86400;
  }
  CHECK(labels(slices(table_of({datetime_column("day", days)}), sliced_by({"day"}, 2))) ==
        Labels{"day=< 1970-01-03", "day=≥ 1970-01-03"});
}

TEST_CASE("slices_of: a cross has the combinations that occur") {
  const auto table = table_of(
      {category_column("sex", {"f", "m", "f", "m"}), category_column("region", {"n", "n", "", "n"})});
  const auto found = slices(table, sliced_by({"sex", "region"}));
  CHECK(labels(found) == Labels{"sex=f & region=n", "sex=f & region=(missing)", "sex=m & region=n"});
  CHECK(found[2].at == Rows{1, 3});
  CHECK(found[2].columns == Labels{"sex", "region"});
}

TEST_CASE("slices_of: declared slices come first, then each protected column that is not declared") {
  const auto table = table_of(
      {category_column("a", {"x", "y"}), category_column("b", {"x", "y"}), category_column("c", {"x", "y"})});
  auto project = sliced_by({"c"});
  for (const char* name : {"c", "b", "a"}) {
    project.data.columns[name].is_protected = true;
  }
  CHECK(labels(slices(table, project)) == Labels{"c=x", "c=y", "a=x", "a=y", "b=x", "b=y"});
}

TEST_CASE("slices_of: a column that the data lack is refused with the nearest name") {
  const auto table = table_of({category_column("region", {"a", "b"})});
  try {
    static_cast<void>(slices(table, sliced_by({"regoin"})));
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::input);
    CHECK(std::string(error.what()).find("'regoin'") != std::string::npos);
    REQUIRE(error.hints().size() == 1);
    CHECK(error.hints()[0].find("region") != std::string::npos);
  }
}

TEST_CASE("slices_of: a million values are the fifty largest and one slice of the others") {
  // value i of 0…49 stands twice, the other 999,950 once: 1,000,050 rows
  std::vector<double> values = counting(0, 1'000'000);
  for (int i = 0; i < 50; ++i) {
    values.push_back(i);
  }
  auto column = category_column("zip", {"x"});
  column.codes.assign(values.begin(), values.end());
  column.categories.clear();
  for (const double value : counting(0, 1'000'000)) {
    column.categories.push_back(std::to_string(static_cast<int>(value)));
  }
  const auto found = slices(table_of({column}), sliced_by({"zip"}));
  REQUIRE(found.size() == 51);
  CHECK(found[0].label == "zip=0");
  CHECK(found[0].at == Rows{0, 1'000'000});
  CHECK_FALSE(found[49].pooled);
  CHECK(found[50].label == "zip=(others: 999950 values)");
  CHECK(found[50].at.size() == 999'950);
  CHECK(found[50].pooled);
}

TEST_CASE("slices_of: of more than fifty combinations the largest stand alone, missing values are kept") {
  std::vector<std::string> eight;
  std::vector<std::string> other;
  for (int i = 0; i < 65; ++i) { // 64 combinations, the last of them twice
    eight.push_back("e" + std::to_string(std::min(i, 63) / 8));
    other.push_back("o" + std::to_string(std::min(i, 63) % 8));
  }
  const auto table = table_of({category_column("eight", eight), category_column("other", other)});
  const auto found = slices(table, sliced_by({"eight", "other"}));
  REQUIRE(found.size() == 51);
  CHECK(found[0].label == "eight=e0 & other=o0");  // the first of equals
  CHECK(found[49].label == "eight=e7 & other=o7"); // the largest
  CHECK(found[50].label == "eight & other=(others: 14 combinations)");
  CHECK(found[50].at.size() == 14);

  std::vector<std::string> many;
  for (int i = 0; i < 64; ++i) {
    many.push_back("v" + std::to_string(i + 10));
  }
  many.emplace_back("");
  const auto single = slices(table_of({category_column("many", many)}), sliced_by({"many"}));
  REQUIRE(single.size() == 52);
  CHECK(single[50].label == "many=(others: 14 values)");
  CHECK(single[51].label == "many=(missing)");
}

TEST_CASE("slices_of: bins of words are refused") {
  const auto table = table_of({category_column("eight", {"a", "b"})});
  CHECK_THROWS_WITH_AS(static_cast<void>(slices(table, sliced_by({"eight"}, 4))),
                       "cannot cut 'eight' into bins: it is a category column, not a number", Error);
}
