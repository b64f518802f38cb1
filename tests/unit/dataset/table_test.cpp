#include "dataset/table.hpp"

#include "base/error.hpp"

#include <doctest/doctest.h>

#include <limits>

namespace mlp::dataset {
namespace {

constexpr double k_nan = std::numeric_limits<double>::quiet_NaN();

Table two_columns() {
  Table table;
  table.rows = 1;
  table.columns.resize(2);
  table.columns[0].name = "tenure";
  table.columns[1].name = "churn";
  return table;
}

} // namespace

TEST_CASE("column text: a number in its shortest form, a boolean as spelt, a date without its midnight") {
  Column column;
  column.numbers = {0.1, 3.0, k_nan};
  CHECK(column.text(0) == "0.1");
  CHECK(column.text(1) == "3");
  CHECK(column.text(2) == "");
  CHECK(column.missing(2));
  column.type = ColumnType::boolean;
  column.spellings = {"No", "Yes"};
  column.numbers = {0.0, 1.0};
  CHECK(column.text(0) == "No");
  CHECK(column.text(1) == "Yes");
  column.type = ColumnType::datetime;
  column.numbers = {86400.0, 86401.0, -86400.0};
  CHECK(column.text(0) == "1970-01-02");
  CHECK(column.text(1) == "1970-01-02T00:00:01Z");
  CHECK(column.text(2) == "1969-12-31");
}

TEST_CASE("column text: a category is what was written; a negative code is missing") {
  Column column;
  column.type = ColumnType::category;
  column.categories = {"a", "b"};
  column.codes = {1, -1};
  CHECK(column.text(0) == "b");
  CHECK(column.missing(1));
  CHECK_FALSE(column.is_numeric());
}

TEST_CASE("a column that the table lacks is an error with the nearest name") {
  const Table table = two_columns();
  CHECK(table.column("churn").name == "churn");
  CHECK(table.find("chrun") == nullptr);
  try {
    static_cast<void>(table.column("chrun"));
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(std::string(error.what()) == "the data have no column 'chrun'");
    CHECK(error.hints() == std::vector<std::string>{"did you mean 'churn'?"});
  }
}

TEST_CASE("column types have names that can be read back") {
  for (const char* name : {"number", "boolean", "category", "datetime", "text"}) {
    CHECK(name_of(column_type_from(name).value()) == name);
  }
  CHECK_FALSE(column_type_from("integer"));
}

} // namespace mlp::dataset
