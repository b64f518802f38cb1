#include "dataset/row_text.hpp"

#include "base/json.hpp"

#include <fmt/compile.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string_view>

namespace mlp::dataset {
namespace {

void append_netstring(std::string_view text, std::string& out) {
  const fmt::format_int length(text.size());
  out.append(length.data(), length.size());
  out += ':';
  out += text;
  out += ',';
}

constexpr std::array<double, 16> k_powers_of_ten = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                    1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
constexpr double k_exact = 1e15;    // decimals of up to 15 digits are different doubles
constexpr double k_smallest = 1e-4; // below it shortest() writes an exponent

/// Writes a number that has at most `decimals` digits behind the point, 15 in all, as shortest() does; false
/// where it is no such number. Two such decimals are never the same double, so the one found is the shortest.
bool append_decimal(double value, unsigned decimals, std::string& out) {
  const double size = std::abs(value);
  const double power = k_powers_of_ten[decimals];
  const double scaled = size * power;
  if (!((size >= k_smallest || size == 0) && scaled < k_exact)) {
    return false;
  }
  auto whole = static_cast<std::uint64_t>(scaled + 0.5); // NOLINT(bugprone-incorrect-roundings): checked next
  if (static_cast<double>(whole) / power != size) {
    return false;
  }
  for (; decimals > 0 && whole % 10 == 0; --decimals) {
    whole /= 10;
  }
  const fmt::format_int digits(whole);
  const std::size_t zeros =
      digits.size() > decimals ? 0 : decimals + 1 - digits.size(); // 0.05 has the digit 5
  const std::size_t sign = value < 0 ? 1 : 0;
  const std::size_t length = sign + zeros + digits.size() + (decimals > 0 ? 1 : 0); // at most 18
  std::array<char, 24> text{};
  char* at = text.data();
  if (length > 9) {
    *at++ = '1';
  }
  *at++ = static_cast<char>('0' + length % 10);
  *at++ = ':';
  if (sign > 0) {
    *at++ = '-';
  }
  char* const number = at;
  at = std::fill_n(at, zeros, '0');
  at = std::copy_n(digits.data(), digits.size(), at);
  if (decimals > 0) {
    char* const point = number + (zeros + digits.size() - decimals);
    std::copy_backward(point, at, at + 1);
    *point = '.';
    ++at;
  }
  *at++ = ',';
  out.append(text.data(), static_cast<std::size_t>(at - text.data()));
  return true;
}

/// As shortest(), without its string: this runs once a value of a table.
void append_number(double value, unsigned decimals, std::string& out) {
  if (append_decimal(value, decimals, out)) {
    return;
  }
  std::array<char, 32> text{};
  const char* const end = fmt::format_to(text.data(), FMT_COMPILE("{}"), value + 0.0); // + 0.0: −0 becomes 0
  append_netstring({text.data(), static_cast<std::size_t>(end - text.data())}, out);
}

/// How many digits behind the point a column's first numbers have at most.
unsigned usual_decimals(const Column& column) {
  constexpr std::size_t k_sample = 100;
  std::size_t most = 0;
  for (std::size_t row = 0; row < std::min(column.numbers.size(), k_sample); ++row) {
    const std::string text = shortest(column.numbers[row]);
    const std::size_t point = text.find('.');
    if (point != std::string::npos && text.find('e') == std::string::npos) {
      most = std::max(most, text.size() - point - 1);
    }
  }
  return static_cast<unsigned>(std::min<std::size_t>(most, k_powers_of_ten.size() - 1));
}

} // namespace

RowText::RowText(const Table& table, const std::vector<std::string>& columns) {
  for (const std::string& name : columns) {
    Source source;
    source.column = &table.column(name);
    source.decimals = usual_decimals(*source.column);
    const bool is_boolean = source.column->type == ColumnType::boolean;
    for (const std::string& text : is_boolean ? source.column->spellings : source.column->categories) {
      append_netstring(text, source.known.emplace_back());
    }
    sources_.push_back(std::move(source));
  }
}

void RowText::append(std::size_t row, std::string& out) const {
  for (const Source& source : sources_) {
    const Column& column = *source.column;
    const bool is_coded = column.type == ColumnType::category || column.type == ColumnType::text;
    if (is_coded ? column.codes[row] < 0 : std::isnan(column.numbers[row])) {
      out += '~';
    } else if (is_coded) {
      out += source.known[static_cast<std::size_t>(column.codes[row])];
    } else if (column.type == ColumnType::number) {
      append_number(column.numbers[row], source.decimals, out);
    } else if (column.type == ColumnType::boolean) {
      out += source.known[column.numbers[row] != 0 ? 1 : 0];
    } else {
      append_netstring(column.text(row), out);
    }
  }
}

} // namespace mlp::dataset
