#include "dataset/csv_dialect.hpp"

#include "base/error.hpp"
#include "base/time.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

namespace mlp::dataset {
namespace {

constexpr std::array<char, 4> k_candidates = {'\t', '|', ';', ','}; // the first of equals wins
constexpr std::size_t k_most_records = 500;

enum class Shape : std::uint8_t { missing, number_or_time, boolean, word };

Shape shape_of(std::string_view text, NumberStyle style) {
  static const MissingTokens missing;
  text = trimmed(text);
  if (missing.find(text)) {
    return Shape::missing;
  }
  if (parse_number(text, style).fit != NumberFit::not_a_number || parse_time(text)) {
    return Shape::number_or_time;
  }
  return parse_boolean(text) ? Shape::boolean : Shape::word;
}

/// "1,5" or "1.000,50": a number to somebody, and no list of two.
bool is_comma_number(std::string_view text) {
  return text.find_first_not_of("0123456789.,-+") == std::string_view::npos;
}

bool looks_like_a_value(std::string_view text, char delimiter) {
  if (shape_of(text, {}) != Shape::word || is_comma_number(trimmed(text))) {
    return true;
  }
  return std::none_of(k_candidates.begin(), k_candidates.end(), [&](char other) {
    return other != delimiter && text.find(other) != std::string_view::npos;
  });
}

/// Whether the numbers of a line count columns instead of measuring: at least three, each one more than the
/// one before, from 0 or from a year on; behind an empty corner it is enough that at least two ascend.
bool counts_columns(const Record& line) {
  constexpr double k_first_year = 1500.0;
  constexpr double k_last_year = 2200.0;
  std::vector<double> numbers;
  for (const std::string& field : line) {
    const NumberText number = parse_number(trimmed(field));
    if (number.fit == NumberFit::exact) {
      numbers.push_back(number.value);
    }
  }
  const auto breaks = [&](auto&& follows) {
    return std::adjacent_find(numbers.begin(), numbers.end(), follows) != numbers.end();
  };
  if (trimmed(line.front()).empty() && numbers.size() >= 2 && numbers.size() + 1 == line.size()) {
    return !breaks([](double one, double next) { return next <= one; });
  }
  const bool from_a_start =
      numbers.size() >= 3 &&
      (numbers.front() == 0.0 || (numbers.front() >= k_first_year && numbers.back() <= k_last_year));
  return from_a_start && !breaks([](double one, double next) { return next != one + 1.0; });
}

struct Score {
  bool possible = false;
  bool in_first = false; ///< it splits the first line
  double value = 0.0;
};

Score score_of(std::string_view text, char delimiter) {
  constexpr double k_most_lines = 0.8;
  constexpr double k_malformed_factor = 0.1;
  const Sample sample = read_sample(text, {delimiter, false}, k_most_records);
  std::map<std::size_t, std::size_t> lines_by_fields;
  std::size_t values = 0;
  std::size_t good_values = 0;
  for (const Record& record : sample.records) {
    ++lines_by_fields[record.size()];
    values += record.size();
    good_values +=
        static_cast<std::size_t>(std::count_if(record.begin(), record.end(), [&](const std::string& v) {
          return looks_like_a_value(v, delimiter);
        }));
  }
  if (values == 0) {
    return {};
  }
  const auto usual = std::max_element(lines_by_fields.begin(), lines_by_fields.end(),
                                      [](const auto& a, const auto& b) { return a.second < b.second; });
  const double share = static_cast<double>(usual->second) / static_cast<double>(sample.records.size());
  const double good = static_cast<double>(good_values) / static_cast<double>(values);
  const bool splits = sample.records.front().size() > 1 || (usual->first > 1 && share >= k_most_lines);
  return {splits, sample.records.front().size() > 1,
          share * (0.1 + good) * (sample.malformed ? k_malformed_factor : 1.0)};
}

bool blanks_follow(std::string_view text, char delimiter) {
  if (delimiter == ' ') {
    return false;
  }
  // Fields are taken as if blanks followed: so that quotes behind the blanks are seen as quotes.
  const Sample with = read_sample(text, {delimiter, true}, k_most_records);
  if (with.malformed || with.records.empty() || with.records.front().size() < 2) {
    return false;
  }
  const Sample without = read_sample(text, {delimiter, false}, k_most_records);
  if (without.malformed) {
    return !with.malformed;
  }
  return std::all_of(without.records.begin(), without.records.end(), [](const Record& record) {
    return std::all_of(record.begin() + 1, record.end(),
                       [](const std::string& value) { return !value.empty() && value.front() == ' '; });
  });
}

} // namespace

Dialect detect_dialect(std::string_view text, const config::FormatConfig& declared) {
  Dialect dialect;
  if (declared.delimiter) {
    dialect.delimiter = *declared.delimiter;
    if (dialect.delimiter == '"' || dialect.delimiter == '\n' || dialect.delimiter == '\r') {
      throw Error(ErrorCode::input, "cannot read a table: a quote or a line end cannot be the delimiter")
          .hint("set data.format.delimiter to one character such as ',' or ';'");
    }
  } else {
    double best = 0.0;
    const NumberStyle style = number_style_of(declared);
    if (style.decimal == ',' || style.thousands == ',') {
      dialect.delimiter = ';'; // of a table of one column, whose numbers have commas
    }
    for (const char candidate : k_candidates) {
      const Score score = score_of(text, candidate);
      // A mark of numbers that the first line lacks stands in numbers alone.
      const bool is_mark = candidate == style.decimal || candidate == style.thousands;
      if (score.possible && score.value > best && (score.in_first || !is_mark)) {
        best = score.value;
        dialect.delimiter = candidate;
      }
    }
  }
  dialect.blank_after_delimiter = blanks_follow(text, dialect.delimiter);
  return dialect;
}

bool detect_header(const std::vector<Record>& records, NumberStyle style) {
  const Record& first = records.front();
  if (records.size() > 1 && counts_columns(first) &&
      std::none_of(records.begin() + 1, records.end(), counts_columns)) {
    return true;
  }
  bool has_value = false;
  bool has_word = false;
  bool word_above_numbers = false;
  for (std::size_t column = 0; column < first.size(); ++column) {
    const Shape shape = shape_of(first[column], style);
    has_value = has_value || shape == Shape::number_or_time || shape == Shape::boolean;
    has_word = has_word || shape == Shape::word;
    if (shape != Shape::word) {
      continue;
    }
    std::size_t numbers = 0;
    std::size_t others = 0;
    for (std::size_t row = 1; row < records.size(); ++row) {
      const Shape below =
          column < records[row].size() ? shape_of(records[row][column], style) : Shape::missing;
      numbers += below == Shape::number_or_time ? 1U : 0U;
      others += below == Shape::word || below == Shape::boolean ? 1U : 0U;
    }
    word_above_numbers = word_above_numbers || (numbers > 0 && others == 0);
  }
  return has_word && (!has_value || word_above_numbers);
}

} // namespace mlp::dataset
