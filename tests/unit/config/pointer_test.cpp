#include "config/pointer.hpp"

#include "base/error.hpp"

#include <doctest/doctest.h>

using mlp::config::DatasetPointer;
using mlp::config::format_pointer;
using mlp::config::parse_pointer;

namespace {

const DatasetPointer k_pointer = {mlp::sha256("abc"), 3974305, 32561, 1};

std::string error_of(const std::string& text) {
  try {
    static_cast<void>(parse_pointer(text, "data/a.csv.mlp"));
  } catch (const mlp::Error& error) {
    CHECK(error.hints().back() == (text.find("<<<") == std::string::npos
                                       ? "run `mlp data add data/a.csv` to write it anew"
                                       : "correct 'data/a.csv.mlp' at line 2"));
    return error.what();
  }
  return "no error";
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

} // namespace

TEST_CASE("a pointer is five stable lines") {
  // SHA-256 of "abc": FIPS 180-2, appendix B.1
  CHECK(format_pointer(k_pointer) ==
        "schema: mlp.pointer/1\n"
        "dataset: ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n"
        "bytes: 3974305\nrows: 32561\nfiles: 1\n");
  CHECK(parse_pointer(format_pointer(k_pointer), "f") == k_pointer);
}

TEST_CASE("a damaged pointer is refused with file, line and column") {
  const std::string good = format_pointer(k_pointer);
  CHECK(error_of(replaced(good, "mlp.pointer/1", "mlp.pointer/2")) ==
        "data/a.csv.mlp:1:9: schema 'mlp.pointer/2' is not 'mlp.pointer/1', the one that this version reads");
  CHECK(
      error_of(replaced(good, "ba7816bf", "BA7816BF")).rfind("data/a.csv.mlp:2:10: 'dataset' is 'BA78", 0) ==
      0);
  CHECK(error_of(replaced(good, "rows: 32561\n", "")) ==
        "data/a.csv.mlp:1:1: 'rows' is missing: a whole number");
  CHECK(error_of(replaced(good, "32561", "-1")) == "data/a.csv.mlp:4:7: 'rows' is -1; it must be at least 0");
  CHECK(error_of(good + "row: 1\n") == "data/a.csv.mlp:6:1: unknown key 'row'; did you mean 'rows'?");
  CHECK(error_of("schema: mlp.pointer/1\n<<<<<<< HEAD\n") == "data/a.csv.mlp:2:1: unresolved merge conflict");
}
