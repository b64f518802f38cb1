// A scan says what the whole table says, whatever the size of its pieces.

#include "dataset/table_scan.hpp"

#include "base/random.hpp"
#include "dataset/checks.hpp"
#include "dataset/column_scan.hpp"
#include "support/scratch.hpp"
#include "unit/dataset/csv_text.hpp"
#include "unit/dataset/packed_bytes.hpp"

#include <doctest/doctest.h>

#include <array>

namespace mlp::dataset {
namespace {

/// All that a scan shows, as text.
std::string shown(const TableScan& scan) {
  std::string all = to_json(scan.profile).dump() + "\n" + to_json(scan.format).dump() + "\n";
  for (const std::string& note : scan.notes) {
    all += "note " + note + "\n";
  }
  for (const Check& check : scan.checks) {
    all += to_json(check).dump() + "\n";
  }
  for (const ColumnFacts& each : scan.facts) {
    all += fmt::format("{} {} {} {} {}\n", each.like_names, each.misfits, each.first_misfit,
                       each.personal ? each.personal->kind : "-", each.like_thousands);
  }
  return all;
}

/// Compares the scan of these files with the table that is read from them, in pieces of several sizes.
void check_scan_of(const test::Scratch& scratch, const std::vector<std::string>& names,
                   ReadOptions options = {}) {
  std::vector<Source> sources;
  for (const std::string& name : names) {
    sources.push_back({scratch.root / name, name});
  }
  const std::string expected = shown(scan_of(read_table(sources, options), 1));
  const bool small = std::filesystem::file_size(sources.front().path) < 100'000;
  const auto sizes =
      small ? std::vector<std::size_t>{7, 64, 1000} : std::vector<std::size_t>{50'000, 300'000};
  for (const std::size_t piece_bytes : sizes) {
    for (const unsigned threads : {1U, 3U}) {
      CAPTURE(names.front());
      CAPTURE(piece_bytes);
      CAPTURE(threads);
      options.threads = threads;
      CHECK(shown(scan_pieces(sources, options, piece_bytes)) == expected);
    }
  }
}

std::string failure_of(const test::Scratch& scratch, const std::string& bytes,
                       const ReadOptions& options = {}) {
  try {
    static_cast<void>(scan_pieces({{scratch.write("bad.csv", bytes), "bad.csv"}}, options, 16));
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) {
    all += text;
  }
  return all;
}

} // namespace

TEST_CASE("scan: types, quotes, line ends, blank lines and missing tokens, as read at once") {
  const test::Scratch scratch;
  const std::vector<std::pair<std::string, std::string>> files = {
      {"plain.csv", "x,y,flag,day\n1,a,yes,2024-01-01\n2.5,b,no,2024-01-02\n,NA,yes,\n-3,a,no,2024-02-01\n"},
      {"no_end.csv", "x,y\n1,a\n2,b"},
      {"crlf.csv", "x,y\r\n1,\"a\r\nb\"\r\n2,\"say \"\"so\"\"\"\r\n"},
      {"cr.csv", "x,y\r1,a\r2,b\r"},
      {"mixed.csv", "x,y\n1,a\r\n2,b\r\n\n\n3,c\n"},
      {"one.csv", "x\n1\n\n3\n\n"},
      {"blanks.csv", "\n\nx,y\n1,a\n\n \n2,b\n"},
      {"header_only.csv", "x,y\n"},
      {"no_header.csv", "1,2\n3,4\n5,6\n"},
      {"spelt.csv", "x,y\n1,Lyon\n2,lyon\n3,Nice\n4,nice \n-999,Nice\n-999,Nice\n-999,Nice\n5,a\n6,b\n7,c\n"},
      {"blank_after.csv", "x, y\n1, a\n2, b\n"},
      {"semicolon.csv", "x;y\n1;a,b\n2;c\n"},
      {"infinite.csv", "x,y\n1,a\ninf,b\n1e400,c\n4,d\n"},
      {"one_boolean.csv", "flag,n\nTrue,1\nTrue,2\n,3\n"},
      {"comma_numbers.csv", "x;y\n\"1,5\";a\n\"2,5\";b\n"},
      {"same.csv", "a,b,c,d\n1,1,x,x\n2,2,y,y\n3,3,z,z\n"}};
  for (const auto& [name, bytes] : files) {
    scratch.write(name, bytes);
    check_scan_of(scratch, {name});
  }
}

TEST_CASE("scan: a column whose first rows mislead is read again") {
  const test::Scratch scratch;
  const std::string numbers = repeated("1,2024-01-01,00,,\n", 40'000); // more than the sample
  scratch.write("late_word.csv", "a,b,c,d,e\n" + numbers + "word,never,01,2024-05-06,yes\n");
  check_scan_of(scratch, {"late_word.csv"});
  scratch.write("late_times.csv",
                "a,b,c,d,e\n" + numbers + numbers + "1,2024-01-02,02,2024-05-06T10:00:00,no\n");
  check_scan_of(scratch, {"late_times.csv"});
}

TEST_CASE("scan: identifiers, free text and personal data are found as in the table") {
  const test::Scratch scratch;
  std::string bytes = "id,code,text,mail,phone\n";
  for (int i = 0; i < 5000; ++i) {
    bytes += fmt::format("{},k{},a text of {} words,a{}@example.org,+34 600 {:06}\n", i, i * 7, i, i % 90, i);
  }
  scratch.write("people.csv", bytes);
  check_scan_of(scratch, {"people.csv"});
  ReadOptions declared;
  declared.personal = {{"id", true}, {"mail", false}};
  declared.columns["code"].type = "category";
  declared.columns["id"].type = "text";
  check_scan_of(scratch, {"people.csv"}, declared);
}

TEST_CASE("scan: several files, compressed ones, Latin-1 and a byte order mark") {
  const test::Scratch scratch;
  scratch.write("a.csv", "x,y\n1,caf\xe9\n2,b\n");
  scratch.write("b.csv", "\xef\xbb\xbfx,y\n3,c\n\n4,d\n");
  scratch.write("c.csv.gz", test::gzip("x,y\n5,e\n"));
  scratch.write("d.csv.zst", test::zstd("x,y\n6,f"));
  check_scan_of(scratch, {"a.csv"});
  check_scan_of(scratch, {"b.csv"});
  check_scan_of(scratch, {"a.csv", "b.csv", "c.csv.gz", "d.csv.zst"});
  check_scan_of(scratch, {"d.csv.zst", "a.csv"});
}

TEST_CASE("scan: a letter of Latin-1 may end a piece, where it looks like the front of a UTF-8 sequence") {
  const test::Scratch scratch;
  for (int pad = 0; pad < 7; ++pad) { // pieces of 7 bytes: each byte is once at an end
    scratch.write("a.csv", repeated("x", pad) + "x,y\n1,\xe9\n2,b\xe9\xe9\n3,\xe9\xe9\xe9z\n4,\xe9");
    check_scan_of(scratch, {"a.csv"});
    scratch.write("b.csv", repeated("x", pad) + "x,y\n1,\u00e9\n2,b\u20ac\u20ac\n3,\u00e9\U0001f600z\n");
    check_scan_of(scratch, {"b.csv"});
  }
}

TEST_CASE("scan: random tables, well-formed, are what reading them at once gives") {
  constexpr std::array<std::string_view, 14> k_cells = {"1",   "2.5",  "",         "NA",         "-0",
                                                        "yes", "no",   "a b",      "\"q\n, x\"", "2024-02-03",
                                                        "007", "1e99", "\"\"\"\"", "inf"};
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    std::uint64_t next = 0;
    const auto below = [&](std::size_t n) { return random_below(n, seed, 2, next++); };
    const std::size_t columns = 1 + below(4);
    const std::size_t kinds = 1 + below(k_cells.size());
    const std::size_t first_kind = below(k_cells.size());
    std::string bytes;
    for (std::size_t row = 0, rows = 1 + below(60); row <= rows; ++row) {
      for (std::size_t i = 0; i < columns; ++i) {
        bytes += i > 0 ? "," : "";
        bytes +=
            row == 0 ? fmt::format("column_{}", i) : k_cells[(first_kind + below(kinds)) % k_cells.size()];
      }
      bytes += seed % 2 == 0 ? "\n" : "\r\n";
    }
    const test::Scratch scratch;
    scratch.write("random.csv", bytes);
    CAPTURE(bytes);
    check_scan_of(scratch, {"random.csv"});
  }
}

TEST_CASE("scan: above a million words the different ones are estimated, frequent ones counted on") {
  const test::Scratch scratch;
  std::string bytes = "word,x\n";
  constexpr int k_rows = 1'300'000;
  for (int i = 0; i < k_rows; ++i) {
    bytes += i % 100 == 0 ? fmt::format("often,{}\n", i % 3) : fmt::format("w{},{}\n", i, i % 3);
  }
  const std::vector<Source> sources = {{scratch.write("words.csv", bytes), "words.csv"}};
  ReadOptions options;
  options.threads = 2;
  const TableScan scan = scan_table(sources, options);
  const ColumnProfile& word = scan.profile.columns.front();
  CHECK(word.count == k_rows);
  CHECK(word.type == ColumnType::text);
  CHECK(word.unique_error > 0);
  // 1,300,000 rows less 13,000 of one word: 1,287,001 different ones
  CHECK(std::abs(static_cast<double>(word.unique) / 1'287'001 - 1) < 4 * word.unique_error);
  REQUIRE(word.top.size() == 1);
  CHECK(word.top.front() == std::pair<std::string, std::int64_t>("often", 13'000));
  options.threads = 1;
  CHECK(shown(scan_pieces(sources, options, 100'000)) == shown(scan)); // wherever the pieces end
}

TEST_CASE("scan: errors name file and line, in any piece") {
  const test::Scratch scratch;
  const std::string head = "x,y\n" + repeated("1,a\n", 10);
  CHECK(failure_of(scratch, head + "2,b,c\n" + head) == "bad.csv:12: 3 fields, expected 2");
  CHECK(failure_of(scratch, head + "2,\"b\n").starts_with("bad.csv:12: "));
  CHECK(failure_of(scratch, "").find("the file is empty") != std::string::npos);
  ReadOptions declared;
  declared.columns["x"].type = "number";
  declared.columns["y"].type = "boolean";
  CHECK(failure_of(scratch, "x,y\n1,yes\n2,no\nmany,yes\n3,perhaps\n", declared) ==
        "bad.csv:4: a value of column 'x' is no number");
  CHECK(failure_of(scratch, "x,y\n1,yes\n2,perhaps\nmany,yes\n", declared) ==
        "bad.csv:3: a value of column 'y' is no boolean");
}

TEST_CASE("scan: the tap gets the stored bytes once, in order, and its failure ends the scan") {
  const test::Scratch scratch;
  const std::string bytes = "x,y\n" + repeated("1,a\n", 1000) + "word,b\n"; // read twice
  const std::vector<Source> sources = {{scratch.write("a.csv", bytes), "a.csv"}};
  for (const unsigned threads : {1U, 2U}) {
    ReadOptions options;
    options.threads = threads;
    std::string got;
    options.tap = [&](std::string_view part) { got += part; };
    static_cast<void>(scan_pieces(sources, options, 100));
    CHECK(got == bytes);
    options.tap = [](std::string_view) { throw Error(ErrorCode::environment, "no space"); };
    CHECK_THROWS_WITH_AS(static_cast<void>(scan_pieces(sources, options, 100)), "no space", Error);
  }
}

TEST_CASE("scan: long texts are no booleans, and what is looked at for personal data is not all of them") {
  const test::Scratch scratch;
  const std::string words(10'000, 'x');
  scratch.write("long.csv", "a,b,mail\nyes,true,\"a@b.org\"\nno" + words + ",false" + words + ",\"c@d.org" +
                                words + "\"\n");
  check_scan_of(scratch, {"long.csv"});
}

TEST_CASE("scan: a column of few values takes little room, so that ten thousand of them do") {
  CHECK(sizeof(ColumnScan) < 2048); // sketches, 16 KiB each, are made where a column needs them
}

} // namespace mlp::dataset
