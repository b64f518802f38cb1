#include "base/error.hpp"
#include "dataset/split.hpp"
#include "support/tables.hpp"

#include <doctest/doctest.h>

using namespace mlp;
using namespace mlp::dataset;
using namespace mlp::test;
using enum mlp::dataset::Part;

namespace {

/// Times 0 to 9 seconds, one a row.
Table seconds() {
  return table_of({datetime_column("at", counting(0, 10)), number_column("y", counting(0, 10))});
}

config::Project by_time(std::optional<UnixSeconds> test_from, std::optional<UnixSeconds> valid_from) {
  config::Project project = project_for(Task::regression, "y");
  project.data.split.by = config::SplitBy::time;
  project.data.split.test_from = test_from;
  project.data.split.valid_from = valid_from;
  set_role(project, "at", config::Role::time);
  return project;
}

} // namespace

TEST_CASE("by time: train before valid_from, valid from it on, test from test_from on") {
  const Split split = split_of(seconds(), by_time(8, 5));
  CHECK(split.part ==
        std::vector<Part>{train, train, train, train, train, valid, valid, valid, Part::test, Part::test});
  CHECK(split.gap == 0);
}

TEST_CASE("by time: rows less than the gap before a later part belong to none") {
  config::Project project = by_time(8, 5);
  project.data.split.gap_seconds = 2;
  const Split split = split_of(seconds(), project);
  CHECK(split.part ==
        std::vector<Part>{train, train, train, none, none, valid, none, none, Part::test, Part::test});
  CHECK(split.gap == 4);
}

TEST_CASE("by time: without valid_from, the last share of the rows before the test part and its gap") {
  config::Project project = by_time(8, {});
  project.data.split.valid = 0.25; // of 8 rows
  CHECK(split_of(seconds(), project).part ==
        std::vector<Part>{train, train, train, train, train, train, valid, valid, Part::test, Part::test});
  project.data.split.gap_seconds = 1; // of 7 rows: 2, begins at 5; rows 4 and 7 lie in gaps
  CHECK(split_of(seconds(), project).part ==
        std::vector<Part>{train, train, train, train, none, valid, valid, none, Part::test, Part::test});
  project.data.split.valid = 0;
  CHECK(split_of(seconds(), project).part ==
        std::vector<Part>{train, train, train, train, train, train, train, none, Part::test, Part::test});
}

TEST_CASE("by time: rows of one instant stay together") {
  Table table = seconds();
  table.columns[0].numbers = {0, 1, 2, 2, 2, 2, 3, 3, 9, 9};
  config::Project project = by_time(8, {});
  project.data.split.valid = 0.375; // 3 of 8 rows: the third from behind stands at 2, so all at 2 go along
  CHECK(split_of(table, project).part ==
        std::vector<Part>{train, train, valid, valid, valid, valid, valid, valid, Part::test, Part::test});
}

TEST_CASE("by time: rows after test_from move none before it, whatever their order") {
  config::Project project = by_time(6, {});
  const Table all = seconds();
  const Split whole = split_of(all, project);
  const Split before = split_of(table_rows(all, {0, 1, 2, 3, 4, 5, 6}), project);
  CHECK(std::equal(before.part.begin(), before.part.end(), whole.part.begin()));
  const Split shuffled = split_of(table_rows(all, {9, 3, 5, 0, 1, 2, 4}), project);
  CHECK(shuffled.part[1] == whole.part[3]);
  CHECK(shuffled.part[2] == whole.part[5]);
}

TEST_CASE("by time: rows without a time are counted, and belong to no part") {
  Table table = seconds();
  table.columns[0].numbers[0] = k_missing_number;
  table.columns[1].numbers[1] = k_missing_number;
  const Split split = split_of(table, by_time(8, 5));
  CHECK(split.part[0] == none);
  CHECK(split.undated == 1);
  CHECK(split.dropped == 1);
  CHECK(split.train == 3);
}

TEST_CASE("by time: without a date/time column, a beginning of the test part, or rows in it, it is refused") {
  CHECK_THROWS_WITH_AS(static_cast<void>(split_of(seconds(), by_time({}, {}))),
                       "cannot split by time: mlp.yaml does not say when the test part begins", Error);
  CHECK_THROWS_WITH_AS(static_cast<void>(split_of(seconds(), by_time(100, {}))),
                       "the test part is empty: split by time, 10 of 10 rows have a target", Error);
  CHECK_THROWS_WITH_AS(static_cast<void>(split_of(seconds(), by_time(0, {}))),
                       "the train part is empty: split by time, 10 of 10 rows have a target", Error);
  config::Project project = by_time(8, 5);
  set_role(project, "at", config::Role::ignore);
  CHECK_THROWS_WITH_AS(static_cast<void>(split_of(seconds(), project)),
                       "cannot split by time: mlp.yaml names no time column", Error);
  Table numbers = seconds();
  numbers.columns[0].type = ColumnType::number;
  CHECK_THROWS_WITH_AS(static_cast<void>(split_of(numbers, by_time(8, 5))),
                       "cannot split by time: the column 'at' is a number, not a datetime", Error);
}
