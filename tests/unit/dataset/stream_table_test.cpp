#include "dataset/table_stream.hpp"
#include "support/scratch.hpp"
#include "unit/dataset/csv_text.hpp"
#include "unit/dataset/packed_bytes.hpp"

#include <doctest/doctest.h>

namespace mlp::dataset {
namespace {

std::vector<Table> pieces_of(const Source& source, const ReadOptions& options, std::size_t rows_at_once,
                             std::size_t piece_bytes = 8) {
  std::vector<Table> pieces;
  stream_pieces(source, options, rows_at_once, piece_bytes, [&](Table&& piece) {
    pieces.push_back(std::move(piece));
    return true;
  });
  return pieces;
}

std::string failure_of(const Source& source, const ReadOptions& options = {}) {
  try {
    static_cast<void>(pieces_of(source, options, 2));
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

} // namespace

TEST_CASE("stream: pieces have at most the rows asked for, types as given, and text for the rest") {
  const test::Scratch scratch;
  ReadOptions options;
  options.types["a"] = ColumnType::number;
  const auto pieces = pieces_of({scratch.write("d.csv", "a,b\n1,x\n2,y\nz,2\n"), "d.csv"}, options, 2);
  REQUIRE(pieces.size() == 2);
  CHECK(pieces[0].rows == 2);
  CHECK(pieces[1].rows == 1);
  CHECK(pieces[0].columns[0].type == ColumnType::number);
  CHECK(pieces[1].columns[1].type == ColumnType::text);
  CHECK(pieces[1].columns[0].misfits == std::vector<std::uint32_t>{0});
  CHECK(pieces[0].columns[1].categories == std::vector<std::string>{"x", "y"});
}

TEST_CASE("stream: compressed files, Latin-1 and byte order marks as in a whole file") {
  const test::Scratch scratch;
  for (const std::string& bytes :
       {test::gzip("a,b\n1,caf\xe9\n"), test::zstd("a,b\n1,caf\xe9\n"), std::string("a,b\n1,caf\xe9\n"),
        std::string("\xef\xbb\xbf"
                    "a,b\n1,caf\xc3\xa9\n")}) {
    const auto pieces = pieces_of({scratch.write("d", bytes), "d"}, {}, 10, 3);
    REQUIRE(pieces.size() == 1);
    CHECK(pieces[0].column("b").text(0) == "caf\xc3\xa9");
    CHECK(pieces[0].columns[0].name == "a");
  }
}

TEST_CASE("stream: quotes escaped by backslashes are read as in a whole file") {
  const test::Scratch scratch;
  const Source source = {scratch.write("d.csv", "a,b\n1,\"8\\\" pipe, long\"\n2,x\n"), "d.csv"};
  const auto pieces = pieces_of(source, {}, 1, 3);
  REQUIRE(pieces.size() == 2);
  CHECK(pieces[0].column("b").text(0) == "8\" pipe, long");
  CHECK(test::notes_of(pieces[0]).find("escaped by backslashes") != std::string::npos);
}

TEST_CASE("stream: the line of an error counts from the start of the file") {
  const test::Scratch scratch;
  CHECK(failure_of({scratch.write("d.csv", "a,b\r\n1,\"x\r\ny\"\r\n\r\n3,4\r\n5,6\r\n7\r\n"), "d.csv"}) ==
        "d.csv:7: 1 field, expected 2");
  CHECK(failure_of({scratch.write("d.csv", "a,b\n1,2\n3,4\n5,6\n7,\"x\n"), "d.csv"}) ==
        "d.csv:5: the quote that opens field 2 is never closed");
  CHECK(failure_of({scratch.write("d.csv", "a,b\n1,\xc3\xa9\n3,4\n5,6\n7,\xe9\n"), "d.csv"}) ==
        "d.csv:5: byte 0xE9 is no UTF-8");
}

TEST_CASE("stream: a table without rows is handed over once, so that its columns are known") {
  const test::Scratch scratch;
  const auto pieces = pieces_of({scratch.write("d.csv", "a,b\n"), "d.csv"}, {}, 10);
  REQUIRE(pieces.size() == 1);
  CHECK(pieces[0].rows == 0);
  CHECK(pieces[0].columns.size() == 2);
}

TEST_CASE("stream: stops where the taker has enough") {
  const test::Scratch scratch;
  int taken = 0;
  stream_table({scratch.write("d.csv", "a,b\n1,2\n3,4\n5,6\n"), "d.csv"}, {}, 1,
               [&](Table&&) { return ++taken < 2; });
  CHECK(taken == 2);
}

TEST_CASE("stream: blank lines are counted once, and one column keeps them as missing values") {
  const test::Scratch scratch;
  const auto pieces = pieces_of({scratch.write("d.csv", "a\r\n1\r\n\r\n2\r\n"), "d.csv"}, {}, 1, 1);
  REQUIRE(pieces.size() == 3);
  CHECK(pieces[1].columns[0].missing(0));
}

} // namespace mlp::dataset
