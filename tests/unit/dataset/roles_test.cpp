#include "dataset/roles.hpp"

#include "base/error.hpp"
#include "support/tables.hpp"

#include <doctest/doctest.h>

using namespace mlp;
using namespace mlp::dataset;
using namespace mlp::test;
using config::Role;

namespace {

Table customers() {
  return table_of({category_column("churn", {"Yes", "No"}), number_column("tenure", {1, 2}),
                   category_column("sex", {"f", "m"}), text_column("notes", {"a b", "c d"}),
                   number_column("customer", {1, 2}), datetime_column("signup", {0, 1}),
                   number_column("weight", {1, 1}), category_column("household", {"x", "y"}),
                   number_column("refund", {0, 1})});
}

} // namespace

TEST_CASE("columns without a role are features, in table order; the target and text are not") {
  const Roles roles = roles_of(customers(), project_for(Task::binary, "churn"));
  CHECK(roles.target == "churn");
  CHECK(roles.features ==
        std::vector<std::string>{"tenure", "sex", "customer", "signup", "weight", "household", "refund"});
  CHECK(roles.text_left_out == std::vector<std::string>{"notes"});
}

TEST_CASE("a column of another role than feature is not offered to the trainer") {
  config::Project project = project_for(Task::binary, "churn");
  set_role(project, "customer", Role::id);
  set_role(project, "signup", Role::time);
  set_role(project, "weight", Role::weight);
  set_role(project, "household", Role::group);
  set_role(project, "refund", Role::post_outcome);
  set_role(project, "notes", Role::ignore);
  const Roles roles = roles_of(customers(), project);
  CHECK(roles.features == std::vector<std::string>{"tenure", "sex"});
  CHECK(roles.id == "customer");
  CHECK(roles.time == "signup");
  CHECK(roles.weight == "weight");
  CHECK(roles.group == "household");
  CHECK(roles.text_left_out.empty());
}

TEST_CASE("a protected column is ignored unless role: feature is written, and stays protected either way") {
  config::Project project = project_for(Task::binary, "churn");
  project.data.columns["sex"].is_protected = true;
  CHECK(role_of(project, "sex") == Role::ignore);
  set_role(project, "sex", Role::feature);
  CHECK(role_of(project, "sex") == Role::feature);
  CHECK(roles_of(customers(), project).protected_columns == std::vector<std::string>{"sex"});
}

TEST_CASE("every column of mlp.yaml that the data lack is named, with the nearest one") {
  config::Project project = project_for(Task::binary, "chrun");
  set_role(project, "tenur", Role::ignore);
  project.data.split.key = {"tenur", "nothing_like_it"};
  project.evaluation.slices = {{{"sex", "colour"}, std::nullopt}};
  try {
    static_cast<void>(roles_of(customers(), project));
    FAIL("absent columns were accepted");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::input);
    CHECK(std::string(error.what()) == "the data lack 4 columns of mlp.yaml: 'chrun' (did you mean "
                                       "'churn'?), 'tenur' (did you mean 'tenure'?), "
                                       "'nothing_like_it', 'colour'");
    CHECK(error.hints().front() ==
          "the data's columns: churn, tenure, sex, notes, customer, signup, weight, household, refund");
  }
}

TEST_CASE("check_columns finds each absent column where mlp.yaml names it") {
  config::Project project = project_for(Task::binary, "churn");
  project.data.columns["tenur"].position = {14, 5};
  const auto findings = check_columns({"churn", "tenure"}, project, "mlp.yaml");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].rule == "unknown_column");
  CHECK(findings[0].text() == "mlp.yaml:14:5: the data have no column 'tenur'");
  CHECK(findings[0].hint == "did you mean 'tenure'?");
}
