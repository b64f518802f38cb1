#include "dataset/column_settle.hpp"

#include "unit/dataset/csv_text.hpp"

#include <doctest/doctest.h>

#include <cmath>

namespace mlp::dataset {
namespace {

using test::failure_of;
using test::notes_of;
using test::table_of;

/// The only column of interest, beside one that keeps its lines from being blank.
Table column_of(const std::vector<std::string>& values, const ReadOptions& options = {}) {
  std::string csv = "x,y\n";
  for (const std::string& value : values) {
    csv += value + ",w\n";
  }
  return table_of(csv, options);
}

ColumnType type_of(const std::vector<std::string>& values) { return column_of(values).columns[0].type; }

ReadOptions declared(const char* type) {
  ReadOptions options;
  options.columns["x"].type = type;
  return options;
}

ReadOptions given(ColumnType type) {
  ReadOptions options;
  options.types["x"] = type;
  return options;
}

} // namespace

TEST_CASE("types: numbers, date/times, booleans and categories are told apart") {
  CHECK(type_of({"1", "-2.5", "1e3", "+4", " 5 ", "\"6\"", ""}) == ColumnType::number);
  CHECK(type_of({"2020-01-01", "", "2020-01-02T10:00:00Z"}) == ColumnType::datetime);
  CHECK(type_of({"Yes", "No", "No"}) == ColumnType::boolean);
  CHECK(type_of({"red", "green"}) == ColumnType::category);
  CHECK(type_of({"0", "1", "1"}) == ColumnType::number);
  CHECK(type_of({"", "NA"}) == ColumnType::number);
}

TEST_CASE("booleans: one pair, one spelling each; both are kept") {
  const Table table = column_of({"TRUE", "FALSE", ""});
  const Column& column = table.columns[0];
  CHECK(column.spellings == std::vector<std::string>{"FALSE", "TRUE"});
  CHECK(column.numbers[0] == 1.0);
  CHECK(column.text(1) == "FALSE");
  CHECK(column.missing(2));
  CHECK(type_of({"true", "no"}) == ColumnType::category);
  CHECK(type_of({"True", "true", "False"}) == ColumnType::category);
  CHECK(column_of({"Yes", "Yes"}).columns[0].spellings == std::vector<std::string>{"No", "Yes"});
}

TEST_CASE("categories: codes follow the byte order of the texts") {
  const Table table = column_of({"b", "a", "", "\xc3\xa9", "B"});
  CHECK(table.columns[0].categories == std::vector<std::string>{"B", "a", "b", "\xc3\xa9"});
  CHECK(table.columns[0].codes == std::vector<std::int32_t>{2, 1, -1, 3, 0});
}

TEST_CASE("identifiers: leading zeros and integers beyond 2^53 are categories, and that is said") {
  const Table zip = column_of({"12345", "00123"});
  CHECK(zip.columns[0].type == ColumnType::category);
  CHECK(zip.columns[0].text(1) == "00123");
  CHECK(notes_of(zip) ==
        "column 'x' is read as category: as a number '00123' (data.csv:3) would lose digits\n");
  CHECK(type_of({"12345678901234567890", "1"}) == ColumnType::category);
  CHECK(column_of({"00123"}, declared("number")).columns[0].numbers[0] == 123.0);
}

TEST_CASE("numbers that no double holds are missing, counted and said") {
  const Table table = column_of({"1", "inf", "1e400", "-Infinity", "2"});
  const Column& column = table.columns[0];
  CHECK(column.type == ColumnType::number);
  CHECK(std::isnan(column.numbers[1]));
  CHECK(column.misfits == std::vector<std::uint32_t>{1, 2, 3});
  CHECK(notes_of(table) ==
        "column 'x': 3 values are infinite or too large for a number (first: data.csv:3), read as missing\n");
}

TEST_CASE("a value that is no number, met late, makes the column a category without losing what was read") {
  std::vector<std::string> values(20'000, "1.50");
  values.emplace_back("abc");
  values.emplace_back("2");
  std::string csv = "x,y\n";
  for (const std::string& value : values) {
    csv += value + ",w\n";
  }
  const Table table = table_of(csv, {}, {.chunk_bytes = 1000, .sample_bytes = 1000});
  const Column& column = table.columns[0];
  CHECK(column.categories == std::vector<std::string>{"1.50", "2", "abc"});
  CHECK(column.text(0) == "1.50"); // as written, not as a number
  CHECK(column.text(20'000) == "abc");
  CHECK(notes_of(table) == "column 'x' is read as category: 'abc' (data.csv:20002) is no number\n");
}

TEST_CASE("date/times that only come behind the sample are found all the same") {
  std::string csv = "x,y\n";
  for (int i = 0; i < 2000; ++i) {
    csv += ",w\n";
  }
  csv += "2020-01-01,w\n2020-01-02,w\n";
  const Table table = table_of(csv, {}, {.chunk_bytes = 500, .sample_bytes = 100});
  CHECK(table.columns[0].type == ColumnType::datetime);
  CHECK(table.columns[0].text(2001) == "2020-01-02");
  CHECK(table.columns[0].missing(0));
}

TEST_CASE("notes name what keeps a column from being numbers or date/times") {
  CHECK(notes_of(column_of({"1.5", "2", "\"2,25\""})) ==
        "column 'x' is read as category: '2,25' (data.csv:4) is no number\n");
  CHECK(notes_of(column_of({"2020-01-01", "2020-01-02", "2020-02-30"})) ==
        "column 'x' is read as category: '2020-02-30' (data.csv:4) is no date/time\n");
}

TEST_CASE("text: more than 1,000 distinct values, and more than half of those present") {
  std::vector<std::string> values;
  for (int i = 0; i < 1001; ++i) {
    values.push_back("v" + std::to_string(i));
  }
  CHECK(type_of(values) == ColumnType::text);
  CHECK(notes_of(column_of(values)) ==
        "column 'x' is read as text: 1001 distinct values in 1001 rows, not offered to "
        "the trainer unless declared a category\n");
  CHECK(column_of(values, declared("category")).columns[0].type == ColumnType::category);
  std::vector<std::string> fewer(values.begin(), values.end() - 1);
  CHECK(type_of(fewer) == ColumnType::category); // 1,000
  values.insert(values.end(), 1001, "v0");       // 1,001 of 2,002: exactly half
  CHECK(type_of(values) == ColumnType::category);
}

TEST_CASE("declared types: a value that does not fit is an error with file and line") {
  const auto failure = [](const char* csv, const char* type) { return failure_of(csv, declared(type)); };
  CHECK(failure("x,y\n1,a\nabc,b\n", "number") == "data.csv:3: a value of column 'x' is no number");
  CHECK(failure("x,y\nyes,a\nmaybe,b\n", "boolean") == "data.csv:3: a value of column 'x' is no boolean");
  CHECK(failure("x,y\n2020-01-01,a\n1/2/2020,b\n", "datetime") ==
        "data.csv:3: a value of column 'x' is no datetime");
  CHECK(failure("x,y\n1,a\nabc,b\n", "text").empty());
  const Table digits = column_of({"0", "1"}, declared("boolean"));
  CHECK(digits.columns[0].type == ColumnType::boolean);
  CHECK(digits.columns[0].text(1) == "1");
  CHECK(column_of({"1", "2"}, declared("category")).columns[0].categories ==
        std::vector<std::string>{"1", "2"});
}

TEST_CASE("a model's types: a value that does not fit is missing and its row recorded") {
  const Table numbers = column_of({"1", "abc", "", "inf", "007"}, given(ColumnType::number));
  CHECK(numbers.columns[0].misfits == std::vector<std::uint32_t>{1, 3});
  CHECK(numbers.columns[0].numbers[4] == 7.0);
  CHECK(numbers.columns[0].missing(1));
  const Table booleans = column_of({"Yes", "2", "No"}, given(ColumnType::boolean));
  CHECK(booleans.columns[0].misfits == std::vector<std::uint32_t>{1});
  CHECK(booleans.columns[0].text(0) == "Yes");
  const Table times = column_of({"2020-01-01", "soon"}, given(ColumnType::datetime));
  CHECK(times.columns[0].misfits == std::vector<std::uint32_t>{1});
  CHECK(column_of({"1", "2"}, given(ColumnType::category)).columns[0].type == ColumnType::category);
}

} // namespace mlp::dataset
