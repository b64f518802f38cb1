#include "model/cross_fit.hpp"

#include "base/error.hpp"
#include "base/progress.hpp"
#include "base/random.hpp"
#include "metrics/delong.hpp"
#include "support/tables.hpp"
#include "support/xgboost.hpp"

#include <doctest/doctest.h>

#include <numeric>

using namespace mlp;

namespace {

double auc_of_class_one(const dataset::Table& table, const std::vector<std::size_t>& classes,
                        unsigned threads = 2) {
  std::vector<std::uint32_t> rows(table.rows);
  std::iota(rows.begin(), rows.end(), 0U);
  dataset::Roles roles;
  for (const dataset::Column& column : table.columns) {
    roles.features.push_back(column.name);
  }
  const auto scores =
      model::out_of_fold_probabilities(table, rows, classes, 2, roles, test::project_for(Task::binary, "y"),
                                       test::xgboost(), threads, nullptr, nullptr);
  std::vector<double> target(classes.begin(), classes.end());
  std::vector<double> of_one;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CHECK(scores[2 * i] + scores[2 * i + 1] == doctest::Approx(1.0));
    of_one.push_back(scores[2 * i + 1]);
  }
  return metrics::auc_of(metrics::placements(target, of_one));
}

/// A number that says nothing, and 1,500 coins.
std::pair<std::vector<double>, std::vector<std::size_t>> noise() {
  std::vector<double> numbers;
  std::vector<std::size_t> classes;
  for (std::uint64_t i = 0; i < 1500; ++i) {
    numbers.push_back(static_cast<double>(random_below(1000, 3, 1, i)));
    classes.push_back(random_below(2, 3, 2, i));
  }
  return {numbers, classes};
}

} // namespace

TEST_CASE("out_of_fold_probabilities: noise tells nothing apart, though trees could learn it by heart") {
  const auto [numbers, classes] = noise();
  // se of the AUC of 750 against 750 is .015
  CHECK(auc_of_class_one(test::table_of({test::number_column("x", numbers)}), classes) ==
        doctest::Approx(.5).epsilon(.12));
}

TEST_CASE("out_of_fold_probabilities: a column that is the class in other words gives it away") {
  const auto [numbers, classes] = noise();
  std::vector<std::string> words;
  for (const std::size_t one : classes) {
    words.push_back(one == 1 ? "wife" : "husband");
  }
  const auto table =
      test::table_of({test::number_column("x", numbers), test::category_column("relation", words)});
  CHECK(auc_of_class_one(table, classes) > .99);
}

TEST_CASE("out_of_fold_probabilities: more features than a tree looks at hide none of them") {
  std::vector<std::size_t> classes;
  std::vector<dataset::Column> columns;
  for (std::uint64_t column = 0; column < 2500; ++column) {
    std::vector<double> numbers;
    for (std::uint64_t row = 0; row < 200; ++row) {
      numbers.push_back(static_cast<double>(random_below(8, 3, column, row)));
    }
    columns.push_back(test::number_column(fmt::format("x{}", column), numbers));
  }
  for (const double number : columns[1234].numbers) {
    classes.push_back(number >= 4.0 ? 1 : 0);
  }
  CHECK(auc_of_class_one(test::table_of(std::move(columns)), classes) > .99);
}

TEST_CASE("out_of_fold_probabilities: Ctrl-C ends it between two rounds") {
  const auto [numbers, classes] = noise();
  const auto table = test::table_of({test::number_column("x", numbers)});
  std::vector<std::uint32_t> rows(table.rows);
  std::iota(rows.begin(), rows.end(), 0U);
  dataset::Roles roles;
  roles.features = {"x"};
  struct AtRoundThree final : Progress {
    Interrupt interrupt;
    std::uint64_t seen = 0;
    void show(std::string_view, std::uint64_t done, std::uint64_t, std::string_view,
              std::string_view) override {
      seen = done;
      if (done == 3) {
        interrupt.request();
      }
    }
    void finish() override {}
    void warn(std::string_view) override {}
  } progress;
  CHECK_THROWS_AS(static_cast<void>(model::out_of_fold_probabilities(
                      table, rows, classes, 2, roles, test::project_for(Task::binary, "y"), test::xgboost(),
                      1, &progress, &progress.interrupt)),
                  Error);
  CHECK(progress.seen == 3);
}

TEST_CASE("out_of_fold_probabilities: without features there is nothing to predict from") {
  const auto table = test::table_of({test::number_column("x", {1, 2})});
  CHECK_THROWS_WITH_AS(static_cast<void>(model::out_of_fold_probabilities(
                           table, {0, 1}, {0, 1}, 2, {}, test::project_for(Task::binary, "y"),
                           test::xgboost(), 1, nullptr, nullptr)),
                       "there is no feature to predict from", Error);
}
