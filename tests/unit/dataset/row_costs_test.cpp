#include "dataset/row_costs.hpp"

#include "dataset/checks.hpp"
#include "dataset/profile.hpp"
#include "support/error_of.hpp"
#include "support/tables.hpp"

#include <doctest/doctest.h>

using namespace mlp;
using namespace mlp::test;

namespace {

dataset::Table claims(std::vector<double> amounts) {
  return table_of({category_column("fraud", {"yes", "no", "yes", "no"}),
                   number_column("amount", std::move(amounts)),
                   category_column("branch", {"a", "b", "a", "b"})});
}

config::Project costing(Json costs) {
  config::Project project;
  project.data.target = "fraud";
  project.data.positive = "yes";
  project.evaluation.decision.costs = std::move(costs);
  project.positions["evaluation.decision.costs.fn"] = {12, 30};
  return project;
}

constexpr std::array<std::uint32_t, 4> k_rows = {0, 1, 2, 3};
constexpr std::array<double, 4> k_target = {1, 0, 1, 0};

std::string refusal(const dataset::Table& table, const config::Project& project) {
  const Error error =
      error_of([&] { static_cast<void>(dataset::row_costs(table, k_rows, k_target, project)); });
  CHECK_FALSE(error.hints().empty());
  return error.what();
}

} // namespace

TEST_CASE(
    "row_costs: amounts of a column where one is named, one amount for all else, 0 for what is absent") {
  const auto costs = dataset::row_costs(claims({100, 7, 30, 9}), k_rows, k_target,
                                        costing(Json::object({{"fn", "amount"}, {"fp", 4}, {"tp", 2}})));
  REQUIRE(costs);
  CHECK(costs->call == std::vector<double>{2, 4, 2, 4});
  CHECK(costs->pass == std::vector<double>{100, 0, 30, 0});
  CHECK_FALSE(dataset::row_costs(claims({1, 2, 3, 4}), k_rows, k_target, costing(Json())));
}

TEST_CASE("row_costs: a row needs the amounts of its own class only") {
  const auto project = costing(Json::object({{"fn", "amount"}}));
  const auto costs =
      dataset::row_costs(claims({100, k_missing_number, 30, k_missing_number}), k_rows, k_target, project);
  CHECK(costs->pass == std::vector<double>{100, 0, 30, 0});
  CHECK(refusal(claims({100, 7, k_missing_number, 9}), project) ==
        "mlp.yaml:12:30: 'evaluation.decision.costs.fn': the column 'amount' has no amount in 1 positive "
        "rows that need one, the first is row 3");
}

TEST_CASE("row_costs: a column that is absent or no number is named with its place in mlp.yaml") {
  CHECK(refusal(claims({1, 2, 3, 4}), costing(Json::object({{"fn", "loss"}}))) ==
        "mlp.yaml:12:30: 'evaluation.decision.costs.fn' names the column 'loss', which the data lack");
  CHECK(refusal(claims({1, 2, 3, 4}), costing(Json::object({{"fn", "branch"}}))) ==
        "mlp.yaml:12:30: 'evaluation.decision.costs.fn' names the column 'branch', which is a category, not "
        "a number");
}

TEST_CASE("check_for_training: a cost that cannot be read fails before the training, and only then") {
  const auto table = claims({100, k_missing_number, k_missing_number, 9});
  const auto failed = [&](const config::Project& project) {
    const auto findings = dataset::check_for_training(table, dataset::profile_of(table, 1), project);
    return std::any_of(findings.begin(), findings.end(), [](const Check& check) {
      return check.id == "costs" && check.status == CheckStatus::fail;
    });
  };
  CHECK(failed(costing(Json::object({{"fn", "amount"}}))));
  CHECK(failed(costing(Json::object({{"tn", "amount"}}))));
  CHECK_FALSE(failed(costing(Json::object({{"fn", 5}}))));
}
