#include "dataset/row_text.hpp"

#include <fmt/compile.h>
#include <fmt/format.h>

#include <array>
#include <cmath>
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

/// As shortest(), without its string: this runs once a value of a table.
void append_number(double value, std::string& out) {
  constexpr double k_exact = 1e15; // whole numbers below it print as their digits
  if (std::abs(value) < k_exact && value == std::trunc(value)) {
    const fmt::format_int digits(static_cast<std::int64_t>(value));
    append_netstring({digits.data(), digits.size()}, out);
    return;
  }
  std::array<char, 32> text{};
  const char* const end = fmt::format_to(text.data(), FMT_COMPILE("{}"), value);
  append_netstring({text.data(), static_cast<std::size_t>(end - text.data())}, out);
}

} // namespace

RowText::RowText(const Table& table, const std::vector<std::string>& columns) {
  for (const std::string& name : columns) {
    Source source;
    source.column = &table.column(name);
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
      append_number(column.numbers[row], out);
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
