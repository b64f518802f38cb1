#include "dataset/plain_words.hpp"
#include "validation/order_checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace mlp::validation {
namespace {

constexpr std::size_t k_few_rows = 4;    // of fewer, a sum is soon there by chance
constexpr std::size_t k_few_summed = 2;  // columns: one may be a running total
constexpr std::size_t k_few_addends = 3; // rows of a column that are not zero
constexpr auto k_words = std::to_array<std::string_view>(
    {"total",         "totals", "grand total", "sub total",     "subtotal",
     "overall total", "sum",    "sums",        "gesamt",        "gesamtsumme",
     "insgesamt",     "summe",  "zusammen",    "somme",         "total g\xc3\xa9n\xc3\xa9ral",
     "totaux",        "suma",   "totale",      "somma",         "totaal",
     "totalt",        "summa",  "soma",        "total general", "totales",
     "razem"});

bool is_total_word(std::string_view text) {
  const std::string plain = dataset::plain_words(text);
  std::string_view word = plain;
  while (word.ends_with(':') || word.ends_with('.') || word.ends_with(' ')) {
    word.remove_suffix(1);
  }
  return std::find(k_words.begin(), k_words.end(), word) != k_words.end();
}

/// The column whose last value alone says that it is a total.
const dataset::Column* named_total(const dataset::Table& table) {
  for (const dataset::Column& column : table.columns) {
    if (column.codes.empty() || column.codes.back() < 0 ||
        std::count(column.codes.begin(), column.codes.end(), column.codes.back()) > 1) {
      continue;
    }
    if (is_total_word(column.text(table.rows - 1))) {
      return &column;
    }
  }
  return nullptr;
}

/// Whether the last number is the sum of those above it; nothing where it says nothing.
std::optional<bool> ends_in_sum(const dataset::Column& column) {
  if (column.type != dataset::ColumnType::number || std::isnan(column.numbers.back())) {
    return std::nullopt;
  }
  double sum = 0;
  double size = 0;
  std::size_t addends = 0;
  for (std::size_t row = 0; row + 1 < column.numbers.size(); ++row) {
    const double value = std::isnan(column.numbers[row]) ? 0 : column.numbers[row];
    sum += value;
    size += std::fabs(value);
    addends += value != 0 ? 1U : 0U;
  }
  if (addends < k_few_addends) {
    return std::nullopt;
  }
  return std::fabs(column.numbers.back() - sum) <= 1e-9 * size;
}

} // namespace

void check_totals_row(const Subject& subject, Findings& findings) {
  constexpr const char* id = "totals_row";
  const dataset::Table& table = subject.table;
  if (table.rows < k_few_rows) {
    findings.skip(id, fmt::format("fewer than {} rows", k_few_rows));
    return;
  }
  std::size_t summed = 0;
  std::size_t others = 0;
  for (const dataset::Column& column : table.columns) {
    if (const auto sum = ends_in_sum(column)) {
      (*sum ? summed : others) += 1;
    }
  }
  const dataset::Column* named = named_total(table);
  const bool sums = summed >= k_few_summed && others <= summed; // a year or a mean may stand beside them
  std::string why;
  if (named != nullptr) {
    why = fmt::format("the last row is '{}' in '{}'", named->text(table.rows - 1), named->name);
  } else if (sums) {
    why = fmt::format("the last row holds the sums of {} columns", summed);
  }
  if (!why.empty()) {
    why += ": it would be learnt from as a row like the others; remove it from the file";
  }
  const CheckStatus status = why.empty() ? CheckStatus::pass : CheckStatus::warn;
  Check& check = findings.add(id, status, std::move(why), named == nullptr ? "" : named->name);
  check.observed = static_cast<double>(named != nullptr || sums ? 1 : 0);
  check.limit = 0;
  check.n = static_cast<std::int64_t>(table.rows);
  if (check.status == CheckStatus::warn) {
    check.rows = {static_cast<std::int64_t>(table.rows)};
  }
}

} // namespace mlp::validation
