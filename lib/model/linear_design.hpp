#pragma once

#include "model/encoding.hpp"
#include "xgb/booster.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace mlp::model {

/// Encoded rows as a linear model can read them: numbers standardised, so that an absent (missing) value is
/// the mean; each of a feature's 100 most frequent categories a column of its own, the others none.
class LinearDesign {
public:
  /// Learns means, deviations and frequent categories from encoded training rows [rows × features].
  LinearDesign(const std::vector<Feature>& features, std::span<const float> encoded);

  [[nodiscard]] xgb::SparseRows rows_of(std::span<const float> encoded) const;

private:
  struct Part {
    double mean = 0.0;
    double deviation = 0.0;                   ///< 0: constant, left out
    std::vector<std::int64_t> column_of_code; ///< of a category; −1: left out
    std::uint32_t column = 0;                 ///< of a number
  };
  std::vector<Part> parts_;
  std::size_t columns_ = 0;
};

} // namespace mlp::model
