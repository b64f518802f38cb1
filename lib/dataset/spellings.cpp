#include "dataset/spellings.hpp"

#include "dataset/cell_value.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace mlp::dataset {
namespace {

constexpr std::string_view k_no_break_space = "\xC2\xA0";

constexpr bool joins(char c) { return c == ' ' || c == '\t' || c == '_' || c == '-'; }
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
constexpr bool is_letter(char c) {
  return (lower(c) >= 'a' && lower(c) <= 'z') || static_cast<signed char>(c) < 0;
}

} // namespace

std::string folded(std::string_view word) {
  std::string plain(word);
  for (std::size_t at = 0; (at = plain.find(k_no_break_space, at)) != std::string::npos;) {
    plain.replace(at, k_no_break_space.size(), " ");
  }
  const std::string_view text = trimmed(plain);
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::size_t end = i;
    while (end < text.size() && joins(text[end])) {
      ++end;
    }
    const bool between = end > i && i > 0 && end < text.size();
    const bool words = between && is_letter(text[i - 1]) && is_letter(text[end]);
    const bool blanks = between && text.substr(i, end - i).find_first_not_of(" \t") == std::string_view::npos;
    if (words || blanks) { // "1-2" is not "1 2"
      result += ' ';
      i = end - 1;
    } else {
      result += lower(text[i]);
    }
  }
  return result;
}

std::optional<Spellings> spellings_among(std::span<const std::string_view> words) {
  std::vector<std::pair<std::string, std::string_view>> sorted;
  sorted.reserve(words.size());
  for (const std::string_view word : words) {
    sorted.emplace_back(folded(word), word);
  }
  std::sort(sorted.begin(), sorted.end());
  std::optional<Spellings> found;
  for (std::size_t i = 1; i < sorted.size(); ++i) {
    if (sorted[i].first == sorted[i - 1].first) {
      if (!found) {
        found = Spellings{std::string(sorted[i - 1].second), std::string(sorted[i].second)};
      }
      ++found->spare;
    }
  }
  return found;
}

} // namespace mlp::dataset
