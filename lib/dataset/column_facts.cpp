#include "dataset/column_facts.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string_view>

namespace mlp::dataset {
namespace {

bool holds_words_without_blank(const Column& column) {
  return std::none_of(column.categories.begin(), column.categories.end(),
                      [](const std::string& text) { return text.find(' ') != std::string::npos; });
}

bool holds_whole_numbers(const Column& column) {
  return std::all_of(column.numbers.begin(), column.numbers.end(),
                     [](double value) { return std::isnan(value) || value == std::trunc(value); });
}

ColumnFacts facts_of_one(const Column& column, const Format& format) {
  ColumnFacts facts;
  facts.like_names = like_names(column);
  facts.misfits = column.misfits.size();
  facts.first_misfit = column.misfits.empty() ? 0 : column.misfits.front();
  if (column.type == ColumnType::category && column.categories.size() <= k_most_spelt) {
    const std::vector<std::string_view> words(column.categories.begin(), column.categories.end());
    facts.spellings = spellings_among(words);
  }
  facts.personal = personal_data(column);
  facts.declared = column.personal.has_value();
  if (!format.parquet) { // there numbers are numbers, and words were meant as such
    look_at_writing(facts, column, format.numbers);
  }
  facts.like_thousands =
      column.like_thousands && std::all_of(column.numbers.begin(), column.numbers.end(), in_thousandths);
  return facts;
}

} // namespace

bool like_names(const Column& column) {
  return column.type == ColumnType::number ? holds_whole_numbers(column)
                                           : !column.is_numeric() && holds_words_without_blank(column);
}

bool in_thousandths(double value) {
  const double thousands = value * 1000;
  return std::isnan(value) ||
         (std::fabs(value) < 1000 && std::fabs(thousands - std::round(thousands)) < 1e-6);
}

void look_at_writing(ColumnFacts& facts, const Column& column, NumberStyle declared) {
  if (column.is_numeric()) {
    return;
  }
  facts.written = written_form(looked_at(column), declared);
  if (facts.written && facts.personal && facts.personal->kind == k_phone_numbers) {
    facts.personal.reset();
  }
}

void mask_personal(Profile& profile, const std::vector<ColumnFacts>& facts) {
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (facts[i].personal) {
      mask_personal(profile.columns[i]);
    }
  }
}

std::vector<ColumnFacts> facts_of(const Table& table) {
  std::vector<ColumnFacts> facts;
  facts.reserve(table.columns.size());
  std::transform(table.columns.begin(), table.columns.end(), std::back_inserter(facts),
                 [&](const Column& column) { return facts_of_one(column, table.format); });
  return facts;
}

} // namespace mlp::dataset
