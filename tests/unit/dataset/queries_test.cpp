#include "dataset/queries.hpp"

#include "base/error.hpp"
#include "dataset/roles.hpp"
#include "dataset/split.hpp"
#include "dataset/target_problem.hpp"
#include "dataset/training_findings.hpp"
#include "support/tables.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

using namespace mlp;
using namespace mlp::dataset;
using Numbers = std::vector<std::uint32_t>;

namespace {

config::Project ranking() {
  config::Project project;
  project.model.task = Task::ranking;
  project.data.target = "grade";
  project.data.columns["query"].role = config::Role::group;
  return project;
}

Table table_of_queries(const std::vector<std::string>& queries, std::vector<double> grades) {
  std::vector<double> feature(queries.size(), 0.0);
  for (std::size_t row = 0; row < feature.size(); ++row) {
    feature[row] = static_cast<double>(row);
  }
  return test::table_of({test::category_column("query", queries), test::number_column("f", feature),
                         test::number_column("grade", std::move(grades))});
}

const Check* find(const std::vector<Check>& findings, std::string_view id) {
  const auto found =
      std::find_if(findings.begin(), findings.end(), [&](const Check& c) { return c.id == id; });
  return found == findings.end() ? nullptr : &*found;
}

} // namespace

TEST_CASE("query_numbers, rows_by_query: queries in the order of their first rows, rows in their own") {
  const Table table = table_of_queries({"b", "a", "b", "c", "a"}, {0, 1, 2, 0, 1});
  const Numbers all = {0, 1, 2, 3, 4};
  CHECK(query_numbers(table, ranking(), all) == Numbers{0, 1, 0, 2, 1});
  CHECK(rows_by_query(table, ranking(), all) == Numbers{0, 2, 1, 4, 3});
  CHECK(rows_by_query(table, ranking(), {1, 2, 4}) == Numbers{1, 4, 2});
}

TEST_CASE("query_column: a ranking without a column of role group is refused with what to write") {
  auto project = ranking();
  project.data.columns.clear();
  const Table table = table_of_queries({"a"}, {1});
  CHECK_THROWS_WITH_AS(static_cast<void>(query_column(table, project)),
                       "a ranking needs a column that says which query a row belongs to", Error);
}

TEST_CASE("target_of: a row without a query counts as one without a grade") {
  const Table table = table_of_queries({"a", "", "b"}, {1, 2, 0});
  const auto grades = target_of(table, ranking()).values;
  CHECK(grades[0] == 1.0);
  CHECK(std::isnan(grades[1]));
  CHECK(grades[2] == 0.0);
}

TEST_CASE("target_of: grades of relevance are whole numbers from 0 to 31") {
  for (const auto& [grade, text] : std::map<double, std::string>{{-1.0, "-1"}, {0.5, "0.5"}, {32.0, "32"}}) {
    const Table table = table_of_queries({"a", "a"}, {1, grade});
    CHECK_THROWS_WITH_AS(
        static_cast<void>(target_of(table, ranking())),
        ("row 2: 'grade' is " + text + ", no grade of relevance: a whole number from 0 to 31").c_str(),
        Error);
  }
  CHECK(relevance_problem(test::category_column("grade", {"good", "bad"}))->id == "target_not_numeric");
  CHECK_FALSE(relevance_problem(test::boolean_column("grade", {0, 1}, {"0", "1"})));
}

TEST_CASE("split_of: no query of a ranking is cut, and rows without one are left out and counted") {
  std::vector<std::string> queries;
  std::vector<double> grades;
  for (int row = 0; row < 400; ++row) {
    queries.push_back(row == 7 ? "" : "q" + std::to_string(row % 50)); // no query's rows stand together
    grades.push_back(row % 3);
  }
  const Table table = table_of_queries(queries, grades);
  const Split split = split_of(table, ranking(), 2);
  CHECK(split.dropped == 1);
  CHECK(split.part[7] == Part::none);
  std::map<std::string, Part> part_of;
  for (std::size_t row = 0; row < table.rows; ++row) {
    if (row != 7) {
      CHECK(part_of.emplace(queries[row], split.part[row]).first->second == split.part[row]);
    }
  }
  auto by_row = ranking();
  by_row.data.split.key = {"f"};
  CHECK_THROWS_AS(static_cast<void>(split_of(table, by_row, 2)), Error); // it would cut queries
}

TEST_CASE("target_findings: what a ranking's queries lack is counted") {
  const Table table = table_of_queries({"a", "a", "b", "b", "c", ""}, {0, 2, 0, 0, 1, 3});
  const auto findings = target_findings(table, ranking());
  REQUIRE(find(findings, "query_missing") != nullptr);
  CHECK(find(findings, "query_missing")->observed == 1.0);
  REQUIRE(find(findings, "query_without_relevant") != nullptr);
  CHECK(find(findings, "query_without_relevant")->observed == 1.0); // b
  REQUIRE(find(findings, "query_of_one_row") != nullptr);
  CHECK(find(findings, "query_of_one_row")->observed == 1.0); // c
  REQUIRE(find(findings, "few_queries") != nullptr);
  CHECK(find(findings, "few_queries")->observed == 3.0);
  CHECK(find(findings, "no_relevant_row") == nullptr);
  const auto hopeless = target_findings(table_of_queries({"a", "a"}, {0, 0}), ranking());
  REQUIRE(find(hopeless, "no_relevant_row") != nullptr);
  CHECK(find(hopeless, "no_relevant_row")->status == CheckStatus::fail);
}
