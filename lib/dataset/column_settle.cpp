#include "dataset/column_settle.hpp"

#include "base/time.hpp"

#include <limits>
#include <utility>

namespace mlp::dataset {
namespace {

constexpr double k_no_value = std::numeric_limits<double>::quiet_NaN();

using Texts = std::vector<DistinctTexts::Text>;

/// Chunk-wise codes become indices into the distinct texts. Returns how many values are present.
std::size_t apply_codes(std::vector<std::int32_t>& codes, const DistinctTexts& distinct,
                        const std::vector<RowRange>& ranges) {
  std::size_t present = 0;
  for (std::size_t chunk = 0; chunk < ranges.size(); ++chunk) {
    const auto& map = distinct.codes[chunk];
    for (std::size_t row = ranges[chunk].begin; row < ranges[chunk].end; ++row) {
      codes[row] = map[static_cast<std::size_t>(codes[row])];
      present += codes[row] >= 0 ? 1U : 0U;
    }
  }
  return present;
}

/// Codes become numbers, by a value for each distinct text; NaN is a misfit.
void turn_into_numbers(Column& column, const std::vector<double>& value_of_code) {
  column.numbers.resize(column.codes.size());
  for (std::size_t row = 0; row < column.codes.size(); ++row) {
    const std::int32_t code = column.codes[row];
    column.numbers[row] = code < 0 ? k_no_value : value_of_code[static_cast<std::size_t>(code)];
    if (code >= 0 && column.numbers[row] != column.numbers[row]) {
      column.misfits.push_back(static_cast<std::uint32_t>(row));
    }
  }
  std::vector<std::int32_t>().swap(column.codes);
}

void turn_into_booleans(Column& column, const Texts& texts, const TextCensus& census) {
  std::vector<double> values;
  values.reserve(texts.size());
  for (const auto& each : texts) {
    const auto value = declared_boolean(trimmed(each.text));
    values.push_back(value ? (*value ? 1.0 : 0.0) : k_no_value);
  }
  column.type = ColumnType::boolean;
  column.spellings = census.spellings();
  turn_into_numbers(column, values);
}

double time_value(std::string_view text) {
  const auto time = parse_time(trimmed(text));
  return time ? static_cast<double>(*time) : k_no_value;
}

double number_value(std::string_view text, NumberStyle style) {
  const NumberText number = parse_number(trimmed(text), style);
  const bool has_value = number.fit == NumberFit::exact || number.fit == NumberFit::identifier;
  return has_value ? number.value : k_no_value;
}

/// `type`: datetime or number.
void turn_into(ColumnType type, Column& column, const Texts& texts, NumberStyle style) {
  std::vector<double> values;
  values.reserve(texts.size());
  for (const auto& each : texts) {
    values.push_back(type == ColumnType::datetime ? time_value(each.text) : number_value(each.text, style));
  }
  column.type = type;
  turn_into_numbers(column, values);
}

void keep_as_texts(Column& column, const Texts& texts, ColumnType type) {
  column.type = type;
  column.categories.reserve(texts.size());
  for (const auto& each : texts) {
    column.categories.emplace_back(each.text);
  }
}

/// The first text that is no `type` (datetime or number).
std::optional<ChunkPlace> first_misfit(ColumnType type, const Texts& texts, NumberStyle style) {
  std::optional<ChunkPlace> first;
  for (const auto& each : texts) {
    const std::string_view text = trimmed(each.text);
    const bool fits = type == ColumnType::datetime ? parse_time(text).has_value()
                                                   : parse_number(text, style).fit != NumberFit::not_a_number;
    const ChunkPlace place{each.chunk, each.place};
    if (!fits && (!first || place < *first)) {
      first = place;
    }
  }
  return first;
}

TextCensus census_of(const Texts& texts, NumberStyle style) {
  TextCensus census(style);
  for (const auto& each : texts) {
    census.add(each.text, {each.chunk, each.place});
  }
  return census;
}

void settle_inferred(Column& column, const Texts& texts, NumberStyle style, std::size_t present,
                     Settled& settled, const NamePlace& name_place) {
  const TextCensus census = census_of(texts, style);
  if (census.is_boolean()) {
    return turn_into_booleans(column, texts, census);
  }
  if (census.is_datetime()) {
    return turn_into(ColumnType::datetime, column, texts, style);
  }
  const bool is_text = is_free_text(texts.size(), present);
  keep_as_texts(column, texts, is_text ? ColumnType::text : ColumnType::category);
  if (auto note = words_note(column.name, is_text, census.why_not(name_place), texts.size(), present);
      !note.empty()) {
    settled.notes.push_back(std::move(note));
  }
}

} // namespace

Settled settle_texts(Column& column, const DistinctTexts& distinct, const ColumnPlan& plan,
                     const std::vector<RowRange>& ranges, const NamePlace& name_place) {
  Settled settled;
  const std::size_t present = apply_codes(column.codes, distinct, ranges);
  if (plan.source == TypeSource::inferred) {
    settle_inferred(column, distinct.texts, plan.style, present, settled, name_place);
  } else if (plan.type == ColumnType::boolean) {
    const TextCensus census = census_of(distinct.texts, plan.style);
    if (plan.source == TypeSource::declared) {
      settled.misfit = census.first_no_boolean();
    }
    turn_into_booleans(column, distinct.texts, census);
  } else if (plan.type == ColumnType::number || plan.type == ColumnType::datetime) {
    if (plan.source == TypeSource::declared) {
      settled.misfit = first_misfit(plan.type, distinct.texts, plan.style);
    }
    turn_into(plan.type, column, distinct.texts, plan.style);
  } else {
    keep_as_texts(column, distinct.texts, plan.type);
  }
  return settled;
}

} // namespace mlp::dataset
