#include "validation/feature_checks.hpp"

#include "examined_table.hpp"
#include "validation/predictive_power.hpp"

#include <doctest/doctest.h>

using namespace mlp::test;
using mlp::Check;
using mlp::CheckStatus;
using mlp::Task;
using mlp::validation::LabelView;
using mlp::validation::predictive_power;

namespace {

std::vector<std::uint32_t> first_rows(std::size_t n) {
  std::vector<std::uint32_t> rows(n);
  for (std::size_t i = 0; i < n; ++i) {
    rows[i] = static_cast<std::uint32_t>(i);
  }
  return rows;
}

} // namespace

TEST_CASE("auc_of: cells win by their score, ties count one half") {
  // scores 1: 2 negative; 2: 1 negative, 1 positive; 3: 1 positive → pairs (3·2 = 6): 2 + ½ + 3 = 5.5
  CHECK(mlp::validation::auc_of({{2, 1, 1}, {1, 2, 0}, {3, 0, 1}}) == doctest::Approx(5.5 / 6));
  CHECK(mlp::validation::auc_of({{1, 3, 0}}) == 0.5); // one class only
}

TEST_CASE("predictive power of an order is its AUC, either way") {
  // 1 2 3 4 with labels 0 1 0 1: positives win 1 of 2 and 2 of 2 pairs: 3 of 4
  const LabelView labels{Task::binary, {0, 1, 0, 1}, {}};
  CHECK(predictive_power(number_column("x", {1, 2, 3, 4}), labels, first_rows(4)) == doctest::Approx(0.75));
  CHECK(predictive_power(number_column("x", {4, 3, 2, 1}), labels, first_rows(4)) == doctest::Approx(0.75));
}

TEST_CASE("predictive power finds what no order shows: the middle, and words") {
  const std::size_t n = 2000;
  const std::vector<double> x = uniform(n, 1);
  LabelView labels{Task::binary, {}, {}};
  std::vector<std::string> words;
  for (const double value : x) {
    const bool inside = value > 0.25 && value < 0.75;
    labels.values.push_back(inside ? 1 : 0);
    words.emplace_back(inside ? (value < 0.5 ? "b" : "d") : (value < 0.5 ? "a" : "e"));
  }
  // the order alone has an AUC of one half; cells of 20 rows tell all but those at the two borders
  CHECK(predictive_power(number_column("x", x), labels, first_rows(n)) > 0.98);
  CHECK(predictive_power(category_column("w", words), labels, first_rows(n)) == doctest::Approx(1.0));
  LabelView classes{Task::multiclass, {}, {"p", "q", "r", "s"}};
  LabelView numbers{Task::regression, {}, {}};
  for (const std::string& word : words) {
    classes.values.push_back(word == "a" ? 0 : word == "b" ? 1 : word == "d" ? 2 : 3);
    numbers.values.push_back(word == "a" ? 7 : word == "b" ? -2 : word == "d" ? 0 : 3);
  }
  CHECK(predictive_power(category_column("w", words), classes, first_rows(n)) > 0.99);
  CHECK(predictive_power(category_column("w", words), numbers, first_rows(n)) > 0.99);
}

TEST_CASE("nothing is found where there is nothing: ids, many categories, all tasks") {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    const std::size_t n = 500;
    std::vector<std::string> words;
    for (const double value : uniform(n, 7 * seed + 1)) {
      words.push_back("w" + std::to_string(static_cast<int>(value * 200))); // 200 words of 2 or 3 rows each
    }
    const auto word = category_column("w", words);
    const auto number = number_column("x", uniform(n, 7 * seed + 2));
    const LabelView binary{Task::binary, coins(n, 7 * seed + 3, 0.3), {}};
    LabelView classes{Task::multiclass, uniform(n, 7 * seed + 4), {"a", "b", "c"}};
    for (double& value : classes.values) {
      value = std::floor(value * 3);
    }
    const LabelView regression{Task::regression, uniform(n, 7 * seed + 5), {}};
    for (const auto* column : {&word, &number}) {
      CHECK(predictive_power(*column, binary, first_rows(n)) < 0.65);
      CHECK(predictive_power(*column, classes, first_rows(n)) < 0.05);
      CHECK(predictive_power(*column, regression, first_rows(n)) < 0.1);
    }
  }
}

