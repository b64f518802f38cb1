#include "model/stump.hpp"

#include "metrics/metric.hpp"
#include "sample_table.hpp"

#include <doctest/doctest.h>

using doctest::Approx;
using namespace mlp;
using namespace mlp::test;
using model::Stump;
using model::stump_scores;

namespace {

Stump stump_of(const dataset::Table& table, const std::string& target, Task task,
               const std::string& positive = "") {
  auto project = project_for(task, target, "log_loss");
  if (!positive.empty()) {
    project.data.positive = positive;
  }
  const auto rows = all_rows(table);
  return stump_scores(table, rows, table, rows, roles_for(table, target), project, 2);
}

} // namespace

TEST_CASE("stump: a number is cut where the sides differ most, each side predicts its share") {
  // Below 4 none of three is positive, above it all four are; of all rows 4/7, which counts as one row more.
  const auto table =
      table_of({number_column("x", {1, 2, 3, 5, 6, 7, 8}), number_column("noise", {1, 1, 1, 1, 1, 1, 1}),
                category_column("y", {"no", "no", "no", "yes", "yes", "yes", "yes"})});
  const Stump exact = stump_of(table, "y", Task::binary, "yes");
  CHECK(exact.question == "x < 4");
  CHECK(exact.scores[0] == Approx((0 + 4.0 / 7) / 4));
  CHECK(exact.scores[6] == Approx((4 + 4.0 / 7) / 5));
}

TEST_CASE("stump: of a category one value is set apart, and rows without a value stay where they resemble") {
  const auto table = table_of({category_column("plan", {"a", "b", "c", "b", "a", "b", ""}),
                               category_column("y", {"no", "yes", "no", "yes", "no", "yes", "yes"})});
  const Stump stump = stump_of(table, "y", Task::binary, "yes");
  CHECK(stump.question == "plan is 'b'");
  CHECK(stump.scores[6] == stump.scores[1]); // the missing one is positive, as those of plan b
  CHECK(stump.scores[0] == Approx((4.0 / 7) / 4));
}

TEST_CASE("stump: the question about personal data names no value") {
  auto plan = category_column("plan", {"a", "b", "c", "b", "a", "b", ""});
  plan.personal = true;
  const auto target = category_column("y", {"no", "yes", "no", "yes", "no", "yes", "yes"});
  CHECK(stump_of(table_of({plan, target}), "y", Task::binary, "yes").question == "plan is (personal)");
  auto born = number_column("born", {1950, 1951, 1952, 1990, 1991, 1992, 1993});
  born.personal = true;
  CHECK(stump_of(table_of({born, target}), "y", Task::binary, "yes").question == "born < (personal)");
}

TEST_CASE("stump: a regression predicts means, far from zero as well as near") {
  const auto table =
      table_of({number_column("x", {1, 2, 3, 4}), number_column("y", {1e9, 1e9 + 2, 1e9 + 10, 1e9 + 12})});
  const Stump stump = stump_of(table, "y", Task::regression);
  CHECK(stump.question == "x < 2.5");
  CHECK(stump.scores == std::vector<double>{1e9 + 1, 1e9 + 1, 1e9 + 11, 1e9 + 11});
}

TEST_CASE("stump: several classes get shares that add up to one") {
  const auto table = customers();
  const Stump stump = stump_of(table, "kind", Task::multiclass);
  REQUIRE(stump.scores.size() == 3 * table.rows);
  CHECK(stump.scores[0] + stump.scores[1] + stump.scores[2] == Approx(1.0).epsilon(1e-12));
}

TEST_CASE("stump: no feature tells two rows apart, no stump") {
  const auto table =
      table_of({number_column("x", {1, 1, 1, 1}), category_column("y", {"no", "yes", "no", "yes"})});
  CHECK(stump_of(table, "y", Task::binary, "yes").scores.empty());
}

TEST_CASE("stump: weights count, and other data are read by name") {
  auto table = table_of({number_column("x", {1, 2, 3, 4}), number_column("w", {1, 1, 1, 5}),
                         category_column("y", {"no", "no", "yes", "yes"})});
  auto project = project_for(Task::binary, "y", "log_loss");
  project.data.positive = "yes";
  dataset::Roles roles;
  roles.target = "y";
  roles.features = {"x"};
  roles.weight = "w";
  const auto rows = all_rows(table);
  const auto other = table_of({category_column("z", {"k", "k"}), number_column("x", {10, -10})});
  const Stump stump = stump_scores(table, rows, other, {0, 1}, roles, project, 1);
  CHECK(stump.scores[0] == Approx((6 + 6.0 / 8) / 7));
  CHECK(stump.scores[1] == Approx((0 + 6.0 / 8) / 3));
}
