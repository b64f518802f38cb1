// Tables whose numbers have decimal commas and marks between thousands, read with and without being told.

#include "dataset/checks.hpp"
#include "dataset/table_scan.hpp"
#include "dataset/writing_findings.hpp"
#include "support/scratch.hpp"
#include "unit/dataset/csv_text.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace mlp::dataset {
namespace {

using test::notes_of;
using test::table_of;

ReadOptions marks(char decimal, std::optional<char> thousands = std::nullopt) {
  ReadOptions options;
  options.format.decimal = decimal;
  options.format.thousands = thousands;
  return options;
}

const std::string k_german = "name;preis;menge;anteil\n"
                             "a;1.017,25;1.017;2\n"
                             "b;2,5;12.500;3\n"
                             "c;-3;950;NA\n"
                             "d;;7.001;4\n";

std::vector<std::string> findings_of(const std::string& csv, const ReadOptions& options = {}) {
  const Table table = table_of(csv, options);
  std::vector<std::string> found;
  for (const Check& check : check_table(table, profile_of(table, 1))) {
    if (check.id != "identical_columns") {
      found.push_back(check.id + " " + check.subject);
    }
  }
  return found;
}

using Lines = std::vector<std::string>;

} // namespace

TEST_CASE("decimal comma: a German table is numbers, and the format says how they were read") {
  const Table table = table_of(k_german, marks(','));
  CHECK(table.columns[1].numbers[0] == 1017.25);
  CHECK(table.columns[1].numbers[1] == 2.5);
  CHECK(table.columns[1].numbers[2] == -3);
  CHECK(table.columns[1].missing(3));
  CHECK(table.columns[2].numbers == std::vector<double>{1017, 12500, 950, 7001});
  CHECK(table.columns[3].missing(2));
  CHECK(to_json(table.format)["decimal"].as_string() == ",");
  CHECK(to_json(table.format)["thousands"].as_string() == ".");
  CHECK(to_json(table_of(k_german).format)["decimal"].is_null());
  CHECK(findings_of(k_german, marks(',')).empty());
}

TEST_CASE("decimal comma: with a comma as delimiter, numbers that have one stand in quotes") {
  const Table table = table_of("a,b\n\"1,5\",2\n\"1.017,25\",3\n", marks(','));
  CHECK(table.format.delimiter == ',');
  CHECK(table.columns[0].numbers == std::vector<double>{1.5, 1017.25});
  CHECK(table.columns[1].numbers == std::vector<double>{2, 3});
  CHECK_FALSE(test::failure_of("a,b\n1,5,2\n2,5,3\n", marks(',')).empty());
}

TEST_CASE("decimal comma: a table of one column is no table of two") {
  CHECK(table_of("x\n1,5\n2,5\n3,5\n", marks(',')).columns.front().numbers ==
        std::vector<double>{1.5, 2.5, 3.5});
}

TEST_CASE("decimal comma: a decimal point is no number, and is named") {
  const Table table = table_of("a;b\n1.5;1,5\n2.25;2,5\n", marks(','));
  CHECK(table.columns[0].type == ColumnType::category);
  CHECK(findings_of("a;b\n1.5;1,5\n2.25;2,5\n", marks(',')) == Lines{"written_numbers a"});
  CHECK(notes_of(table_of("a;b\nx;1,5\n1;2,5\n2;x\n", marks(','))) ==
        "column 'a' is read as category: 'x' (data.csv:2) is no number\n"
        "column 'b' is read as category: 'x' (data.csv:4) is no number\n");
}

TEST_CASE("decimal comma: missing tokens that are numbers are missing") {
  ReadOptions options = marks(',');
  options.format.missing = Lines{"-9,5"};
  const Table table = table_of("a;b\n-9,5;1\n2,5;2\n", options);
  CHECK(table.columns[0].missing(0));
  CHECK(table.columns[0].numbers[1] == 2.5);
}

