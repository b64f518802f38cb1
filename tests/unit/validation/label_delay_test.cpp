#include "validation/label_delay.hpp"

#include "examined_table.hpp"

#include <doctest/doctest.h>

using namespace mlp;
using namespace mlp::test;
using namespace mlp::validation;

namespace {

constexpr double k_day = 86'400;

/// 100 rows, one a day; the last 40 are the test part. `delay(row)`: days to the label.
struct Dated : ExaminedTable {
  explicit Dated(const std::function<double(std::size_t)>& delay)
      : ExaminedTable(Task::binary, columns(delay)) {
    role("asked", config::Role::time);
    role("known", config::Role::ignore);
    is_test = [](std::size_t row) { return row >= 60; };
  }
  static std::vector<dataset::Column> columns(const std::function<double(std::size_t)>& delay) {
    std::vector<double> asked;
    std::vector<double> known;
    for (std::size_t row = 0; row < 100; ++row) {
      asked.push_back(k_day * static_cast<double>(row));
      known.push_back(asked.back() + k_day * delay(row));
    }
    std::vector<dataset::Column> all = {number_column("asked", asked), number_column("known", known),
                                        boolean_column("y", coins(100, 1))};
    all[0].type = all[1].type = dataset::ColumnType::datetime;
    return all;
  }
  Findings judged(const std::string& available_at) {
    auto loaded = config::load_data_schema(
        "schema: mlp.data_schema/1\ncolumns:\n  known: {}\n  \"y\": " + available_at + "\n", "schema.yaml");
    REQUIRE(loaded.findings.empty());
    return run([&](const Subject& subject, Findings& findings) {
      check_label_delay(subject, loaded.schema, findings);
    });
  }
};

const std::string k_by_column = "{available_at: known}";

} // namespace

TEST_CASE("label delay: its distribution is told; labels that are there in time pass") {
  // Days 1 to 10, ten times each: nine of ten take 9 or less. Test rows begin on day 60; the learnt label of
  // the row of day 59 is made to be there at once.
  Dated table(
      [](std::size_t row) { return row > 49 && row < 60 ? 0.0 : 1.0 + static_cast<double>(row % 10); });
  const Check check = only(table.judged(k_by_column), "label_delay");
  CHECK(check.status == CheckStatus::pass);
  CHECK(check.observed == 9.0);
  CHECK(check.n == 100);
  CHECK(check.why == "labels are known 5 days after 'asked' (median), nine of ten after 9, all after 10");
}

TEST_CASE("label delay: learnt labels that were not known at the first test row want a gap") {
  Dated table([](std::size_t) { return 0.0; });
  const Check check = only(table.judged("{available_at: 5d}"), "label_delay");
  CHECK(check.status == CheckStatus::warn);
  CHECK(check.why ==
        "labels are known 5 days after 'asked' (median), nine of ten after 5, all after 5; 4 of 60 "
        "learnt labels were not known yet at the first test row: set `gap: 5d` in `split`");
  CHECK(check.rows == std::vector<std::int64_t>{57, 58, 59, 60}); // of days 56 to 59; that of day 55 is there
  table.is_test = [](std::size_t row) { return row % 2 == 1; };   // time_leakage's matter
  CHECK(only(table.judged("{available_at: 5d}"), "label_delay").status == CheckStatus::pass);
}

TEST_CASE("label delay: a label before its row is odd") {
  Dated table([](std::size_t row) { return row == 3 ? -2.0 : 0.0; });
  const Check check = only(table.judged(k_by_column), "label_delay");
  CHECK(check.status == CheckStatus::warn);
  CHECK(check.rows == std::vector<std::int64_t>{4});
}

TEST_CASE("label delay: without a declaration, a time or dates it is skipped, and says why") {
  Dated table([](std::size_t) { return 0.0; });
  const auto why = [&](const std::string& said) { return table.judged(said).skipped.at(0).why; };
  CHECK(why("{}") == "schema.yaml does not say when the target is known (`available_at`)");
  table.role("asked", config::Role::feature);
  CHECK(why(k_by_column) == "no column of dates has `role: time`");
}
