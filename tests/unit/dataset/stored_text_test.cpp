#include "dataset/stored_text.hpp"

#include "packed_bytes.hpp"

#include <doctest/doctest.h>

using mlp::dataset::ReadOptions;
using mlp::dataset::text_of;

TEST_CASE("a compressed text is kept in memory once: rewritten as UTF-8, or as it was unpacked") {
  std::string latin1;
  for (int line = 0; line < 1000; ++line) {
    latin1 += "Malm\xF6,1\n";
  }
  const std::string stored = mlp::test::gzip(latin1);
  const auto rewritten = text_of(stored, "a.csv.gz", ReadOptions());
  CHECK(rewritten->decoded.encoding == "latin-1");
  CHECK(rewritten->decoded.text.starts_with("Malm\xC3\xB6,1\n"));
  CHECK(rewritten->decoded.text.size() == latin1.size() + 1000);
  CHECK(rewritten->unpacked.capacity() < latin1.size());

  const std::string plain = mlp::test::gzip("a,b\n1,2\n");
  const auto as_it_was = text_of(plain, "b.csv.gz", ReadOptions());
  CHECK(as_it_was->decoded.text == "a,b\n1,2\n");
  CHECK(as_it_was->decoded.decoded.empty());
}
