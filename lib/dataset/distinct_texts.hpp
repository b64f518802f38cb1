#pragma once

#include "dataset/cell_value.hpp"
#include "dataset/text_dictionary.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace mlp::dataset {

/// The distinct texts of a column, over all chunks, in byte order, without those that mean "missing".
struct DistinctTexts {
  struct Text {
    std::string_view text;
    std::size_t chunk = 0; ///< where it was first seen
    std::size_t place = 0;
  };
  std::vector<Text> texts;
  /// [chunk][index in the chunk's dictionary] → index in texts; −1 for a missing token.
  std::vector<std::vector<std::int32_t>> codes;
  std::uint64_t missing_seen = 0; ///< bit i: the i-th missing token occurred
};

/// `dictionaries`: one a chunk, in order; they must outlive the result.
[[nodiscard]] DistinctTexts merge(const std::vector<const TextDictionary*>& dictionaries,
                                  const MissingTokens& missing);

} // namespace mlp::dataset
