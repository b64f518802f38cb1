#include "validation/order_checks.hpp"

#include "examined_table.hpp"
#include "validation/confident_learning.hpp"
#include "validation/split_checks.hpp"
#include "validation/validate.hpp"

#include <doctest/doctest.h>

using namespace mlp::test;
using namespace mlp::validation;
using mlp::Check;
using mlp::CheckStatus;
using mlp::Task;

namespace {

constexpr double k_day = 86400;

std::vector<double> repeated(std::vector<double> values, std::size_t times) {
  std::vector<double> all;
  for (const double value : values) {
    all.insert(all.end(), times, value);
  }
  return all;
}

} // namespace

TEST_CASE("order leakage: the row's number against the label") {
  // 40 zeros, 40 ones, 40 zeros, 40 ones: of 80·80 pairs the later ones win 40·40 + 40·80 = ¾
  ExaminedTable data(Task::binary,
                     {number_column("x", uniform(160, 1)), number_column("y", repeated({0, 1, 0, 1}, 40))});
  const Check found = only(data.run(check_row_order), "order_leakage");
  CHECK(found.status == CheckStatus::warn);
  CHECK(*found.observed == doctest::Approx(0.75));
  CHECK(only(data.run(check_row_dependence), "row_dependence").status == CheckStatus::warn);
}

TEST_CASE("order, neighbours and stretches of random rows are quiet") {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    for (const Task task : {Task::binary, Task::regression}) {
      const std::size_t n = 60 + 10 * seed;
      ExaminedTable data(task, {number_column("x", uniform(n, 3 * seed)),
                                number_column("y", task == Task::binary ? coins(n, 3 * seed + 1)
                                                                        : uniform(n, 3 * seed + 2))});
      const auto findings = data.run([](const Subject& subject, Findings& all) {
        check_row_order(subject, all);
        check_row_dependence(subject, all);
        check_stuck_columns(subject, all);
      });
      for (const Check& check : findings.checks) {
        CAPTURE(check.id);
        CHECK(check.status == CheckStatus::pass);
      }
    }
  }
}

TEST_CASE("a number that stands still for many rows and varies elsewhere is stuck") {
  std::vector<double> x = uniform(1000, 1);
  for (std::size_t row = 200; row < 320; ++row) {
    x[row] = 0.25;
  }
  std::vector<double> zeros = coins(1000, 2, 0.05); // 95% zeros: long stretches are nothing special
  ExaminedTable data(Task::binary,
                     {number_column("x", x), number_column("z", zeros), number_column("y", coins(1000, 3))});
  const Check found = only(data.run(check_stuck_columns), "stuck_column");
  CHECK(found.status == CheckStatus::warn);
  CHECK(found.subject == "x");
  CHECK(*found.observed == doctest::Approx(0.12));
  CHECK(found.rows == std::vector<std::int64_t>{201});
}

namespace {

/// Ids made of a letter, a number and a digit; where a row is positive, by what `part` says.
Check found_in_ids(std::uint64_t seed, const std::string& part) {
  const std::vector<double> y = coins(400, 9 * seed);
  const std::vector<double> order = uniform(400, 9 * seed + 1);
  const std::vector<double> letter = uniform(400, 9 * seed + 2);
  std::vector<std::string> ids;
  for (std::size_t row = 0; row < 400; ++row) {
    const bool yes = y[row] > 0;
    const int number = 100000 + static_cast<int>(order[row] * 400000) + (part == "order" && yes ? 400000 : 0);
    std::string text = letter[row] < 0.5 ? "A" : "B";
    text += part == "first letters" && yes ? "Q" : "P";
    text +=
        std::to_string(part == "order" ? number : number / 2 * 2 + (part == "last character" && yes ? 1 : 0));
    ids.push_back(part == "order" ? text.substr(2) : text);
    ids.back().insert(2, part == "length" && yes ? "00" : "");
  }
  ExaminedTable data(Task::binary, {category_column("id", ids),
                                    number_column("x", uniform(400, 9 * seed + 3)), number_column("y", y)});
  data.role("id", mlp::config::Role::id);
  return only(data.run(check_id_leakage), "id_leakage");
}

} // namespace

