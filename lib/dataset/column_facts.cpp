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

ColumnFacts facts_of_one(const Column& column) {
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
  return facts;
}

} // namespace

bool like_names(const Column& column) {
  return column.type == ColumnType::number ? holds_whole_numbers(column)
                                           : !column.is_numeric() && holds_words_without_blank(column);
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
  std::transform(table.columns.begin(), table.columns.end(), std::back_inserter(facts), facts_of_one);
  return facts;
}

} // namespace mlp::dataset
