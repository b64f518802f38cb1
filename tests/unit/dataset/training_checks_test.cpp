#include "base/error.hpp"
#include "dataset/checks.hpp"
#include "support/tables.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace mlp;
using namespace mlp::dataset;
using namespace mlp::test;
using config::Role;

namespace {

/// 200 rows: a number, a category, and a balanced yes/no target.
std::vector<Column> sound() {
  std::vector<double> x;
  std::vector<double> y;
  std::vector<std::string> c;
  for (int i = 0; i < 200; ++i) {
    x.push_back(i * 37 % 101 * 0.5);
    y.push_back(i % 3 == 0 ? 1 : 0);
    c.push_back(i % 7 < 3 ? "red" : "blue");
  }
  return {number_column("x", x), category_column("c", c), boolean_column("y", y)};
}

std::vector<Check> checks_of(std::vector<Column> columns, const config::Project& project) {
  const Table table = table_of(std::move(columns));
  return check_for_training(table, profile_of(table, 1), project);
}

/// "fail id subject" of each finding, in order.
std::vector<std::string> names_of(const std::vector<Check>& checks) {
  std::vector<std::string> names;
  for (const Check& check : checks) {
    names.push_back(std::string(name_of(check.status)) + " " + check.id + " " + check.subject);
  }
  return names;
}

using Names = std::vector<std::string>;
const config::Project k_binary = project_for(Task::binary, "y");

} // namespace

TEST_CASE("sound data have no findings for training") { CHECK(checks_of(sound(), k_binary).empty()); }

TEST_CASE("a target without any value, or with one only, makes training meaningless") {
  auto columns = sound();
  columns[2].numbers.assign(200, k_missing_number);
  CHECK(names_of(checks_of(columns, k_binary)) == Names{"fail target_missing y"});
  columns[2].numbers.assign(200, 1);
  CHECK(names_of(checks_of(columns, k_binary)) == Names{"fail one_class y"});
  columns[2] = number_column("y", std::vector<double>(200, 3));
  CHECK(names_of(checks_of(columns, project_for(Task::regression, "y"))) == Names{"fail one_class y"});
}

TEST_CASE("a target that the task cannot take fails") {
  auto columns = sound();
  CHECK(names_of(checks_of(columns, project_for(Task::binary, "c"))) == Names{"fail target_classes c"});
  CHECK(names_of(checks_of(columns, project_for(Task::binary, "x"))) == Names{"fail target_classes x"});
  CHECK(names_of(checks_of(columns, project_for(Task::regression, "c"))) ==
        Names{"fail target_not_numeric c"});
  config::Project mistyped = k_binary;
  mistyped.data.positive = "yes";
  CHECK(names_of(checks_of(columns, mistyped)) == Names{"fail target_classes y"});
}

TEST_CASE("rows without a target, few rows, small classes and imbalance warn") {
  auto columns = sound();
  columns[2].numbers[7] = k_missing_number;
  const auto dropped = checks_of(columns, k_binary);
  REQUIRE(names_of(dropped) == Names{"warn target_dropped y"});
  CHECK(dropped[0].observed == 1);

  Table few = table_of(sound());
  std::vector<std::size_t> rows(99);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i] = i;
  }
  CHECK(names_of(checks_of(table_rows(few, rows).columns, k_binary)) ==
        Names{"warn few_rows y"}); // 33 are positive

  columns = sound();
  columns[2].numbers.assign(200, 0);
  columns[2].numbers[0] = 1;
  CHECK(names_of(checks_of(columns, k_binary)) == Names{"warn small_class y", "warn imbalance y"}); // 1 : 199
  std::fill_n(columns[2].numbers.begin(), 2, 1.0);                                                  // 2 : 198
  CHECK(names_of(checks_of(columns, k_binary)) == Names{"warn small_class y"});
}

TEST_CASE("classes that differ in case or blanks alone warn: they are one") {
  auto columns = sound();
  std::vector<std::string> words(200, "yes");
  std::fill_n(words.begin(), 70, "no");
  std::fill_n(words.begin(), 35, "No ");
  columns[2] = category_column("y", words);
  const auto findings = checks_of(columns, project_for(Task::multiclass, "y"));
  REQUIRE(names_of(findings) == Names{"warn class_spelling y"});
  CHECK(findings[0].why.find("written in two ways") != std::string::npos);
  std::fill_n(words.begin(), 35, "not yet");
  columns[2] = category_column("y", words);
  CHECK(names_of(checks_of(columns, project_for(Task::multiclass, "y"))).empty());
}

TEST_CASE(
    "a copy of the target among the features fails, also with other words and with gaps in the target") {
  auto columns = sound();
  columns.push_back(columns[2]);
  columns.back().name = "copy";
  columns.push_back(number_column("coded", columns[2].numbers));
  columns[2].numbers[0] = k_missing_number;
  const auto checks = checks_of(columns, k_binary);
  CHECK(names_of(checks) ==
        Names{"warn target_dropped y", "fail target_in_features copy", "fail target_in_features coded"});
  config::Project ignoring = k_binary;
  set_role(ignoring, "copy", Role::ignore);
  set_role(ignoring, "coded", Role::id);
  CHECK(names_of(checks_of(columns, ignoring)) == Names{"warn target_dropped y"});
}

