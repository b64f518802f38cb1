#include "unit/validation/examined_table.hpp"
#include "validation/split_checks.hpp"

#include <doctest/doctest.h>

using namespace mlp;
using namespace mlp::test;
using namespace mlp::validation;

namespace {

constexpr std::size_t k_rows = 2000;

/// A feature `x`, of which rows from 1500 on are the test part, split by time.
Findings shift_of(dataset::Column x, config::SplitBy by = config::SplitBy::time) {
  ExaminedTable examined(Task::binary, {std::move(x), number_column("y", coins(k_rows, 9))});
  examined.project.data.split.by = by;
  examined.is_test = [](std::size_t row) { return row >= 1500; };
  return examined.run(check_split_shift);
}

} // namespace

TEST_CASE("a feature that moves between learnt and test rows warns with the distance") {
  std::vector<double> x = uniform(k_rows, 1);
  for (std::size_t row = 1500; row < k_rows; ++row) {
    x[row] += 0.5; // uniform on [0, 1) against [½, 3/2): the distance is ½
  }
  const Check check = only(shift_of(number_column("x", x)), "split_shift");
  CHECK(check.status == CheckStatus::warn);
  CHECK(check.subject == "x");
  CHECK(*check.observed == doctest::Approx(0.5).epsilon(0.1));
  CHECK(check.n == 500);
}

TEST_CASE("one that only differs by chance passes; a hash makes both sides alike and is not looked at") {
  CHECK(only(shift_of(number_column("x", uniform(k_rows, 1))), "split_shift").status == CheckStatus::pass);
  const Findings hashed = shift_of(number_column("x", uniform(k_rows, 1)), config::SplitBy::hash);
  CHECK(hashed.checks.empty());
  REQUIRE(hashed.skipped.size() == 1);
}

TEST_CASE("two hundred rows of a side are needed") {
  ExaminedTable examined(Task::binary,
                         {number_column("x", uniform(300, 1)), number_column("y", coins(300, 9))});
  examined.project.data.split.by = config::SplitBy::time;
  const Findings findings = examined.run(check_split_shift); // 150 of either side
  CHECK(findings.checks.empty());
  REQUIRE(findings.skipped.size() == 1);
  CHECK(findings.skipped[0].why == "fewer than 200 learnt or test rows");
}

TEST_CASE("values that were not learnt, and gaps that come, warn where the distance would not") {
  std::vector<std::string> town(k_rows, "Lyon");
  for (std::size_t row = 1500; row < k_rows; row += 20) {
    town[row] = "Nice"; // 5% of the test rows
  }
  const Check words = only(shift_of(category_column("x", town)), "split_shift");
  CHECK(words.status == CheckStatus::warn);
  CHECK(words.why == "'x' lies 0.05 apart (total variation) between learnt and test rows, and 5.0% of the "
                     "test rows hold values "
                     "that were not learnt: the model is judged on other data than it learns from");
  std::vector<double> x = uniform(k_rows, 1);
  for (std::size_t row = 1500; row < k_rows; row += 5) {
    x[row] = k_missing_number;
  }
  const Check gaps = only(shift_of(number_column("x", x)), "split_shift");
  CHECK(gaps.status == CheckStatus::warn);
  CHECK(gaps.why.find("is missing in 0.0% and 20.0%") != std::string::npos);
}
