// One table, polluted in one place in each of the ways of the Pollock benchmark (Vitagliano et al. 2023,
// "Pollock: A Data Loading Benchmark", VLDB 16(8)): file ends, line ends, delimiters, quotes, escapes,
// headers, preambles, several tables, encodings. Every file is read with the values that were written, or
// refused with its line and a remedy.

#include "base/error.hpp"
#include "unit/dataset/csv_text.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <string>

namespace mlp::dataset {
namespace {

using test::cells_of;
using test::notes_of;
using test::table_of;
using Row = std::vector<std::string>;
using Cells = std::vector<Row>;

struct Style {
  std::string delimiter = ",";
  std::string line_end = "\r\n";
  std::string quote = "\"";
  std::string escape = "\""; ///< before a quote inside a quoted value
  bool always_quoted = false;
};

std::string field(const std::string& value, const Style& style) {
  const bool odd =
      value.find(style.delimiter) != std::string::npos || value.find_first_of("\"\r\n") != std::string::npos;
  if (!odd && !style.always_quoted) {
    return value;
  }
  std::string text = style.quote;
  for (const char c : value) {
    text += std::string(1, c) == style.quote ? style.escape + c : std::string(1, c);
  }
  return text + style.quote;
}

std::string line(const Row& row, const Style& style = {}) {
  std::string text;
  for (std::size_t i = 0; i < row.size(); ++i) {
    text += (i == 0 ? "" : style.delimiter) + field(row[i], style);
  }
  return text;
}

std::string csv(const Cells& rows, const Style& style = {}) {
  std::string text;
  for (const Row& row : rows) {
    text += line(row, style) + style.line_end;
  }
  return text;
}

const Row k_names = {"day", "quantity", "product", "price", "description", "comment"};

/// The names and 24 rows; the value at (row 20, description) holds a comma, as those of every row do.
Cells sales() {
  Cells rows = {k_names};
  for (int i = 1; i <= 24; ++i) {
    rows.push_back({"2018-" + std::string(i % 2 == 0 ? "01" : "12") + "-" + std::to_string(10 + i % 20),
                    std::to_string(i % 7), "ID" + std::to_string(i), std::to_string(i) + ".5",
                    "described, so " + std::to_string(i), i % 4 == 0 ? "none" : ""});
  }
  return rows;
}

Cells without_header() {
  Cells rows = sales();
  rows.erase(rows.begin());
  return rows;
}

/// The file with line `number` (1 = the header) changed.
std::string with_line(std::size_t number, const std::function<std::string(const std::string&)>& change) {
  const Cells rows = sales();
  std::string text;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    text += i + 1 == number ? change(line(rows[i]) + "\r\n") : line(rows[i]) + "\r\n";
  }
  return text;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

struct Polluted {
  std::string name;
  std::string text;
};

/// Files whose values are those of sales(), whatever they look like.
std::vector<Polluted> read_right() {
  const Cells rows = sales();
  std::string last_line_open = csv(rows);
  last_line_open.resize(last_line_open.size() - 2);
  std::string mixed = line(rows[0]) + "\n";
  for (std::size_t i = 1; i < rows.size(); ++i) {
    mixed += line(rows[i]) + (i % 3 == 0 ? "\r" : i % 3 == 1 ? "\n" : "\r\n");
  }
  return {
      {"as it was", csv(rows)},
      {"no line end at the end", last_line_open},
      {"two line ends at the end", csv(rows) + "\r\n"},
      {"a byte order mark", "\xef\xbb\xbf" + csv(rows)},
      {"LF", csv(rows, {.line_end = "\n"})},
      {"CR", csv(rows, {.line_end = "\r"})},
      {"LF and CR, in that order", csv(rows, {.line_end = "\n\r"})},
      {"line ends of all kinds", mixed},
      {"one line with another end", with_line(20, [](auto text) { return replaced(text, "\r\n", "\n"); })},
      {"semicolons", csv(rows, {.delimiter = ";"})},
      {"tabs", csv(rows, {.delimiter = "\t"})},
      {"bars", csv(rows, {.delimiter = "|"})},
      {"comma and blank", csv(rows, {.delimiter = ", "})},
      {"all values in quotes", csv(rows, {.always_quoted = true})},
      {"blank lines in the middle", with_line(20, [](auto text) { return "\r\n\r\n" + text; })},
      {"blank lines before the header", "\r\n\r\n" + csv(rows)},
  };
}

struct Refused {
  std::string name;
  std::string text;
  std::string message; ///< a part of it
};

std::vector<Refused> refused() {
  const Cells rows = sales();
  const Cells small = {{"a", "b"}, {"1", "2"}};
  Cells quoted = rows;
  quoted[19][4] = "say \"no\", he said";
  Cells two_lines_of_names = rows;
  two_lines_of_names.insert(two_lines_of_names.begin(), Row(6, "sales"));
  const auto in_line_20 = [](const std::string& from, const std::string& to) {
    return with_line(20, [&](auto text) { return replaced(text, from, to); });
  };
  return {
      {"no bytes", "", "the file is empty"},
      {"blank lines only", "\r\n\r\n", "nothing but blank lines"},
      {"a delimiter less", in_line_20(",", ""), "data.csv:20: 5 fields, expected 6"},
      {"a delimiter more", in_line_20(",", ",,"), "data.csv:20: 7 fields, expected 6"},
      {"a delimiter more in the header", with_line(1, [](auto text) { return "x," + text; }),
       "data.csv:1: 7 column names, but the lines below have 6 fields"},
      {"another delimiter in one line", in_line_20(",", ";"), "data.csv:20: 5 fields, expected 6"},
      {"two lines in one", in_line_20("\r\n", ","), "data.csv:20: 12 fields, expected 6"},
      {"a quote less", in_line_20(",\"", ","), "data.csv:20: "},
      {"a quote more at the front", in_line_20("2018", "\"2018"), "data.csv:20: "},
      {"a quote more in a value", in_line_20("ID", "I\"D"), "data.csv:20: a quote inside field 3"},
      {"a quote that stays open", csv(rows) + "2018-01-01,1,ID,1.5,\"described\r\n",
       "data.csv:26: the quote that opens field 5 is never closed"},
      {"single quotes where needed", csv(rows, {.quote = "'", .escape = "'"}),
       "data.csv:1: 6 column names, but the lines below have 7 fields"},
      {"single quotes everywhere", csv({{"a", "b"}, {"1", "2"}}, {.quote = "'", .always_quoted = true}),
       "data.csv:1: every value stands in quotes that are no double quotes"},
      {"typographic quotes everywhere", "\u201ca\u201d,\u201cb\u201d\n\u201c1\u201d,\u201c2\u201d\n",
       "data.csv:1: every value stands in quotes that are no double quotes"},
      {"quotes escaped by backslashes in one line", replaced(csv(rows), "ID20", "\"a \\\"b\\\" \"c\""),
       "data.csv:21: text behind the closing quote of field 3"},
      {"quotes not escaped", csv(quoted, {.escape = ""}), "data.csv:20: text behind the closing quote"},
      {"two columns of one name", replaced(csv(rows), "quantity", "day"),
       "data.csv:1: columns 1 and 2 are both named 'day'"},
      {"a title over the header", csv(two_lines_of_names),
       "data.csv:1: columns 1 and 2 are both named 'sales'"},
      {"a name of 5,000 bytes", replaced(csv(rows), "day", std::string(5'000, 'n')),
       "data.csv:1: the name of column 1 has 5000 bytes"},
      {"a line before the table", "Sales of 2018\r\n" + csv(rows),
       "data.csv:1: 1 column name, but the lines below have 6 fields"},
      {"lines before the table", "# Sales\r\n# of 2018\r\n\r\n" + csv(rows),
       "data.csv:4: 6 fields, expected 1"},
      {"a line for spreadsheets", "sep=;\r\n" + csv(rows, {.delimiter = ";"}),
       "data.csv:1: the line 'sep=;'"},
      {"a line behind the table", csv(rows) + "total,24\r\n", "data.csv:26: 2 fields, expected 6"},
      {"a smaller table behind it", csv(rows) + "\r\n" + csv(small), "data.csv:27: 2 fields, expected 6"},
      {"a smaller table before it", csv(small) + "\r\n" + csv(rows), "data.csv:4: 6 fields, expected 2"},
      {"delimiters of two characters", csv(small, {.delimiter = "||"}).insert(0, "x||y||z\r\n"),
       "data.csv:1: 5 column names, but the lines below have 3 fields"},
      {"a title that is as broad as the table", "Sales of 2018,,,,,\r\n" + csv(rows),
       "data.csv:1: 1 of 6 columns has a name"},
      {"a title and an empty line, both as broad", "Sales of 2018,,,,,\r\n,,,,,\r\n" + csv(rows),
       "data.csv:1: 1 of 6 columns has a name"},
      {"the same table twice", csv(rows) + csv(rows),
       "data.csv:26: the names of the columns stand there again"},
      {"the header twice", csv({rows[0]}) + csv(rows),
       "data.csv:2: the names of the columns stand there again"},
      {"the header again, in quotes", csv(rows) + csv({rows[0]}, {.always_quoted = true}),
       "data.csv:26: the names of the columns stand there again"},
      {"a NUL byte", in_line_20("ID", std::string("I\0D", 3)), "data.csv:20: a NUL byte is no text"},
      {"UTF-16", std::string("\xff\xfe") + std::string("a\0,\0b\0", 6), "it is UTF-16 or UTF-32"},
      {"Windows-1252", replaced(csv(rows), "ID3,", "\x80 \x93ID3\x94,"), "is no UTF-8"},
      {"Ctrl-Z at the end", csv(rows) + "\x1a", "data.csv:26: 1 field, expected 6"},
  };
}

} // namespace

TEST_CASE("pollution that changes no value: read as it was written") {
  ReadOptions options;
  for (const std::string& name : k_names) {
    options.types[name] = ColumnType::text;
  }
  for (const Polluted& file : read_right()) {
    INFO(file.name);
    CHECK(cells_of(table_of(file.text, options)) == sales());
  }
}

TEST_CASE("quotes escaped by backslashes: read as doubled ones, and said") {
  Cells rows = sales();
  rows[19][4] = "say \"no\", he said";
  rows[20][4] = "a\\b, c:\\"; // backslashes of its own
  ReadOptions options;
  for (const std::string& name : k_names) {
    options.types[name] = ColumnType::text;
  }
  std::string text = csv(rows, {.escape = "\\"});
  text = replaced(text, "c:\\\"", "c:\\\\\""); // two, so that the quote closes the value
  rows[20][4] = "a\\b, c:\\\\";
  const Table table = table_of(text, options);
  CHECK(cells_of(table) == rows);
  CHECK(notes_of(table).find("escaped by backslashes") != std::string::npos);
  // a folder that ends a quoted value is no escape
  const Cells folders = {{"id", "folder"}, {"1", "c:\\a,b\\"}, {"2", "c:\\d\\"}};
  CHECK(cells_of(table_of(csv(folders, {.always_quoted = true}))) == folders);
}

TEST_CASE("a value that is its column's name is a value, unless all of them are") {
  CHECK(table_of("word\nword\nother\n").rows == 2);
  CHECK(table_of("a,b\na,1\nb,b\n").rows == 2);
  CHECK(table_of(",b\n,x\n1,b\n").rows == 2);
  CHECK_THROWS_AS(static_cast<void>(table_of(",b\n1,x\n,b\n")), Error);
}

TEST_CASE("pollution that leaves doubt: refused, with the line and a remedy") {
  for (const Refused& file : refused()) {
    INFO(file.name);
    try {
      static_cast<void>(table_of(file.text));
      FAIL_CHECK("it was read");
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::input);
      CHECK_MESSAGE(std::string(error.what()).find(file.message) != std::string::npos, error.what());
      CHECK_FALSE(error.hints().empty());
    }
  }
}

TEST_CASE("pollution that a table can have: read, and said") {
  struct Noted {
    std::string name;
    std::string text;
    std::size_t rows;
    std::string note; ///< a part of one
  };
  Cells units = sales();
  units.insert(units.begin() + 1, Row{"(d)", "", "", "(eur)", "", ""});
  Cells total = sales();
  total.push_back({"total", "", "", "300", "", ""});
  const Style by_caret = {.delimiter = "^"};
  const std::vector<Noted> files = {
      {"no header", csv(without_header()), 24, "the first line looks like data, not like names"},
      {"a name is missing", replaced(csv(sales()), "quantity", ""), 24,
       "column 2 has no name in the header: it is called 'column_2'"},
      {"a delimiter at the end of every line", csv(sales(), {.line_end = ",\r\n"}), 24,
       "column 7 has no name in the header"},
      {"a second line of names", csv(units), 25, "column 'price' is read as category: '(eur)' (data.csv:2)"},
      {"a total behind the table", csv(total), 25, "column 'day' is read as category: 'total' (data.csv:26)"},
      {"lines of delimiters", csv(sales()) + ",,,,,\r\n,, ,,,\r\n", 26, "2 rows hold no value"},
      {"a delimiter that nobody knows", csv({{"a", "b"}, {"1", "2"}, {"3", "4"}}, by_caret), 2,
       "no delimiter was found (comma, semicolon, tab, |)"},
      {"Latin-1", replaced(csv(sales()), "ID3,", "Z\xfcrich,"), 24, "it is read as Latin-1"},
  };
  for (const Noted& file : files) {
    INFO(file.name);
    const Table table = table_of(file.text);
    CHECK(table.rows == file.rows);
    CHECK_MESSAGE(notes_of(table).find(file.note) != std::string::npos, notes_of(table));
  }
}

TEST_CASE("pollution of names and values: they are what stands between the quotes") {
  Cells rows = {{"a\nb", "\u00e9, \U0001F600", std::string(500, 'n')},
                {"two\r\nlines", "a \"b\" c", "d"},
                {"", " ", ""}};
  ReadOptions options;
  for (const std::string& name : rows.front()) {
    options.types[name] = ColumnType::text;
  }
  const Table table = table_of(csv(rows, {.always_quoted = true}), options);
  rows[2] = {"", "", ""}; // nothing but blanks is missing
  CHECK(cells_of(table) == rows);
  const Table empty = table_of("a,b,c\n1,,x\n2,,y\n,,\n"); // a line of delimiters is a row without values
  CHECK(empty.rows == 3);
  CHECK(empty.column("b").missing(0));
  CHECK(empty.column("a").missing(2));
  CHECK(table_of("a,b\r\n").rows == 0);
}

} // namespace mlp::dataset