TEST_CASE("a regression's target is found among the features by value") {
  auto columns = sound();
  columns.push_back(columns[0]);
  columns.back().name = "again";
  CHECK(names_of(checks_of(columns, project_for(Task::regression, "x"))) ==
        Names{"fail target_in_features again"});
}

TEST_CASE("the target given another role fails") {
  config::Project project = k_binary;
  set_role(project, "y", Role::feature);
  CHECK(names_of(checks_of(sound(), project)) == Names{"fail target_in_features y"});
}

TEST_CASE("a feature that repeats a post-outcome column fails") {
  auto columns = sound();
  columns.push_back(columns[0]);
  columns.back().name = "refund";
  config::Project project = k_binary;
  set_role(project, "refund", Role::post_outcome);
  CHECK(names_of(checks_of(columns, project)) == Names{"fail post_outcome_feature x"});
}

TEST_CASE("with no feature left there is nothing to learn from") {
  config::Project project = k_binary;
  set_role(project, "x", Role::ignore);
  set_role(project, "c", Role::id);
  CHECK(names_of(checks_of(sound(), project)) == Names{"fail no_features "});
}

TEST_CASE("an offered column that names rows fails: consecutive numbers and words; gaps only warn") {
  auto columns = sound();
  std::vector<std::string> codes;
  std::vector<double> gaps = counting(0, 200);
  for (int i = 0; i < 200; ++i) {
    codes.push_back("c" + std::to_string(i));
  }
  gaps[0] = 1000;
  columns.push_back(number_column("row", counting(5, 205)));
  columns.push_back(category_column("code", codes));
  columns.push_back(number_column("amount", gaps));
  CHECK(names_of(checks_of(columns, k_binary)) ==
        Names{"warn id_like amount", "fail id_feature row", "fail id_feature code"});
  config::Project project = k_binary;
  set_role(project, "row", Role::feature); // the user insists
  set_role(project, "code", Role::id);
  set_role(project, "amount", Role::ignore);
  CHECK(names_of(checks_of(columns, project)) == Names{"warn id_like row"});
}

TEST_CASE("values beyond the declared ones fail, whatever the column's role") {
  auto columns = sound();
  columns[0].numbers[3] = -1;
  columns[0].numbers[4] = 51;
  columns[0].numbers[5] = k_missing_number;
  config::Project project = k_binary;
  project.data.columns["x"].min = 0;
  project.data.columns["x"].max = 50;
  project.data.columns["x"].max_missing = 0.005;
  project.data.columns["x"].role = Role::ignore;
  project.data.columns["c"].values = {{"red", "green"}};
  const auto checks = checks_of(columns, project);
  CHECK(names_of(checks) == Names{"fail declared_min x", "fail declared_max x", "fail declared_values c"});
  CHECK(checks[0].why == "1 of 199 values of 'x' are not ≥ 0: row 4 has '-1'");
  // red: 3 of each 7 rows, 28 times, and the first three of the last four rows: 87; blue first in row 4
  CHECK(checks[2].why == "113 of 200 values of 'c' are not among the declared ones: row 4 has 'blue'");
  project.data.columns["x"].max_missing = 0.0049; // 1 of 200 is 0.005
  project.data.columns["c"].values = {{"red", "green", "blue"}};
  CHECK(names_of(checks_of(columns, project)) ==
        Names{"fail declared_min x", "fail declared_max x", "fail declared_max_missing x"});
}

TEST_CASE("declared values of numbers and booleans are compared as such; limits of words fail") {
  auto columns = sound();
  columns.push_back(number_column("n", std::vector<double>(200, 1)));
  columns.back().numbers[0] = 2;
  config::Project project = k_binary;
  project.data.columns["n"].values = {{"1.0", "2"}};
  project.data.columns["y"].values = {{"No", "Yes"}};
  CHECK(checks_of(columns, project).empty());
  project.data.columns["n"].values = {{"1"}};
  project.data.columns["y"].values = {{"Yes"}};
  project.data.columns["c"].min = 0;
  CHECK(names_of(checks_of(columns, project)) ==
        Names{"fail declared_type c", "fail declared_values y", "fail declared_values n"});
}

TEST_CASE("a weight must be a number ≥ 0 wherever there is a target") {
  auto columns = sound();
  columns.push_back(number_column("w", std::vector<double>(200, 0.5)));
  config::Project project = k_binary;
  set_role(project, "w", Role::weight);
  CHECK(checks_of(columns, project).empty());
  columns.back().numbers[0] = -1;
  columns.back().numbers[1] = k_missing_number;
  const auto checks = checks_of(columns, project);
  REQUIRE(names_of(checks) == Names{"fail weights w"});
  CHECK(checks[0].observed == 2);
  columns.back() = category_column("w", std::vector<std::string>(200, "heavy"));
  CHECK(names_of(checks_of(columns, project)) == Names{"fail weights w"});
}
