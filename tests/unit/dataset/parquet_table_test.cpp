#include "base/error.hpp"
#include "dataset/checks.hpp"
#include "dataset/table_scan.hpp"
#include "os/files.hpp"
#include "parquet/parquet.hpp"
#include "support/parquet_file.hpp"
#include "unit/dataset/csv_text.hpp"

#include <doctest/doctest.h>

#include <cmath>

// The files are what tests/parquet/make.py writes with pyarrow; values are copied from there.

namespace mlp::dataset {
namespace {

using test::notes_of;
using test::parquet_file;

const bool k_unread = !parquet::is_built_in();

Table table_of(const std::string& name, const ReadOptions& options = {}) {
  return read_table({{parquet_file(name), name}}, options);
}

/// What `call` fails with; "" where it does not fail.
template <typename Call> std::string failure_of(const Call& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

std::vector<std::string> texts_of(const Table& table, std::string_view name) {
  std::vector<std::string> texts;
  for (std::size_t row = 0; row < table.rows; ++row) {
    texts.push_back(table.column(name).text(row));
  }
  return texts;
}

ReadOptions declared(const std::string& column, const std::string& type) {
  ReadOptions options;
  options.columns[column].type = type;
  return options;
}

} // namespace

TEST_CASE("a build without Apache Arrow says so, and how to get at the rows" * doctest::skip(!k_unread)) {
  CHECK(failure_of([] { static_cast<void>(table_of("types.parquet")); }) ==
        "'types.parquet' is a Parquet file, and this mlp was built without Apache Arrow");
}

TEST_CASE("Parquet: numbers of every kind, across row groups" * doctest::skip(k_unread)) {
  const Table table = table_of("types.parquet");
  REQUIRE(table.rows == 5);
  CHECK(table.format.parquet);
  CHECK(table.column("int8").type == ColumnType::number);
  CHECK(texts_of(table, "int8") == std::vector<std::string>{"-128", "127", "", "0", "1"});
  CHECK(texts_of(table, "uint64") == std::vector<std::string>{"0", "9007199254740992", "", "7", "8"});
  CHECK(texts_of(table, "float64") == std::vector<std::string>{"0.1", "", "", "3", "-0"});
  CHECK(table.column("float64").misfits == std::vector<std::uint32_t>{1}); // infinite
  CHECK(notes_of(table).find("column 'float64': 1 value is infinite or too large for a number (first: "
                             "types.parquet, row 2), read as missing") != std::string::npos);
  CHECK(texts_of(table, "decimal") == std::vector<std::string>{"1.1", "-99.99", "", "1234567890.12", "5"});
  CHECK(table.column("none").type == ColumnType::number);
  CHECK(texts_of(table, "none") == std::vector<std::string>(5));
}

TEST_CASE("Parquet: a 32-bit float is the number that was written, and no more digits" *
          doctest::skip(k_unread)) {
  CHECK(texts_of(table_of("types.parquet"), "float32") ==
        std::vector<std::string>{"0.1", "-2.5", "", "", "123456790"});
}

TEST_CASE("Parquet: integers that a double does not hold keep their digits, as in a CSV file" *
          doctest::skip(k_unread)) {
  const Table table = table_of("types.parquet");
  CHECK_FALSE(table.column("id64").is_numeric());
  CHECK(texts_of(table, "id64") ==
        std::vector<std::string>{"9007199254740993", "9007199254740994", "", "-1", "5"});
}

TEST_CASE("Parquet: text, categories and booleans; the empty text is missing" * doctest::skip(k_unread)) {
  const Table table = table_of("types.parquet");
  CHECK(texts_of(table, "text") ==
        std::vector<std::string>{"a", "b, \"c\"", "", "", "Zürich, a text of more than sixteen bytes"});
  CHECK(table.column("text").missing(3));
  CHECK(texts_of(table, "large_text") == std::vector<std::string>{"x", "y", "", "x", "x"});
  CHECK(texts_of(table, "text_view") ==
        std::vector<std::string>{"x", "a text of more than twelve bytes", "", "x", "y"});
  CHECK(table.column("words").type == ColumnType::category);
  CHECK(texts_of(table, "words") == std::vector<std::string>{"high", "low", "", "high", "mid"});
  CHECK(table.column("bool").type == ColumnType::boolean);
  CHECK(texts_of(table, "bool") == std::vector<std::string>{"true", "false", "", "false", "true"});
}

TEST_CASE("Parquet: dates and timestamps are seconds, whatever their unit and zone" *
          doctest::skip(k_unread)) {
  const Table table = table_of("types.parquet");
  CHECK(table.column("date").type == ColumnType::datetime);
  CHECK(texts_of(table, "date") ==
        std::vector<std::string>{"1969-12-31", "2026-11-23", "", "0001-01-01", "9999-12-31"});
  CHECK(table.column("ms").numbers[0] == 0);
  CHECK(table.column("ms").numbers[1] == -1);          // half a second before 1970: the second that had begun
  CHECK(table.column("ms").numbers[4] == 951'782'400); // date -u -d 2000-02-29 +%s
  CHECK(table.column("zoned").numbers[0] == 1'782'907'200); // date -u -d 2026-07-01T12:00 +%s
  CHECK(std::isnan(table.column("zoned").numbers[1]));
}

TEST_CASE("Parquet: a declared type is read from the values, and a value that is not of it is named" *
          doctest::skip(k_unread)) {
  CHECK(texts_of(table_of("types.parquet", declared("int8", "category")), "int8") ==
        std::vector<std::string>{"-128", "127", "", "0", "1"});
  CHECK(failure_of([] { static_cast<void>(table_of("types.parquet", declared("large_text", "number"))); }) ==
        "types.parquet, row 1: a value of column 'large_text' is no number");
  ReadOptions options;
  options.format.missing = {"127", "x"};
  const Table table = table_of("types.parquet", options);
  CHECK(texts_of(table, "int8") == std::vector<std::string>{"-128", "", "", "0", "1"});
  CHECK(texts_of(table, "large_text") == std::vector<std::string>{"", "y", "", "", ""});
}

TEST_CASE("Parquet: files of one table stand behind each other; with a CSV file they are no table" *
          doctest::skip(k_unread)) {
  const auto same = [](const std::string& second) {
    return read_table({{parquet_file("types.parquet"), "1"}, {parquet_file(second), "2"}}, {});
  };
  const Table twice = same("types.parquet");
  REQUIRE(twice.rows == 10);
  CHECK(texts_of(twice, "words") ==
        std::vector<std::string>{"high", "low", "", "high", "mid", "high", "low", "", "high", "mid"});
  CHECK(failure_of([&] { static_cast<void>(same("no_text.parquet")); }) ==
        "'2' has not the columns of '1': the first difference is column 1");
  CHECK(failure_of([&] { static_cast<void>(same("make.py")); }) ==
        "cannot read '1' and '2' as one table: only the first is a Parquet file");
}

TEST_CASE("Parquet: a nested column is refused by its name, bytes that are no text by their row" *
          doctest::skip(k_unread)) {
  CHECK(failure_of([] {
          static_cast<void>(table_of("nested.parquet"));
        }).find("'nested.parquet': column 'tags' has the type list<") == 0);
  CHECK(failure_of([] { static_cast<void>(table_of("no_text.parquet")); }) ==
        "no_text.parquet, row 1: column 'x' holds bytes that are no UTF-8 text");
}

TEST_CASE("Parquet: a file without rows has its columns; one cut short or flipped is an error, no table" *
          doctest::skip(k_unread)) {
  const Table none = table_of("no_rows.parquet");
  CHECK(none.rows == 0);
  CHECK(none.columns.size() == 15);
  const std::string whole = os::read_file(parquet_file("types.parquet"));
  for (std::size_t size = 4; size < whole.size(); size += 7) {
    CHECK_MESSAGE(
        !failure_of([&] {
           static_cast<void>(read_table_bytes({{"cut", std::string_view(whole).substr(0, size)}}, {}));
         }).empty(),
        size);
  }
  for (std::size_t at = 4; at < whole.size(); at += 3) { // whatever is flipped: a table or an error
    std::string flipped = whole;
    flipped[at] = static_cast<char>(flipped[at] ^ 0x55);
    static_cast<void>(failure_of([&] { static_cast<void>(read_table_bytes({{"flipped", flipped}}, {})); }));
  }
}

TEST_CASE("Parquet: handed over some rows at once, in order, as the types that were given" *
          doctest::skip(k_unread)) {
  ReadOptions options;
  options.types = {{"int8", ColumnType::number}, {"text", ColumnType::category}};
  std::vector<std::string> seen;
  std::size_t pieces = 0;
  stream_table({parquet_file("types.parquet"), "types.parquet"}, options, 2, [&](Table&& table) {
    ++pieces;
    for (std::size_t row = 0; row < table.rows; ++row) {
      seen.push_back(table.column("int8").text(row) + "/" + table.column("large_text").text(row));
    }
    return true;
  });
  CHECK(pieces == 3);
  CHECK(seen == std::vector<std::string>{"-128/x", "127/y", "/", "0/x", "1/x"});
}

TEST_CASE("Parquet: what a scan shows is the table's profile, notes and findings" * doctest::skip(k_unread)) {
  const TableScan scan = scan_table({{parquet_file("types.parquet"), "types.parquet"}}, {});
  const Table table = table_of("types.parquet");
  CHECK(to_json(scan.profile) == to_json(profile_of(table, 1)));
  CHECK(scan.notes == table.notes);
  CHECK(scan.format.parquet);
  CHECK(scan.checks.size() == check_table(table, profile_of(table, 1)).size());
}

} // namespace mlp::dataset
