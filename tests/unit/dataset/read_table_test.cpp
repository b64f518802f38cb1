#include "dataset/read_table.hpp"

#include "support/scratch.hpp"
#include "unit/dataset/csv_text.hpp"
#include "unit/dataset/packed_bytes.hpp"

#include <doctest/doctest.h>

#include <atomic>

namespace mlp::dataset {
namespace {

using test::cells_of;
using test::failure_of;
using test::notes_of;
using test::table_of;
using Cells = std::vector<std::vector<std::string>>;

ReadOptions headerless() {
  ReadOptions options;
  options.format.header = false;
  return options;
}

/// Remembers the last thing shown.
class LastProgress final : public Progress {
public:
  void show(std::string_view what, std::uint64_t done, std::uint64_t total, std::string_view unit,
            std::string_view) override {
    shown = std::string(what) + " " + std::to_string(done) + "/" + std::to_string(total) + " " +
            std::string(unit);
  }
  void finish() override { finished = true; }
  void warn(std::string_view) override {}

  std::string shown;
  bool finished = false;
};

} // namespace

TEST_CASE("quoting: delimiters, line ends and doubled quotes inside quotes belong to the value") {
  CHECK(cells_of(table_of("a,b\n\"x,y\",\"say \"\"hi\"\"\"\n\"two\nlines\",\"\"\"\"\n")) ==
        Cells{{"a", "b"}, {"x,y", "say \"hi\""}, {"two\nlines", "\""}});
  CHECK(table_of("a,b\n\"1\",2\n").format.quoted);
  CHECK_FALSE(table_of("a,b\n1,2\n").format.quoted);
  CHECK(table_of("\"a\",b\n1,2\n").format.quoted);
}

TEST_CASE("line ends: LF, CRLF, CR and a mixture, with or without the last one") {
  const Cells expected{{"a", "b"}, {"1", "x"}, {"2", "y"}};
  CHECK(cells_of(table_of("a,b\n1,x\n2,y\n")) == expected);
  CHECK(cells_of(table_of("a,b\r\n1,x\r\n2,y")) == expected);
  CHECK(cells_of(table_of("a,b\r1,x\r2,y\r")) == expected);
  CHECK(cells_of(table_of("a,b\n1,x\r\n2,y\n")) == expected);
  CHECK(table_of("a,b\n1,x\n2,y").format.line_ending == "lf");
  CHECK(table_of("a,b\r\n1,x\r\n2,y").format.line_ending == "crlf");
  CHECK(table_of("a,b\r1,x\r2,y").format.line_ending == "cr");
  CHECK(table_of("a,b\n1,x\r\n2,y").format.line_ending == "mixed");
}

TEST_CASE("blank lines are skipped and counted; in a table of one column each is a missing value") {
  const Table table = table_of("\na,b\n1,2\n\n  \n3,4\n\n");
  CHECK(cells_of(table) == Cells{{"a", "b"}, {"1", "2"}, {"3", "4"}});
  CHECK(notes_of(table) == "4 blank lines skipped\n");
  CHECK(cells_of(table_of("a\n1\n\n3\n")) == Cells{{"a"}, {"1"}, {""}, {"3"}});
  CHECK(cells_of(table_of("\n\n", headerless())) == Cells{{"column_1"}, {""}, {""}});
}

TEST_CASE("a line with too few or too many fields is an error with file and line, the first of them") {
  CHECK(failure_of("a,b,c\n1,2,3\n1,2\n1\n") == "data.csv:3: 2 fields, expected 3");
  CHECK(failure_of("a,b\n1,2\n\n1,2,3\n") == "data.csv:4: 3 fields, expected 2");
  CHECK(failure_of("a,b\n\"x\ny\",2\n7\n") == "data.csv:4: 1 field, expected 2");
  CHECK(failure_of("a,b\r\n1,2\r\n3\r\n") == "data.csv:3: 1 field, expected 2");
  CHECK(failure_of("a,b\n1") == "data.csv:2: 1 field, expected 2");
}

TEST_CASE("quotes where none may be are errors that say where") {
  CHECK(failure_of("a,b\n1,x\n2,\"open\n3,y\n") ==
        "data.csv:3: the quote that opens field 2 is never closed");
  CHECK(failure_of("a,b\n1,\"x\"y\n") ==
        "data.csv:2: text behind the closing quote of field 2, which opened on line 2");
  CHECK(failure_of("a,b\n1,\"x\n\"y\n") ==
        "data.csv:3: text behind the closing quote of field 2, which opened on line 2");
  CHECK(failure_of("a,b\n1,5\" pipe\n") == "data.csv:2: a quote inside field 2, which is not quoted");
  CHECK(failure_of("a,\"b\n1,2\n") == "data.csv:1: the quote that opens field 2 is never closed");
}

TEST_CASE("header: names are trimmed, blank ones numbered, equal ones refused") {
  const Table table = table_of(" a ,,c\n1,2,3\n");
  CHECK(cells_of(table)[0] == std::vector<std::string>{"a", "column_2", "c"});
  CHECK(notes_of(table) == "column 2 has no name in the header: it is called 'column_2'\n"
                           "the blanks around 1 column name are left out\n");
  CHECK(failure_of("a,b,a\n1,2,3\n") == "data.csv:1: columns 1 and 3 are both named 'a'");
}

TEST_CASE("header: none where the first line is data, and that is said") {
  const Table table = table_of("1,x\n2,y\n");
  CHECK(cells_of(table) == Cells{{"column_1", "column_2"}, {"1", "x"}, {"2", "y"}});
  CHECK_FALSE(table.format.header);
  CHECK(notes_of(table).find("the first line looks like data") == 0);
  CHECK(table_of("x,y\nu,v\n", headerless()).rows == 2);
  CHECK(table_of("a,b\n").rows == 0);
}

TEST_CASE("files without a row or header are refused") {
  CHECK(failure_of("") == "cannot read 'data.csv': the file is empty");
  CHECK(failure_of("\n \n") == "cannot read 'data.csv': it holds nothing but blank lines");
}

TEST_CASE("missing: the tokens that occurred are recorded, quoted or not, with blanks or not") {
  const Table table = table_of("a,b\n1,x\nNA,\"\"\n\" ? \",y\n,z\n");
  CHECK(cells_of(table) == Cells{{"a", "b"}, {"1", "x"}, {"", ""}, {"", "y"}, {"", "z"}});
  CHECK(table.format.missing == std::vector<std::string>{"", "NA", "?"});
}

TEST_CASE("missing: declared tokens replace the default ones and are recorded as declared") {
  ReadOptions options;
  options.format.missing = {{"-9", "unknown"}};
  const Table table = table_of("a,b\n-9,NA\n4,unknown\n", options);
  CHECK(cells_of(table) == Cells{{"a", "b"}, {"", "NA"}, {"4", ""}});
  CHECK(table.format.missing == std::vector<std::string>{"-9", "unknown"});
  options.format.missing = {{"1900-01-01"}};
  CHECK(table_of("a,b\n1900-01-01,x\n2020-01-01,y\n", options).columns[0].missing(0));
}

TEST_CASE("blanks belong to a value, unless every delimiter of the file has one") {
  CHECK(cells_of(table_of("a,b\n1, x\n2,y\n")) == Cells{{"a", "b"}, {"1", " x"}, {"2", "y"}});
  const Table table = table_of("a, b\n1, x\n2, \"y, z\"\n");
  CHECK(cells_of(table) == Cells{{"a", "b"}, {"1", "x"}, {"2", "y, z"}});
  CHECK(table.format.blank_after_delimiter);
}

TEST_CASE("encodings: a byte order mark is left out, Latin-1 is read and said") {
  const Table marked = table_of("\xef\xbb\xbf"
                                "a,b\n1,2\n");
  CHECK(marked.find("a") != nullptr);
  CHECK(marked.format.byte_order_mark);
  const Table latin = table_of("a,b\n1,caf\xe9\n");
  CHECK(latin.column("b").text(0) == "caf\xc3\xa9");
  CHECK(latin.format.encoding == "latin-1");
  CHECK(notes_of(latin) == "'data.csv' is not UTF-8: it is read as Latin-1\n");
}

TEST_CASE("compressed files are recognised by their bytes") {
  CHECK(cells_of(table_of(test::gzip("a,b\n1,2\n"))) == Cells{{"a", "b"}, {"1", "2"}});
  const Table table = table_of(test::zstd("a,b\n1,2\n"));
  CHECK(cells_of(table) == Cells{{"a", "b"}, {"1", "2"}});
  CHECK(table.format.compression == "zstd");
}

TEST_CASE("several files are one table; each needs the same header") {
  const auto read = [](std::string_view one, std::string_view other) {
    return read_table_bytes({{"one.csv", one}, {"two.csv", other}}, {});
  };
  CHECK(cells_of(read("a,b\n1,x", "a,b\r\n2,y\r\n")) == Cells{{"a", "b"}, {"1", "x"}, {"2", "y"}});
  CHECK(cells_of(read("1,x\n", "2,y\n")) == Cells{{"column_1", "column_2"}, {"1", "x"}, {"2", "y"}});
  const auto failure = [&](std::string_view one, std::string_view other) -> std::string {
    try {
      static_cast<void>(read(one, other));
    } catch (const Error& error) {
      return error.what();
    }
    return {};
  };
  CHECK(failure("a,b\n1,2\n", "b,a\n1,2\n") ==
        "two.csv:1: the header differs from that of 'one.csv': column 1 is 'b', expected 'a'");
  CHECK(failure("a,b\n1,2\n", "a\n1\n") ==
        "two.csv:1: the header differs from that of 'one.csv': column 2 is absent, expected 'b'");
  CHECK(failure("a,b\n1,2\n", "a,b\n1\n") == "two.csv:2: 1 field, expected 2");
  CHECK(failure("a,b\n1,2\n", "") == "cannot read 'two.csv': the file is empty");
}

TEST_CASE("10,000 columns, and a field of many megabytes, are read") {
  std::string wide;
  for (int line = 0; line < 3; ++line) {
    for (int i = 0; i < 10'000; ++i) {
      wide += (line == 0 ? "c" : "") + std::to_string(i) + (i == 9999 ? "\n" : ",");
    }
  }
  const Table table = table_of(wide);
  CHECK(table.columns.size() == 10'000);
  CHECK(table.columns[9999].text(1) == "9999");
  const std::string long_field(std::size_t{20} << 20U, 'x');
  CHECK(table_of("a,b\n1,\"" + long_field + "\"\n2,y\n").column("b").text(0).size() == long_field.size());
}

TEST_CASE("the tap gets the stored bytes of all files in order, with one thread or more") {
  const test::Scratch scratch;
  const std::string packed = test::gzip("a,b\n3,4\n");
  const std::vector<Source> sources = {{scratch.write("one.csv", "a,b\n1,2\n"), "one.csv"},
                                       {scratch.write("two.csv.gz", packed), "two.csv.gz"}};
  for (const unsigned threads : {1U, 2U}) {
    std::string tapped;
    ReadOptions options;
    options.threads = threads;
    options.tap = [&](std::string_view bytes) { tapped += bytes; };
    CHECK(read_table(sources, options).rows == 2);
    CHECK(tapped == "a,b\n1,2\n" + packed);
    options.tap = [](std::string_view) { throw Error(ErrorCode::environment, "the disk is full"); };
    CHECK_THROWS_WITH_AS(static_cast<void>(read_table(sources, options)), "the disk is full", Error);
  }
}

TEST_CASE("a file that changes while it is read is refused") {
  const test::Scratch scratch;
  const auto path = scratch.write("data.csv", "a,b\n1,2\n");
  ReadOptions options;
  options.tap = [&](std::string_view) { static_cast<void>(scratch.write("data.csv", "a,b\n1,2\n3,4\n")); };
  CHECK_THROWS_WITH_AS(static_cast<void>(read_table({{path, "data.csv"}}, options)),
                       "'data.csv' changed while it was read", Error);
}

TEST_CASE("progress: the bytes of the lines read, of all, then that it is finished") {
  LastProgress progress;
  ReadOptions options;
  options.progress = &progress;
  static_cast<void>(table_of("a,b\n1,2\n3,4\n", options));
  CHECK(progress.shown == "reading data.csv 8/12 B");
  CHECK(progress.finished);
}

TEST_CASE("a file that is not there is not found; a requested interrupt stops the reading") {
  const test::Scratch scratch;
  try {
    static_cast<void>(read_table({{scratch.root / "none.csv", "none.csv"}}, {}));
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::not_found);
  }
  Interrupt interrupt;
  interrupt.request();
  ReadOptions options;
  options.interrupt = &interrupt;
  CHECK_THROWS_AS(static_cast<void>(table_of("a,b\n1,2\n", options)), Error);
}

} // namespace mlp::dataset
