#include "dataset/csv_structure.hpp"

#include <doctest/doctest.h>

#include <string>

namespace mlp::dataset {
namespace {

std::size_t records(const Structure& structure) {
  std::size_t count = 0;
  for (const Chunk& chunk : structure.chunks) {
    count += chunk.most_records;
  }
  return count;
}

} // namespace

TEST_CASE("structure: chunks of any size join without gap, hold whole records and count them") {
  std::string text;
  for (int i = 0; i < 40; ++i) {
    text += std::to_string(i) + ",\"a \"\"quoted\"\"\nfield, with all\r\n of it\",x\r\n";
  }
  for (std::size_t chunk_bytes = 1; chunk_bytes < 200; ++chunk_bytes) {
    CAPTURE(chunk_bytes);
    const Structure structure = structure_of(text, 0, chunk_bytes, BlankLine::skipped, 2);
    std::size_t at = 0;
    for (const Chunk& chunk : structure.chunks) {
      CHECK(chunk.begin == at);
      CHECK(text.substr(chunk.end - 4, 4) == ",x\r\n");
      at = chunk.end;
    }
    CHECK(at == text.size());
    CHECK(structure.tail == text.size());
    CHECK(records(structure) == 40);
  }
}

TEST_CASE("structure: blank lines are no records, or each one is") {
  const std::string text = "\n\r\na\n\n\nb\r\rc\r\n\r\n";
  for (std::size_t chunk_bytes = 1; chunk_bytes <= text.size(); ++chunk_bytes) {
    CAPTURE(chunk_bytes);
    CHECK(records(structure_of(text, 0, chunk_bytes, BlankLine::skipped, 1)) == 3); // a, b, c
    // line ends: LF, CRLF, a LF, LF, LF, b CR, CR, c CRLF, CRLF
    CHECK(records(structure_of(text, 0, chunk_bytes, BlankLine::record, 1)) == 9);
  }
}

TEST_CASE("structure: what follows the last line end is the tail; an open quote reaches to the end") {
  CHECK(structure_of("a\nb", 0, 100, BlankLine::skipped, 1).tail == 2);
  CHECK(structure_of("a\n\"b\nc\n", 0, 100, BlankLine::skipped, 1).tail == 2);
  CHECK(structure_of("a\nb\n", 2, 100, BlankLine::skipped, 1).chunks.front().begin == 2);
}

TEST_CASE("take_records: takes whole records up to a number, and none that is cut") {
  const Taken two = take_records("a\n\"b\n\",c\nd\n", 2, BlankLine::skipped);
  CHECK(two.records == 2);
  CHECK(two.bytes == 9);
  CHECK(take_records("a,b", 1, BlankLine::skipped).bytes == 0);
  CHECK(take_records("a\nb", 5, BlankLine::skipped).records == 1);
}

TEST_CASE("line_of: LF, CRLF and CR each end a line") {
  const std::string text = "a\nb\r\nc\rd";
  CHECK(line_of(text, 0) == 1);
  CHECK(line_of(text, 2) == 2);
  CHECK(line_of(text, 5) == 3);
  CHECK(line_of(text, 7) == 4);
}

} // namespace mlp::dataset
