#include "dataset/profile_parts.hpp"

namespace mlp::dataset {

std::optional<std::pair<double, double>> body_range(double min, double q01, double q99, double max) {
  const double room = (q99 - q01) / 2;
  const double from = std::max(min, q01 - room);
  const double to = std::min(max, q99 + room);
  if (!std::isfinite(room) || room <= 0 || (from == min && to == max)) {
    return std::nullopt;
  }
  return std::pair(from, to);
}

std::vector<std::pair<std::string, std::int64_t>>
top_texts(const Column& column, const std::vector<std::pair<double, std::int64_t>>& top) {
  Column shown;
  shown.type = column.type;
  shown.spellings = column.spellings;
  std::vector<std::pair<std::string, std::int64_t>> texts;
  for (const auto& [value, count] : top) {
    shown.numbers.assign(1, value);
    texts.emplace_back(shown.text(0), count);
  }
  return texts;
}

void describe_words(ColumnProfile& profile, TopValues<std::string_view> words) {
  profile.unique = words.distinct();
  for (const auto& [word, count] : std::move(words).take()) {
    profile.top.emplace_back(word, count);
  }
}

std::optional<double> if_finite(double value) {
  return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

} // namespace mlp::dataset