TEST_CASE("an id whose order, letters, last character or length tells the label warns") {
  for (const char* part : {"order", "first letters", "last character", "length"}) {
    const Check found = found_in_ids(1, part);
    CHECK(found.status == CheckStatus::warn);
    CHECK(found.subject == "id");
    CHECK(found.why.find("the " + std::string(part) + " of 'id' tells 'y'") == 0);
  }
}

TEST_CASE("an id that counts the rows is left to the check of their order") {
  ExaminedTable data(Task::binary,
                     {number_column("id", counting(1, 401)), number_column("x", uniform(400, 1)),
                      number_column("y", repeated({0, 1}, 200))});
  data.role("id", mlp::config::Role::id);
  CHECK(only(data.run(check_id_leakage), "id_leakage").status == CheckStatus::pass);
  CHECK(only(data.run(check_row_order), "order_leakage").status == CheckStatus::warn);
}

TEST_CASE("ids that say nothing are quiet, however many looks are taken") {
  for (std::uint64_t seed = 0; seed < 200;
       ++seed) { // 4 looks of one chance in 63,000 at most: 0.003 expected
    CHECK(found_in_ids(seed, "nothing").status == CheckStatus::pass);
  }
}

TEST_CASE("a totals row at the end is found by its word or by its sums") {
  const auto status = [](std::vector<std::string> names, std::vector<double> a, std::vector<double> b) {
    ExaminedTable data(Task::regression,
                       {category_column("name", std::move(names)), number_column("a", std::move(a)),
                        number_column("y", std::move(b))});
    return only(data.run(check_totals_row), "totals_row");
  };
  // 1 + 2 + 3 = 6, 4 + 5 + 6 = 15
  const Check summed = status({"u", "v", "w", "x"}, {1, 2, 3, 6}, {4, 5, 6, 15});
  CHECK(summed.status == CheckStatus::warn);
  CHECK(summed.rows == std::vector<std::int64_t>{4});
  CHECK(status({"u", "v", "w", "x"}, {1, 2, 3, 6}, {4, 5, 6, 16}).status ==
        CheckStatus::pass); // one is chance
  CHECK(status({"u", "v", "w", "x"}, {0, 0, 6, 6}, {0, 0, 5, 5}).status ==
        CheckStatus::pass); // single values
  for (const char* word : {"Total", " TOTAL: ", "Gesamt", "Sum", "Summe", "Grand  total"}) {
    CAPTURE(word);
    const Check named = status({"u", "v", "w", word}, {1, 2, 3, 7}, {4, 5, 6, 9});
    CHECK(named.status == CheckStatus::warn);
    CHECK(named.subject == "name");
  }
  CHECK(status({"Total", "v", "w", "Total"}, {1, 2, 3, 7}, {4, 5, 6, 9}).status == CheckStatus::pass);
  CHECK(status({"Total", "v", "w", "x"}, {1, 2, 3, 7}, {4, 5, 6, 9}).status == CheckStatus::pass);
  CHECK(status({"u", "v", "w", "Totalled"}, {1, 2, 3, 7}, {4, 5, 6, 9}).status == CheckStatus::pass);
}

TEST_CASE("label by time: a cut-off, a jump, and neither") {
  const std::size_t days = 40;
  std::vector<double> times;
  for (std::size_t row = 0; row < 100 * days; ++row) {
    times.push_back(static_cast<double>(row / 100) * k_day);
  }
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const std::vector<double> y = coins(times.size(), seed, 0.4);
    ExaminedTable data(Task::binary, {datetime_column("t", times),
                                      number_column("x", uniform(times.size(), 99)), number_column("y", y)});
    data.role("t", mlp::config::Role::time);
    CHECK(only(data.run(check_label_by_time), "label_by_time").status == CheckStatus::pass);
    for (std::size_t row = 39 * 100; row < 40 * 100; ++row) {
      data.table.columns[2].numbers[row] = 0; // outcomes of the last day are not known yet: 0.6^100 = 7e-23
    }
    Check found = only(data.run(check_label_by_time), "label_by_time");
    CHECK(found.status == CheckStatus::fail);
    CHECK(found.why.find("all 100 rows of the day from 1970-02-09") == 0); // day 39
    CHECK(found.rows.front() == 3901);
    data.table.columns[2].numbers = y;
    for (std::size_t row = 25 * 100; row < y.size(); ++row) {
      data.table.columns[2].numbers[row] = coins(y.size(), seed + 1000, 0.97)[row]; // 0.4 → 0.97
    }
    found = only(data.run(check_label_by_time), "label_by_time");
    CHECK(found.status == CheckStatus::fail);
    CHECK(found.why.find("1970-01-26") != std::string::npos); // day 25
  }
}

