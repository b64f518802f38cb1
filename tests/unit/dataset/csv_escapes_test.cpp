#include "dataset/csv_escapes.hpp"

#include <doctest/doctest.h>

namespace mlp::dataset {
namespace {

std::string rewritten(std::string text) {
  EscapeRewriter().rewrite(text, 0);
  return text;
}

bool escapes(std::string_view text, std::size_t sample_bytes = 1000) {
  return escapes_by_backslash(text, sample_bytes, {});
}

} // namespace

TEST_CASE("escapes: a backslash before a quote inside quotes becomes a quote, and nothing else changes") {
  CHECK(rewritten(R"(a,"8\" pipe",\"x)") == R"(a,"8"" pipe",\"x)");
  CHECK(rewritten(R"("a\\",b\,"c\n\"")") == R"("a\\",b\,"c\n""")");
  CHECK(rewritten(R"("a""b","\\\"")") == R"("a""b","\\""")");
}

TEST_CASE("escapes: it does not matter where the text is cut into pieces") {
  const std::string text = R"("8\" pipe","a\\","\"","x")";
  const std::string expected = rewritten(text);
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    CAPTURE(cut);
    EscapeRewriter rewriter;
    std::string read = text.substr(0, cut);
    rewriter.rewrite(read, 0);
    read += text.substr(cut);
    rewriter.rewrite(read, cut);
    CHECK(read == expected);
  }
}

TEST_CASE("escapes: a table has them where it is even with them, and only then") {
  const std::string table = "id,size\n1,\"8\\\" pipe, long\"\n2,\"9\"\n";
  CHECK(escapes(table));
  CHECK(escapes(table, table.size() - 2)); // the last line is cut
  CHECK_FALSE(escapes("id,size\n1,8\n2,9\n"));
  CHECK_FALSE(escapes("id,folder\n1,\"c:\\\"\n2,\"d:\\\"\n"));      // even as it is
  CHECK_FALSE(escapes("id,size\n1,\"8\\\" pipe\" x\"\n2,\"9\"\n")); // malformed either way
}

} // namespace mlp::dataset
