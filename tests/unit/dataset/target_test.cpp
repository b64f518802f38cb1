#include "base/error.hpp"
#include "dataset/roles.hpp"
#include "support/tables.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace mlp;
using namespace mlp::dataset;
using namespace mlp::test;

namespace {

config::Project binary(std::optional<std::string> positive) {
  config::Project project = project_for(Task::binary, "y");
  project.data.positive = std::move(positive);
  return project;
}

} // namespace

TEST_CASE("a binary target is 1 where it is positive, 0 elsewhere, NaN where it is missing") {
  const Table table = table_of({category_column("y", {"<=50K", "", ">50K"})});
  const Target target = target_of(table, binary("<=50K"));
  CHECK(target.classes == std::vector<std::string>{">50K", "<=50K"});
  CHECK(target.values[0] == 1);
  CHECK(std::isnan(target.values[1]));
  CHECK(target.values[2] == 0);
}

TEST_CASE("without a positive class, the greater number or a boolean's true is positive") {
  CHECK(target_of(table_of({number_column("y", {2, 1, 1})}), binary({})).classes ==
        std::vector<std::string>{"1", "2"});
  CHECK(target_of(table_of({number_column("y", {-1, -10})}), binary({})).classes ==
        std::vector<std::string>{"-10", "-1"});
  CHECK(target_of(table_of({boolean_column("y", {1, 0})}), binary({})).classes ==
        std::vector<std::string>{"No", "Yes"});
}

TEST_CASE("of two words the positive one is not guessed") {
  const Table table = table_of({category_column("y", {"good", "bad"})});
  CHECK_THROWS_WITH_AS(static_cast<void>(target_of(table, binary({}))),
                       "mlp.yaml does not say which of 'bad', 'good' is the positive class of 'y'", Error);
}

TEST_CASE("a positive class is found however its number is written, and a mistyped one names the near one") {
  CHECK(target_of(table_of({number_column("y", {0, 1})}), binary("0.0")).classes ==
        std::vector<std::string>{"1", "0"});
  try {
    static_cast<void>(target_of(table_of({boolean_column("y", {0, 1})}), binary("yes")));
    FAIL("an absent class was accepted");
  } catch (const Error& error) {
    CHECK(std::string(error.what()) ==
          "the positive class 'yes' does not occur in the target 'y', which holds 'No', 'Yes'");
    CHECK(error.hints().front() == "set `data.positive: \"Yes\"` in mlp.yaml");
  }
}

TEST_CASE("a binary task refuses one class and three, and points to multiclass") {
  CHECK_THROWS_AS(static_cast<void>(target_of(table_of({number_column("y", {1, 1})}), binary({}))), Error);
  try {
    static_cast<void>(target_of(table_of({number_column("y", {1, 2, 3})}), binary({})));
    FAIL("three classes were accepted");
  } catch (const Error& error) {
    CHECK(error.hints().front() == "set `model.task: multiclass` in mlp.yaml");
  }
}

TEST_CASE("multiclass classes are sorted by bytes, so 10 stands before 2") {
  const Table table = table_of({number_column("y", {2, 10, 1, 2})});
  const Target target = target_of(table, project_for(Task::multiclass, "y"));
  CHECK(target.classes == std::vector<std::string>{"1", "10", "2"});
  CHECK(target.values == std::vector<double>{2, 1, 0, 2});
}

TEST_CASE("a category that no row holds is no class") {
  const Table table = table_rows(table_of({category_column("y", {"a", "b", "c"})}), {0, 2});
  CHECK(target_of(table, project_for(Task::multiclass, "y")).classes == std::vector<std::string>{"a", "c"});
}

TEST_CASE("a model's classes keep their order, and rows of one class alone are fine") {
  const Table table = table_of({category_column("y", {"b", "b"})});
  const Target target = target_of(table, project_for(Task::multiclass, "y"), {"c", "b", "a"});
  CHECK(target.values == std::vector<double>{1, 1});
  CHECK(target.classes == std::vector<std::string>{"c", "b", "a"});
  CHECK_THROWS_WITH_AS(static_cast<void>(target_of(table, binary("x"), {"n", "x"})),
                       "the target 'y' holds 'b', which the model does not know: its classes are 'n', 'x'",
                       Error);
}

TEST_CASE("a regression takes numbers, and booleans that are spelt 0 and 1; words are refused") {
  const config::Project project = project_for(Task::regression, "y");
  CHECK(target_of(table_of({number_column("y", {1.5, -2})}), project).values == std::vector<double>{1.5, -2});
  CHECK(target_of(table_of({boolean_column("y", {1, 0}, {"0", "1"})}), project).values ==
        std::vector<double>{1, 0});
  CHECK_THROWS_WITH_AS(static_cast<void>(target_of(table_of({boolean_column("y", {1, 0})}), project)),
                       "the target 'y' is a boolean, but a regression needs numbers", Error);
  CHECK_THROWS_AS(static_cast<void>(target_of(table_of({category_column("y", {"a", "b"})}), project)), Error);
}

TEST_CASE("more than 1000 distinct values are no classes") {
  CHECK_THROWS_WITH_AS(static_cast<void>(target_of(table_of({number_column("y", counting(0, 1001))}),
                                                   project_for(Task::multiclass, "y"))),
                       "the target 'y' has more than 1000 different values: these are no classes", Error);
  CHECK(target_of(table_of({number_column("y", counting(0, 1000))}), project_for(Task::multiclass, "y"))
            .classes.size() == 1000);
}
