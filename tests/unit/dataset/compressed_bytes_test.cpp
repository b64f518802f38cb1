#include "dataset/compressed_bytes.hpp"

#include "base/error.hpp"
#include "unit/dataset/packed_bytes.hpp"

#include <doctest/doctest.h>

#include <string>

namespace mlp::dataset {
namespace {

using namespace std::string_literals;

std::string unpack(const std::string& stored, std::size_t piece = 7) {
  const auto stream = unpacked(stream_of(stored), compression_of(stored, "f"), "f");
  std::string out;
  while (append_bytes(*stream, out, piece)) {
  }
  return out;
}

std::string refusal(const std::string& stored) {
  try {
    static_cast<void>(unpack(stored));
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::input);
    return error.what();
  }
  return {};
}

std::string long_text() {
  std::string text;
  for (int i = 0; i < 5000; ++i) {
    text += std::to_string(i * 7919) + ",";
  }
  return text;
}

} // namespace

TEST_CASE("unpacked: gzip and zstd give back what was packed; other bytes are passed through") {
  const std::string text = long_text();
  CHECK(unpack(test::gzip(text)) == text);
  CHECK(unpack(test::zstd(text)) == text);
  CHECK(unpack(text) == text);
  CHECK(unpack("") == "");
}

TEST_CASE(
    "unpacked: all members of a gzip file and all frames of a zstd file; padding behind gzip is ignored") {
  CHECK(unpack(test::gzip("a\n") + test::gzip("b\n")) == "a\nb\n");
  CHECK(unpack(test::zstd("a\n") + test::zstd("b\n")) == "a\nb\n");
  CHECK(unpack(test::gzip("a\n") + "\0\0\0"s) == "a\n");
}

TEST_CASE("unpacked: a file cut at any byte is an error, never a shorter table") {
  const std::string text = "a,b\n1,2\n3,4\n";
  for (const std::string& stored : {test::gzip(text), test::zstd(text)}) {
    for (std::size_t size = 4; size < stored.size(); ++size) {
      CAPTURE(size);
      CHECK(refusal(stored.substr(0, size)) == "cannot unpack 'f': the file is truncated");
    }
  }
}

TEST_CASE("unpacked: a byte that was changed is found") {
  std::string stored = test::gzip(long_text());
  stored[stored.size() / 2] = static_cast<char>(stored[stored.size() / 2] ^ 1);
  CHECK(refusal(stored).substr(0, 18) == "cannot unpack 'f':");
  CHECK(refusal(test::gzip("a\n") + "rest").substr(0, 18) == "cannot unpack 'f':");
}

TEST_CASE("compression_of: archives and formats that are no text are refused by name") {
  CHECK(refusal("PK\x03\x04...") ==
        "cannot read 'f': it is a zip archive or a spreadsheet, and must be CSV (.gz and .zst may be)");
  CHECK(refusal("BZh91AY&SY") ==
        "cannot read 'f': it is compressed by bzip2, and must be CSV (.gz and .zst may be)");
}

} // namespace mlp::dataset