TEST_CASE("label by time: a cut-off and a shift are found where a period holds few rows") {
  std::vector<double> times; // one row a day: periods are months of 28 to 31 rows
  for (std::size_t row = 0; row < 1500; ++row) {
    times.push_back(static_cast<double>(row) * k_day);
  }
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    CAPTURE(seed);
    const auto found = [&](const std::vector<double>& y) {
      ExaminedTable data(Task::binary, {datetime_column("t", times), number_column("x", uniform(1500, 99)),
                                        number_column("y", y)});
      data.role("t", mlp::config::Role::time);
      return only(data.run(check_label_by_time), "label_by_time");
    };
    std::vector<double> y = coins(1500, seed, 0.4);
    CHECK(found(y).status == CheckStatus::pass);
    std::fill(y.begin() + 1096, y.end(), 0.0); // from 1973-01-01: 0.7^31 a month is chance, 0.7^404 is none
    const Check cut = found(y);
    CHECK(cut.status == CheckStatus::fail);
    CHECK(cut.why.find("months from 197") != std::string::npos);
    CHECK(cut.why.find("have the same 'y'") != std::string::npos);
    y = coins(1500, seed, 0.2);
    const std::vector<double> later = coins(1500, seed + 1000, 0.8);
    std::copy(later.begin() + 790, later.end(), y.begin() + 790); // 0.2 → 0.8: five errors a month
    const Check shift = found(y);
    CHECK(shift.status == CheckStatus::fail);
    CHECK(shift.why.find("recorded otherwise from then on") != std::string::npos);
  }
}

TEST_CASE("label by time: a jump that does not last warns, and one that lasts three periods fails") {
  std::vector<double> times;
  for (std::size_t row = 0; row < 4000; ++row) {
    times.push_back(static_cast<double>(row / 100) * k_day);
  }
  // Forty days of 100 rows around 100 ± 10; from day `from` to before day `to` around 200.
  const auto with_jump = [&](std::size_t from, std::size_t to) {
    std::vector<double> y = uniform(4000, 7);
    for (std::size_t row = 0; row < y.size(); ++row) {
      y[row] = 90 + 20 * y[row] + (row / 100 >= from && row / 100 < to ? 100 : 0);
    }
    ExaminedTable data(Task::regression, {datetime_column("t", times), number_column("x", uniform(4000, 99)),
                                          number_column("y", y)});
    data.role("t", mlp::config::Role::time);
    return only(data.run(check_label_by_time), "label_by_time");
  };
  CHECK(with_jump(20, 40).status == CheckStatus::fail);
  CHECK(with_jump(37, 40).status == CheckStatus::fail); // three days are left, and all stay
  CHECK(with_jump(38, 40).status == CheckStatus::warn); // two: nobody knows yet
  const Check holiday = with_jump(20, 21);
  CHECK(holiday.status == CheckStatus::warn);
  CHECK(holiday.why.find("or a holiday?") != std::string::npos);
  CHECK(with_jump(40, 40).status == CheckStatus::pass);
}

