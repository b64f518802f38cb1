#include "dataset/write_csv.hpp"

#include <doctest/doctest.h>

namespace mlp::dataset {
namespace {

std::string field(std::string_view text, char delimiter = ',') {
  std::string out;
  append_csv_field(out, text, delimiter);
  return out;
}

} // namespace

TEST_CASE("append_csv_field: quotes only what needs it, and doubles quotes") {
  CHECK(field("plain text") == "plain text");
  CHECK(field("a,b") == "\"a,b\"");
  CHECK(field("5\" pipe") == "\"5\"\" pipe\"");
  CHECK(field("two\nlines") == "\"two\nlines\"");
  CHECK(field("a\rb") == "\"a\rb\"");
  CHECK(field(" a") == "\" a\"");
  CHECK(field("") == "");
  CHECK(field("a,b", ';') == "a,b");
  CHECK(field("a;b", ';') == "\"a;b\"");
}

TEST_CASE("rows are written as text, a missing value as nothing") {
  Table table;
  table.rows = 2;
  table.columns.resize(2);
  table.columns[0].name = "a,b";
  table.columns[0].numbers = {1.5, 2.0};
  table.columns[1].name = "c";
  table.columns[1].type = ColumnType::category;
  table.columns[1].categories = {"x\"y"};
  table.columns[1].codes = {0, -1};
  std::string out;
  append_csv_header(out, table);
  append_csv_row(out, table, 0);
  append_csv_row(out, table, 1);
  CHECK(out == "\"a,b\",c\n1.5,\"x\"\"y\"\n2,\n");
}

TEST_CASE("the missing value of a table of one column is no blank line") {
  Table table;
  table.rows = 1;
  table.columns.resize(1);
  table.columns[0].type = ColumnType::category;
  table.columns[0].codes = {-1};
  std::string out;
  append_csv_row(out, table, 0);
  CHECK(out == "\"\"\n");
}

} // namespace mlp::dataset
