#include "dataset/spellings.hpp"

#include "dataset/plain_words.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace mlp::dataset {
namespace {

/// Of what plain_words() made: small, or part of a letter beyond ASCII.
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || static_cast<signed char>(c) < 0; }

} // namespace

std::string folded(std::string_view word) {
  std::string text = plain_words(word);
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if ((text[i] == '-' || text[i] == '_') && is_letter(text[i - 1]) && is_letter(text[i + 1])) {
      text[i] = ' '; // "1-2" is not "1 2"
    }
  }
  return text;
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