TEST_CASE("a ranking is examined by its grades as numbers, and its queries stay whole") {
  // 200 queries of five documents; f is the grade itself, g is noise that half of the queries lack.
  std::vector<double> query;
  std::vector<double> grade;
  std::vector<double> noise = uniform(1000, 3);
  for (std::size_t row = 0; row < 1000; ++row) {
    query.push_back(static_cast<double>(row / 5));
    grade.push_back(static_cast<double>(row % 5));
    noise[row] = row / 5 % 2 == 0 ? std::nan("") : noise[row];
  }
  ExaminedTable data(Task::ranking, {number_column("q", query), number_column("f", grade),
                                     number_column("g", noise), number_column("y", grade)});
  data.role("q", mlp::config::Role::group);
  data.is_test = [](std::size_t row) { return row / 5 % 2 == 1; };
  const auto findings =
      data.run([](const Subject& subject, Findings& found) { found = examine(subject, Depth::all); });
  const Check leak = only(findings, "target_leakage");
  CHECK(leak.status == CheckStatus::fail); // R² of a column that is the grade is 1
  CHECK(leak.subject == "f");
  CHECK(only(findings, "target_combination").status == CheckStatus::fail);
  CHECK(only(findings, "group_overlap").status == CheckStatus::pass);
  CHECK(only(findings, "missingness_leakage").status == CheckStatus::pass); // in every query alike
  for (const char* id : {"conflicting_labels", "near_duplicates", "row_dependence"}) {
    CAPTURE(id);
    CHECK(std::any_of(findings.skipped.begin(), findings.skipped.end(),
                      [&](const auto& skipped) { return skipped.id == id; }));
  }
  data.is_test = [](std::size_t row) { return row % 2 == 1; }; // queries are cut
  const Check cut = only(data.run(check_groups), "group_overlap");
  CHECK(cut.status == CheckStatus::fail);
  CHECK(cut.observed == 200);
}

TEST_CASE("label by time: a rare label is absent from many days by chance") {
  std::vector<double> times;
  for (std::size_t row = 0; row < 4000; ++row) {
    times.push_back(static_cast<double>(row / 40) * k_day);
  }
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    ExaminedTable data(Task::binary, {datetime_column("t", times), number_column("x", uniform(4000, 99)),
                                      number_column("y", coins(4000, seed, 0.02))});
    CHECK(only(data.run(check_label_by_time), "label_by_time").status == CheckStatus::pass);
  }
}

TEST_CASE("freshness is in whole days, and a time ahead of the clock warns") {
  ExaminedTable data(Task::binary, {datetime_column("t", {0, 2 * k_day}), number_column("x", {1, 2}),
                                    number_column("y", {0, 1})});
  data.now = static_cast<mlp::UnixSeconds>(12.5 * k_day);
  Check found = only(data.run(check_freshness), "freshness");
  CHECK(found.observed == 10);
  CHECK(found.status == CheckStatus::pass);
  CHECK(found.why == "the newest row is of 1970-01-03, 10 days ago");
  data.now = 0;
  found = only(data.run(check_freshness), "freshness");
  CHECK(found.status == CheckStatus::warn);
}

TEST_CASE("row count: beyond a fifth warns, beyond a half fails, either way") {
  const auto status = [](std::int64_t before) {
    ExaminedTable data(Task::binary, {number_column("x", uniform(60, 1)), number_column("y", coins(60, 2))});
    data.previous_rows = before;
    return only(data.run(check_row_count), "row_count").status;
  };
  CHECK(status(50) == CheckStatus::pass);  // +20%
  CHECK(status(49) == CheckStatus::warn);  // +22%
  CHECK(status(40) == CheckStatus::warn);  // +50%
  CHECK(status(39) == CheckStatus::fail);  // +54%
  CHECK(status(75) == CheckStatus::pass);  // −20%
  CHECK(status(121) == CheckStatus::fail); // −50.4%
}

TEST_CASE("confident learning: thresholds are the classes' own mean probabilities") {
  // Labels 0 0 0 1 1 1, probabilities of class 1: .1 .2 .9 | .9 .8 .4.
  // Thresholds: class 0 = (.9 + .8 + .1)/3 = 0.6, class 1 = (.9 + .8 + .4)/3 = 0.7.
  // Row 3 (p1 = .9 ≥ .7) counts as 1; row 6 (p0 = .6 ≥ .6) counts as 0: 2 of 6, row 3 is surer (.8 against
  // .2).
  const std::vector<std::size_t> labels = {0, 0, 0, 1, 1, 1};
  const std::vector<double> p = {.9, .1, .8, .2, .1, .9, .1, .9, .2, .8, .6001, .3999};
  const NoisyLabels noisy = noisy_labels(labels, p, 2);
  CHECK(noisy.share == doctest::Approx(2.0 / 6));
  CHECK(noisy.suspects == std::vector<std::size_t>{2, 5});
}
