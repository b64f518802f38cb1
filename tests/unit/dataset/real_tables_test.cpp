#include "dataset/checks.hpp"
#include "dataset/split.hpp"
#include "dataset/version.hpp"
#include "support/tables.hpp"

#include <doctest/doctest.h>

#include <cstdlib>

using namespace mlp;
using namespace mlp::dataset;
using namespace mlp::test;

namespace {

/// The public table, or nothing (said so) where MLP_TEST_DATA does not say where it is.
std::optional<Table> public_table(const std::string& path) {
  const char* folder = std::getenv("MLP_TEST_DATA");
  if (folder == nullptr) {
    MESSAGE("skipped: set MLP_TEST_DATA");
    return std::nullopt;
  }
  ReadOptions options;
  options.threads = 2;
  return read_table(sources_of(std::filesystem::path(folder) / path, path), options);
}

config::Project project_of(Task task, const std::string& target, std::optional<std::string> positive = {}) {
  config::Project project = project_for(task, target);
  project.data.positive = std::move(positive);
  return project;
}

std::vector<std::string> failures_of(const Table& table, const config::Project& project) {
  std::vector<std::string> names;
  for (const Check& check : check_for_training(table, profile_of(table, 2), project)) {
    if (check.status == CheckStatus::fail) {
      names.push_back(check.id + " " + check.subject);
    }
  }
  return names;
}

} // namespace

TEST_CASE("Adult: 32,561 rows, 24.08% above 50K, and a split near 64 : 16 : 20") {
  const auto table = public_table("adult/adult-train.csv");
  if (!table) {
    return;
  }
  CHECK(table->rows == 32'561);
  const auto income = profile_of(*table, 2).columns.back();
  // adult.names: 24,720 at most 50K, 7,841 above
  CHECK(income.top == std::vector<std::pair<std::string, std::int64_t>>{{"<=50K", 24'720}, {">50K", 7841}});
  const Split split = split_of(*table, project_of(Task::binary, "income", ">50K"), 2);
  CHECK(split.dropped == 0);
  // four standard deviations of the binomial shares: 4·sqrt(32,561·0.2·0.8) = 289; 4·sqrt(32,561·0.16·0.84) =
  // 265
  CHECK(std::abs(static_cast<double>(split.test) - 0.20 * 32'561) < 289);
  CHECK(std::abs(static_cast<double>(split.valid) - 0.16 * 32'561) < 265);
}

TEST_CASE("sound public tables have no finding that stops training") {
  struct Case {
    std::string path;
    config::Project project;
  };
  const std::vector<Case> cases = {
      {"adult/adult-train.csv", project_of(Task::binary, "income", ">50K")},
      {"for-examples/churn.csv", project_of(Task::binary, "churn", "Yes")},
      {"for-examples/attrition.csv", project_of(Task::binary, "Attrition", "Yes")},
      {"for-examples/ridership.csv", project_of(Task::regression, "ridership")},
      {"california-housing/housing.csv", project_of(Task::regression, "median_house_value")},
      {"diamonds/diamonds.csv", project_of(Task::regression, "price")},
      {"wine-quality/winequality-red.csv", project_of(Task::multiclass, "quality")},
      {"german-credit/german.csv", project_of(Task::binary, "class", "2")},
      {"agaricus/agaricus-train.csv", project_of(Task::binary, "poisonous", "1")},
  };
  for (const Case& each : cases) {
    CAPTURE(each.path);
    if (const auto table = public_table(each.path)) {
      CHECK(failures_of(*table, each.project).empty());
    }
  }
}

TEST_CASE("bike sharing: the row number 'instant' must not be trained on") {
  if (const auto table = public_table("bike-sharing/hour.csv")) {
    CHECK(failures_of(*table, project_of(Task::regression, "cnt")) ==
          std::vector<std::string>{"id_feature instant"});
  }
}
