#include "dataset/row_text.hpp"

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/random.hpp"
#include "support/tables.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>

using namespace mlp;
using namespace mlp::dataset;
using namespace mlp::test;

namespace {

std::string text_of(const Table& table, const std::vector<std::string>& columns, std::size_t row) {
  std::string text;
  RowText(table, columns).append(row, text);
  return text;
}

} // namespace

TEST_CASE("each value is a netstring, a missing one a tilde, in the order asked for") {
  const Table table =
      table_of({number_column("n", {0.25, k_missing_number}), category_column("c", {"a,b", ""}),
                boolean_column("b", {1, 0}), datetime_column("d", {0, 1})});
  CHECK(text_of(table, {"n", "c", "b", "d"}, 0) == "4:0.25,3:a,b,3:Yes,10:1970-01-01,");
  CHECK(text_of(table, {"d", "n", "c"}, 1) == "20:1970-01-01T00:00:01Z,~~");
}

TEST_CASE("values cannot be confused by joining them, nor a missing one with a tilde") {
  const Table table =
      table_of({category_column("a", {"ab", "a", "~", ""}), category_column("b", {"c", "bc", "", "~"})});
  std::vector<std::string> texts;
  for (std::size_t row = 0; row < table.rows; ++row) {
    texts.push_back(text_of(table, {"a", "b"}, row));
  }
  for (std::size_t i = 0; i < texts.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      CHECK(texts[i] != texts[j]);
    }
  }
}

TEST_CASE("numbers are written as shortest() writes them, whatever their size; −0 is 0") {
  std::vector<double> numbers = {0,   -1,   1e15, 999'999'999'999'999, -1e15, 1e16, 1e300,
                                 0.1, 1e-5, -2.5, 123456.789};
  for (std::uint64_t i = 0; i < 1000; ++i) {
    if (const auto any = std::bit_cast<double>(random_bits(3, 0, i)); std::isfinite(any)) {
      numbers.push_back(any);
    }
  }
  for (int i = -3000; i < 3000; ++i) {
    numbers.push_back(i * 7 / 100.0);
    numbers.push_back(i * 1234.5678);
    numbers.push_back(i / 1e7);
    numbers.push_back(i + 0.000'5);
  }
  const Table table = table_of({number_column("n", numbers)});
  for (std::size_t row = 0; row < numbers.size(); ++row) {
    const std::string text = shortest(numbers[row] + 0.0);
    CHECK(text_of(table, {"n"}, row) == fmt::format("{}:{},", text.size(), text));
  }
  std::reverse(numbers.begin(),
               numbers.end()); // the first numbers decide what is quick, never what is written
  const Table turned = table_of({number_column("n", numbers)});
  for (std::size_t row = 0; row < numbers.size(); ++row) {
    CHECK(text_of(turned, {"n"}, row) == text_of(table, {"n"}, numbers.size() - 1 - row));
  }
  CHECK(text_of(table_of({number_column("n", {-0.0})}), {"n"}, 0) == "1:0,");
}

TEST_CASE("a column that the table lacks is refused") {
  CHECK_THROWS_AS(RowText(table_of({number_column("n", {1})}), {"m"}), Error);
}