TEST_CASE("target leakage: warns from 0.85, fails from 0.95, and names the feature") {
  const std::size_t n = 1000;
  const std::vector<double> y = coins(n, 1);
  std::vector<double> nearly = uniform(n, 2);
  std::vector<double> wholly = uniform(n, 3);
  for (std::size_t row = 0; row < n; ++row) {
    nearly[row] += 0.5 * y[row]; // U + ½ against U: AUC = 1 − (½)²/2 = 0.875
    wholly[row] += 0.9 * y[row]; // likewise 1 − (0.1)²/2 = 0.995
  }
  ExaminedTable data(Task::binary, {number_column("none", uniform(n, 4)), number_column("nearly", nearly),
                                    number_column("wholly", wholly), number_column("y", y)});
  const auto findings = data.run(mlp::validation::check_target_leakage);
  REQUIRE(findings.checks.size() == 2);
  CHECK(findings.checks[0].subject == "nearly");
  CHECK(findings.checks[0].status == CheckStatus::warn);
  CHECK(*findings.checks[0].observed == doctest::Approx(0.875).epsilon(0.03));
  CHECK(findings.checks[1].subject == "wholly");
  CHECK(findings.checks[1].status == CheckStatus::fail);
  CHECK(*findings.checks[1].observed == doctest::Approx(0.995).epsilon(0.01));
  CHECK(findings.checks[1].limit == 0.95);
  data.table.columns.erase(data.table.columns.begin() + 1, data.table.columns.begin() + 3);
  const Check pass = only(data.run(mlp::validation::check_target_leakage), "target_leakage");
  CHECK(pass.status == CheckStatus::pass);
  CHECK(pass.subject == "none");
}

TEST_CASE("a value that is missing with the label leaks it") {
  // missing in 90 of 100 positives and 10 of 100 negatives: AUC = ½ + ½·(0.9 − 0.1) = 0.9
  std::vector<double> x;
  std::vector<double> y;
  for (int row = 0; row < 200; ++row) {
    const bool positive = row < 100;
    y.push_back(positive ? 1 : 0);
    x.push_back(row % 10 < (positive ? 9 : 1) ? k_missing_number : row);
  }
  ExaminedTable data(Task::binary, {number_column("x", x), number_column("y", y)});
  Check found = only(data.run(mlp::validation::check_missingness), "missingness_leakage");
  CHECK(found.status == CheckStatus::fail);
  CHECK(*found.observed == doctest::Approx(0.9));
  // of a regression: the missing ones are the 100 greatest targets
  data.project.model.task = Task::regression;
  data.table.columns[1].numbers = counting(0, 200);
  for (std::size_t row = 0; row < 200; ++row) {
    data.table.columns[0].numbers[row] = row < 100 ? 1 : k_missing_number;
  }
  found = only(data.run(mlp::validation::check_missingness), "missingness_leakage");
  CHECK(*found.observed == doctest::Approx(1.0));
}

TEST_CASE("a target that is the sum of two features is found out, a noisy one is not") {
  const std::size_t n = 300;
  const std::vector<double> a = uniform(n, 1);
  const std::vector<double> b = uniform(n, 2);
  std::vector<double> y;
  for (std::size_t row = 0; row < n; ++row) {
    y.push_back(2 * a[row] - b[row] + 5);
  }
  ExaminedTable data(Task::regression, {number_column("a", a), number_column("c", uniform(n, 3)),
                                        number_column("b", b), number_column("y", y)});
  const Check found = only(data.run(mlp::validation::check_target_combination), "target_combination");
  CHECK(found.status == CheckStatus::fail);
  CHECK(found.observed == 2);
  CHECK(found.why.find("'a' and 'b'") != std::string::npos);
  for (std::size_t row = 0; row < n; ++row) {
    data.table.columns[3].numbers[row] += 1e-3 * uniform(n, 4)[row];
  }
  CHECK(only(data.run(mlp::validation::check_target_combination), "target_combination").status ==
        CheckStatus::pass);
}
