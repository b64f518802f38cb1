#include "dataset/column_settle.hpp"

#include "base/time.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace mlp::dataset {
namespace {

constexpr std::size_t k_most_categories = 1000;
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

std::optional<bool> boolean_of(std::string_view text, bool digits_too) {
  if (digits_too && (text == "0" || text == "1")) {
    return text == "1";
  }
  return parse_boolean(text);
}

/// How false and true are spelt; of several spellings the first in byte order.
std::vector<std::string> spellings_of(const Texts& texts) {
  std::array<std::string, 2> found;
  for (const auto& each : texts) {
    if (const auto value = boolean_of(trimmed(each.text), true); value && found[*value ? 1 : 0].empty()) {
      found[*value ? 1 : 0] = trimmed(each.text);
    }
  }
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> k_pairs = {{{"false", "true"},
                                                                                     {"False", "True"},
                                                                                     {"FALSE", "TRUE"},
                                                                                     {"no", "yes"},
                                                                                     {"No", "Yes"},
                                                                                     {"NO", "YES"},
                                                                                     {"0", "1"}}};
  for (const auto& [no, yes] : k_pairs) { // a side that does not occur is spelt like the other
    if (found[0].empty() && found[1] == yes) {
      found[0] = no;
    }
    if (found[1].empty() && found[0] == no) {
      found[1] = yes;
    }
  }
  return {found[0].empty() ? "false" : found[0], found[1].empty() ? "true" : found[1]};
}

void turn_into_booleans(Column& column, const Texts& texts) {
  std::vector<double> values;
  values.reserve(texts.size());
  for (const auto& each : texts) {
    const auto value = boolean_of(trimmed(each.text), true);
    values.push_back(value ? (*value ? 1.0 : 0.0) : k_no_value);
  }
  column.type = ColumnType::boolean;
  column.spellings = spellings_of(texts);
  turn_into_numbers(column, values);
}

/// What the distinct texts of an inferred column are.
struct Census {
  std::size_t numbers = 0; ///< and identifiers
  std::size_t times = 0;
  std::size_t others = 0;
  std::size_t comma_numbers = 0; ///< others that are numbers with a comma: "1,5", "1,000"
  const DistinctTexts::Text* first_identifier = nullptr;
  const DistinctTexts::Text* first_number = nullptr;
  const DistinctTexts::Text* first_other = nullptr;
};

void keep_first(const DistinctTexts::Text*& first, const DistinctTexts::Text& text) {
  if (first == nullptr || ChunkPlace{text.chunk, text.place} < ChunkPlace{first->chunk, first->place}) {
    first = &text;
  }
}

bool is_comma_number(std::string_view text) {
  if (text.size() > 40 || text.find(',') == std::string_view::npos) {
    return false;
  }
  std::string digits(text);
  std::erase(digits, ',');
  return parse_number(digits).fit != NumberFit::not_a_number;
}

Census census_of(const Texts& texts) {
  Census census;
  for (const auto& each : texts) {
    const std::string_view text = trimmed(each.text);
    const NumberFit fit = parse_number(text).fit;
    if (parse_time(text)) {
      ++census.times;
    } else if (fit == NumberFit::not_a_number) {
      ++census.others;
      census.comma_numbers += is_comma_number(text) ? 1U : 0U;
      keep_first(census.first_other, each);
    } else {
      ++census.numbers;
      keep_first(census.first_number, each);
      if (fit == NumberFit::identifier) {
        keep_first(census.first_identifier, each);
      }
    }
  }
  return census;
}

/// The front of a text, cut between two characters of UTF-8, on one line.
std::string front_of(std::string_view text) {
  constexpr std::size_t k_longest_shown = 40;
  std::size_t size = std::min(text.size(), k_longest_shown);
  while (size > 0 && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xc0U) == 0x80) {
    --size;
  }
  std::string front(text.substr(0, size));
  std::replace_if(
      front.begin(), front.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return front;
}

/// Why a column that looks like numbers or date/times is neither; empty where it does not look so.
std::string why_not(const Census& census, const std::function<std::string(ChunkPlace)>& name_place) {
  const auto shown = [&](const DistinctTexts::Text* text) {
    return fmt::format("'{}' ({})", front_of(text->text), name_place({text->chunk, text->place}));
  };
  const std::size_t no_times = census.numbers + census.others;
  if (census.times > 0 && no_times > 0 && census.times > no_times) {
    return shown(census.first_other != nullptr ? census.first_other : census.first_number) +
           " is no date/time";
  }
  if (census.others + census.times == 0 && census.first_identifier != nullptr) {
    return fmt::format("as a number {} would lose digits", shown(census.first_identifier));
  }
  if (census.comma_numbers > 0 && census.comma_numbers == census.others) {
    return shown(census.first_other) + " has a comma, which no number may have here";
  }
  if (census.others > 0 && census.numbers > census.others) {
    return shown(census.first_other) + " is no number";
  }
  return {};
}

bool is_boolean(const Texts& texts) {
  if (texts.empty() || texts.size() > 2) {
    return false;
  }
  const auto first = boolean_of(trimmed(texts.front().text), false);
  const auto last = boolean_of(trimmed(texts.back().text), false);
  return first && last && (texts.size() == 1 || *first != *last) &&
         same_boolean_pair(trimmed(texts.front().text), trimmed(texts.back().text));
}

bool is_datetime(const Texts& texts) {
  return !texts.empty() && std::all_of(texts.begin(), texts.end(), [](const auto& each) {
    return parse_time(trimmed(each.text)).has_value();
  });
}

void turn_into_datetimes(Column& column, const Texts& texts) {
  std::vector<double> values;
  values.reserve(texts.size());
  for (const auto& each : texts) {
    const auto time = parse_time(trimmed(each.text));
    values.push_back(time ? static_cast<double>(*time) : k_no_value);
  }
  column.type = ColumnType::datetime;
  turn_into_numbers(column, values);
}

void keep_as_texts(Column& column, const Texts& texts, ColumnType type) {
  column.type = type;
  column.categories.reserve(texts.size());
  for (const auto& each : texts) {
    column.categories.emplace_back(each.text);
  }
}

std::optional<ChunkPlace> first_no_boolean(const Texts& texts) {
  std::optional<ChunkPlace> first;
  for (const auto& each : texts) {
    const ChunkPlace place{each.chunk, each.place};
    if (!boolean_of(trimmed(each.text), true) && (!first || place < *first)) {
      first = place;
    }
  }
  return first;
}

void settle_inferred(Column& column, const Texts& texts, std::size_t present, Settled& settled,
                     const std::function<std::string(ChunkPlace)>& name_place) {
  if (is_boolean(texts)) {
    return turn_into_booleans(column, texts);
  }
  if (is_datetime(texts)) {
    return turn_into_datetimes(column, texts);
  }
  const bool is_text = texts.size() > k_most_categories && texts.size() * 2 > present;
  keep_as_texts(column, texts, is_text ? ColumnType::text : ColumnType::category);
  const std::string reason = why_not(census_of(texts), name_place);
  if (!reason.empty() || is_text) {
    settled.notes.push_back(fmt::format(
        "column '{}' is read as {}: {}{}{}", column.name, name_of(column.type), reason,
        !reason.empty() && is_text ? "; " : "",
        is_text ? fmt::format(
                      "{} distinct values in {} rows, not offered to the trainer unless declared a category",
                      texts.size(), present)
                : ""));
  }
}

} // namespace

Settled settle_texts(Column& column, const DistinctTexts& distinct, const ColumnPlan& plan,
                     const std::vector<RowRange>& ranges,
                     const std::function<std::string(ChunkPlace)>& name_place) {
  Settled settled;
  const std::size_t present = apply_codes(column.codes, distinct, ranges);
  if (plan.source == TypeSource::inferred) {
    settle_inferred(column, distinct.texts, present, settled, name_place);
  } else if (plan.type == ColumnType::boolean) {
    if (plan.source == TypeSource::declared) {
      settled.misfit = first_no_boolean(distinct.texts);
    }
    turn_into_booleans(column, distinct.texts);
  } else {
    keep_as_texts(column, distinct.texts, plan.type);
  }
  return settled;
}

} // namespace mlp::dataset
