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
  const double scaled = std::round(size * k_powers_of_ten[decimals]);
  if (!((size >= k_smallest || size == 0) && scaled < k_exact &&
        scaled / k_powers_of_ten[decimals] == size)) {
    return false;
  }
  auto digits = static_cast<std::uint64_t>(scaled);
  for (; decimals > 0 && digits % 10 == 0; --decimals) {
    digits /= 10;
  }
  const auto scale = static_cast<std::uint64_t>(k_powers_of_ten[decimals]);
  const fmt::format_int whole(digits / scale);
  const fmt::format_int fraction(digits % scale + scale); // a leading 1 keeps the zeros behind the point
  const std::size_t sign = value < 0 ? 1 : 0;
  const fmt::format_int length(sign + whole.size() + (decimals > 0 ? 1 + decimals : 0));
  out.append(length.data(), length.size());
  out += sign > 0 ? ":-" : ":";
  out.append(whole.data(), whole.size());
  if (decimals > 0) {
    out += '.';
    out.append(fraction.data() + 1, decimals);
  }
  out += ',';
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
    if (column.missing(row)) {
      out += '~';
      continue;
    }
    switch (column.type) {
    case ColumnType::number:
      append_number(column.numbers[row], source.decimals, out);
      break;
    case ColumnType::boolean:
      out += source.known[column.numbers[row] != 0 ? 1 : 0];
      break;
    case ColumnType::datetime:
      append_netstring(column.text(row), out);
      break;
    case ColumnType::category:
    case ColumnType::text:
      out += source.known[static_cast<std::size_t>(column.codes[row])];
      break;
    }
  }
}

} // namespace mlp::dataset
