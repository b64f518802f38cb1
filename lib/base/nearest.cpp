#include "base/nearest.hpp"

#include <algorithm>
#include <cctype>
#include <vector>

namespace mlp {
namespace {

char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

std::size_t distance(std::string_view a, std::string_view b) {
  const std::size_t width = b.size() + 1;
  std::vector<std::size_t> cell((a.size() + 1) * width);
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      std::size_t& here = cell[i * width + j];
      if (i == 0 || j == 0) {
        here = i + j;
        continue;
      }
      const bool same = lower(a[i - 1]) == lower(b[j - 1]);
      here = std::min({cell[(i - 1) * width + j] + 1, cell[i * width + j - 1] + 1,
                       cell[(i - 1) * width + j - 1] + (same ? 0U : 1U)});
      if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1])) {
        here = std::min(here, cell[(i - 2) * width + j - 2] + 1);
      }
    }
  }
  return cell.back();
}

} // namespace

std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates) {
  const std::size_t farthest = std::clamp<std::size_t>(word.size() / 3, 1, 3);
  std::optional<std::string> best;
  std::size_t best_distance = farthest + 1;
  for (const std::string& candidate : candidates) {
    const auto [shorter, longer] =
        std::minmax({word.size(), candidate.size()}); // copies: two arguments would be referred to
    if (longer - shorter > farthest) {
      continue; // as far at least as their lengths differ
    }
    const std::size_t found = distance(word, candidate);
    if (found < best_distance) {
      best = candidate;
      best_distance = found;
    }
  }
  return best;
}

} // namespace mlp
