#include "dataset/checks.hpp"

#include "base/random.hpp"
#include "dataset/column_findings.hpp"
#include "support/tables.hpp"

#include <doctest/doctest.h>

using namespace mlp;
using namespace mlp::dataset;
using namespace mlp::test;

namespace {

std::vector<Check> checks_of(std::vector<Column> columns) {
  const Table table = table_of(std::move(columns));
  return check_table(table, profile_of(table, 1));
}

/// "id subject" of each finding, in order.
std::vector<std::string> names_of(const std::vector<Check>& checks) {
  std::vector<std::string> names;
  for (const Check& check : checks) {
    names.push_back(check.id + " " + check.subject);
  }
  return names;
}

std::vector<std::string> words(const std::string& stem, int n) {
  std::vector<std::string> made;
  for (int i = 0; i < n; ++i) {
    made.push_back(stem + std::to_string(i));
  }
  return made;
}

std::vector<double> random_like(int n, double step) {
  std::vector<double> numbers;
  for (int i = 0; i < n; ++i) {
    numbers.push_back((i * 7919 % 10'007) * step);
  }
  return numbers;
}

} // namespace

TEST_CASE("a sound table has no findings; one without rows has that one") {
  CHECK(checks_of({number_column("x", random_like(50, 0.5)), number_column("n", random_like(50, 0.25))})
            .empty());
  CHECK(names_of(checks_of({number_column("x", {}), category_column("c", {})})) ==
        std::vector<std::string>{"no_rows "});
}

TEST_CASE("constant and all-missing columns warn; a constant with gaps tells which rows have it") {
  const auto checks =
      checks_of({number_column("same", {5, 5, 5}), number_column("gaps", {5, k_missing_number, 5}),
                 category_column("none", {"", "", ""})});
  CHECK(names_of(checks) == std::vector<std::string>{"constant_column same", "all_missing none"});
  CHECK(checks[0].status == CheckStatus::warn);
  CHECK(checks[0].n == 3);
  CHECK(checks[0].why == "'same' is '5' in every row: nothing can be learnt from it");
}

TEST_CASE("categories written in two ways and numbers that stand for missing warn, with what to do") {
  std::vector<double> ages = random_like(40, 0.01);
  ages.insert(ages.end(), 3, -999);
  std::vector<std::string> towns(ages.size() - 1, "Lyon");
  towns.push_back("lyon ");
  const auto checks = checks_of({number_column("age", ages), category_column("town", towns)});
  CHECK(names_of(checks) == std::vector<std::string>{"placeholder age", "category_spelling town"});
  CHECK(checks[0].observed == 3.0);
  CHECK(checks[0].why == "-999 in 3 rows of 'age' lies far from the other values: if it stands for a missing "
                         "one, add \"-999\" to data.format.missing in mlp.yaml");
  CHECK(checks[1].why == "1 of the 2 categories of 'town' is another one in other letters or blanks, such as "
                         "'Lyon' and 'lyon ': a model learns them as different");
}

TEST_CASE("identical columns are found by value, whatever their type, and both are named") {
  const auto checks =
      checks_of({number_column("a", {1, 2, k_missing_number}), number_column("b", {1, 2, 3}),
                 category_column("c", {"1", "2", ""}), number_column("d", {1, 2, k_missing_number}),
                 number_column("e", {2, 1, k_missing_number})});
  CHECK(names_of(checks) == std::vector<std::string>{"identical_columns c", "identical_columns d"});
  CHECK(checks[1].why == "'d' holds the same values as 'a' in every row: one of them is enough");
}

TEST_CASE("whole numbers and words that hardly repeat are like identifiers; measurements and times are not") {
  const auto checks =
      checks_of({number_column("id", random_like(100, 1)), number_column("amount", random_like(100, 0.01)),
                 category_column("code", words("c-", 100)), text_column("key", words("k", 100)),
                 text_column("title", words("the ", 100)), datetime_column("at", counting(0, 100))});
  CHECK(names_of(checks) ==
        std::vector<std::string>{"id_like id", "id_like code", "id_like key", "text_column title"});
  CHECK(checks[0].observed == 1.0);
  CHECK(checks[0].limit == 0.95);
}

TEST_CASE("an identifier needs more than 95% different values, and 20 of them") {
  std::vector<double> at_limit = counting(0, 100);
  for (std::size_t i = 0; i < 5; ++i) {
    at_limit[i] = at_limit[99]; // 95 different values in 100
  }
  CHECK(checks_of({number_column("x", at_limit)}).empty());
  at_limit[0] = -1; // 96
  CHECK(names_of(checks_of({number_column("x", at_limit)})) == std::vector<std::string>{"id_like x"});
  CHECK(checks_of({number_column("x", counting(0, 19))}).empty());
}

TEST_CASE("whole numbers that repeat as chance has it are measurements, however many differ") {
  // 1,000 draws from 20,000 numbers: 20,000·(1 − (1 − 1/20,000)^1000) = 975 different ones are expected
  std::vector<double> rates;
  for (std::uint64_t i = 0; i < 1000; ++i) {
    rates.push_back(static_cast<double>(random_below(20'000, 1, 2, i)));
  }
  CHECK(checks_of({number_column("rate", rates)}).empty());
  std::vector<double> visits = counting(0, 1000); // customers 20 to 999, the first 20 of them twice
  for (std::size_t i = 0; i < 20; ++i) {
    visits[i] += 20;
  }
  CHECK(names_of(checks_of({number_column("customer", visits)})) ==
        std::vector<std::string>{"id_like customer"});
}

TEST_CASE("more than 1000 categories warn, 1000 do not") {
  std::vector<std::string> values = words("c", 1001);
  const std::vector<std::string> again = values; // each twice: no identifier
  values.insert(values.end(), again.begin(), again.end());
  CHECK(names_of(checks_of({category_column("c", values)})) == std::vector<std::string>{"many_categories c"});
  for (std::string& value : values) {
    value = value == "c1000" ? "c0" : value;
  }
  CHECK(checks_of({category_column("c", values)}).empty());
}

TEST_CASE("values that do not fit the column's type are counted") {
  Column column = number_column("x", {1, k_missing_number, 2.5});
  column.misfits = {1};
  const auto checks = checks_of({column});
  REQUIRE(names_of(checks) == std::vector<std::string>{"misfit_values x"});
  CHECK(checks[0].observed == 1);
}

TEST_CASE("row numbers are told from measurements also where there are too many to count") {
  constexpr int k_rows = 2'200'000; // more than WholeCounts holds steps
  std::vector<double> numbers = counting(1, k_rows + 1);
  const Table rows = table_of({number_column("id", numbers)});
  const auto profile = profile_of(rows, 1).columns.front();
  CHECK(profile.unique_error > 0);
  CHECK(names_rows(rows.columns.front(), profile));
  numbers.back() = 1; // one twice
  const Table repeated = table_of({number_column("id", numbers)});
  CHECK_FALSE(names_rows(repeated.columns.front(), profile_of(repeated, 1).columns.front()));
}
