#pragma once

#include "dataset/table.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mlp::dataset {

/// More distinct values than this are no classes: XGBoost grows a tree for each class in every round.
inline constexpr std::size_t k_most_classes = 1000;

/// A column's values as class labels.
struct Labels {
  std::vector<std::string> texts;   ///< distinct decoded values that occur, sorted by bytes
  std::vector<std::int32_t> codes;  ///< [rows] index into texts; −1 = missing
  std::vector<std::int64_t> counts; ///< [texts] rows of each
};

/// Nothing where the column has more than k_most_classes distinct values.
[[nodiscard]] std::optional<Labels> labels_of(const Column& column);

/// Whether two labels name one class: the same text, or the same number differently written ("1", "1.0").
[[nodiscard]] bool same_label(const std::string& a, const std::string& b);

} // namespace mlp::dataset