TEST_CASE("thousands: commas in quotes, apostrophes and blanks") {
  CHECK(table_of("a,b\n\"1,234.50\",1\n12.25,2\n", marks('.', ',')).columns[0].numbers ==
        std::vector<double>{1234.5, 12.25});
  CHECK(table_of("a,b\n1'234.50,1\n12.25,2\n", marks('.', '\'')).columns[0].numbers ==
        std::vector<double>{1234.5, 12.25});
  CHECK(table_of("a;b\n1\u202f234,5;1\n12;2\n", marks(',', ' ')).columns[0].numbers ==
        std::vector<double>{1234.5, 12});
}

TEST_CASE("decimal comma: a stream of given types reads as the table does") {
  const test::Scratch scratch;
  ReadOptions options = marks(',');
  options.types = {{"preis", ColumnType::number}, {"menge", ColumnType::number}};
  const Source source{scratch.write("de.csv", k_german), "de.csv"};
  std::vector<double> prices;
  stream_table(source, options, 2, [&](Table&& table) {
    const Column& column = table.column("preis");
    prices.insert(prices.end(), column.numbers.begin(), column.numbers.end());
    return true;
  });
  REQUIRE(prices.size() == 4);
  CHECK(prices[0] == 1017.25);
  CHECK(prices[1] == 2.5);
}

TEST_CASE("without being told: decimal commas are named, and the numbers beside them that were misread") {
  CHECK(findings_of(k_german) == Lines{"decimal_commas preis", "thousands_as_fractions menge"});
  const Table table = table_of(k_german);
  const auto checks = check_table(table, profile_of(table, 1));
  CHECK(checks.front().why ==
        "100% of the values of 'preis' are numbers with a decimal comma, and are read as "
        "words: set `format: {decimal: \",\"}` below data in mlp.yaml");
  CHECK(checks.front().observed == 1.0);
}

TEST_CASE("numbers with three decimals raise no alarm where no column has decimal commas") {
  CHECK(findings_of("a;b\nx;1.017\ny;12.500\n").empty());
  CHECK(findings_of("a;b\n1,5;0.017\n2,5;12.500\n") ==
        Lines{"decimal_commas a"}); // no thousands begin with 0
  CHECK(findings_of("a;b\n1,5;1.25\n2,5;12.500\n") == Lines{"decimal_commas a"});
}

TEST_CASE("dates with slashes are no phone numbers") {
  std::string csv = "day,x\n";
  for (int i = 1; i <= 9; ++i) {
    csv += "1" + std::to_string(i) + "/10/2023,1\n";
  }
  const Lines found = findings_of(csv);
  CHECK(std::count(found.begin(), found.end(), "written_dates day") == 1);
  CHECK(std::count(found.begin(), found.end(), "personal_data day") == 0);
}

TEST_CASE("a scan finds what the table shows, in pieces too") {
  const test::Scratch scratch;
  const std::vector<Source> sources = {{scratch.write("de.csv", k_german), "de.csv"}};
  for (const std::size_t piece_bytes : {7U, 64U, 1000U}) {
    const TableScan scan = scan_pieces(sources, {}, piece_bytes);
    REQUIRE(scan.checks.size() >= 2);
    CHECK(scan.checks[0].id == "decimal_commas");
    CHECK(scan.checks[1].id == "thousands_as_fractions");
    const TableScan told = scan_pieces(sources, marks(','), piece_bytes);
    CHECK(told.checks.empty());
    CHECK(told.profile.columns[1].max == 1017.25);
    CHECK(told.format.numbers == NumberStyle{',', '.'});
  }
}

TEST_CASE("the style of a table is what its columns agree on") {
  const auto style_of = [](const std::string& csv) {
    const Table table = table_of(csv);
    return agreed_style(profile_of(table, 1), facts_of(table));
  };
  CHECK(style_of(k_german) == NumberStyle{',', '.'});
  CHECK(style_of("a;b\n1 017,5;1,5\n2,5;2,5\n") == NumberStyle{',', ' '});
  CHECK_FALSE(style_of("a;b\n1,5;1.5\n2,5;2.25\n")); // both marks
  CHECK_FALSE(style_of("a;b\n1 017,5;1.017,5\n2,5;2,5\n"));
  CHECK_FALSE(style_of("a;b\nx;1\ny;2\n"));
}

} // namespace mlp::dataset
