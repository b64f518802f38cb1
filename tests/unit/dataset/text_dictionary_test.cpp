#include "dataset/text_dictionary.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>

namespace mlp::dataset {
namespace {

std::uint32_t add(TextDictionary& dictionary, std::string_view text) {
  return dictionary.index_of(text, 0, TextDictionary::Lifetime::of_call);
}

} // namespace

TEST_CASE("text dictionary: equal texts share an index, others do not, whatever their size") {
  TextDictionary dictionary;
  for (int round = 0; round < 2; ++round) {
    std::uint32_t next = 0;
    for (std::size_t size = 0; size < 40; ++size) {
      CHECK(add(dictionary, std::string(size, 'a')) == next++);
    }
  }
  CHECK(dictionary.entries().size() == 40);
}

TEST_CASE("text dictionary: texts of one size, front and end are told apart by their middle") {
  TextDictionary dictionary;
  const std::string front = "https://example.org/";
  for (int i = 1000; i < 9000; ++i) {
    CHECK(add(dictionary, front + std::to_string(i) + "/index.html") == static_cast<std::uint32_t>(i - 1000));
  }
  CHECK(add(dictionary, front + "1000/index.html") == 0);
}

TEST_CASE("text dictionary: short texts that differ in one byte are different") {
  std::set<std::uint32_t> indices;
  TextDictionary dictionary;
  for (std::size_t size = 1; size <= 17; ++size) {
    for (std::size_t at = 0; at < size; ++at) {
      std::string text(size, 'x');
      text[at] = 'y';
      indices.insert(add(dictionary, text));
    }
  }
  CHECK(indices.size() == 17 * 18 / 2);
}

TEST_CASE("text dictionary: remembers where a text was first seen, and copies where it must") {
  TextDictionary dictionary;
  std::string buffer = "first";
  CHECK(dictionary.index_of(buffer, 7, TextDictionary::Lifetime::of_call) == 0);
  buffer = "other";
  CHECK(dictionary.index_of("first", 9, TextDictionary::Lifetime::of_file) == 0);
  CHECK(dictionary.entries()[0].text == "first");
  CHECK(dictionary.entries()[0].place == 7);
}

} // namespace mlp::dataset
