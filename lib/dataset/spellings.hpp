#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mlp::dataset {

/// plain_words(), and a hyphen or underscore between two letters as a blank.
[[nodiscard]] std::string folded(std::string_view word);

/// Words that are written in several ways.
struct Spellings {
  std::string one; ///< the first two in byte order that are folded() alike
  std::string other;
  std::int64_t spare = 0; ///< words less those that are left when alike ones are one
  friend bool operator==(const Spellings&, const Spellings&) = default;
};

/// `words`: all different, in any order. Nothing where no two are folded() alike.
[[nodiscard]] std::optional<Spellings> spellings_among(std::span<const std::string_view> words);

} // namespace mlp::dataset
