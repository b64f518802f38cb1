#pragma once

#include "metrics/row_weights.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace mlp::metrics {

/// Rows are walked in blocks of so many.
inline constexpr std::size_t k_score_block = 256;

/// Rows of two classes from the highest score down, for a walk under any weights. 1 byte a row, or 13 where
/// the rows did not stand in this order.
class ScoreOrder {
public:
  /// target [n] of 0 and 1, must outlive this; scores [n]
  ScoreOrder(std::span<const double> target, std::span<const double> scores);

  [[nodiscard]] std::size_t size() const { return target_.size(); }
  /// Which row stands where; empty: as the rows were given.
  [[nodiscard]] std::span<const std::uint32_t> order() const { return order_; }
  /// [n] 1 or 0, in order
  [[nodiscard]] std::span<const double> positive() const {
    return order_.empty() ? target_ : std::span<const double>(positive_);
  }
  /// Places in that block of k_score_block rows at which the next score differs.
  [[nodiscard]] std::span<const std::uint8_t> ends_in_block(std::size_t block) const {
    return std::span(ends_).subspan(first_ends_[block], first_ends_[block + 1] - first_ends_[block]);
  }

private:
  std::vector<std::uint32_t> order_;
  std::span<const double> target_; ///< as given
  std::vector<double> positive_;   ///< in order, where that is another
  std::vector<std::uint8_t> ends_;
  std::vector<std::size_t> first_ends_; ///< [blocks + 1] positions in ends_
};

/// What a walk is to find; what is not asked for costs nothing.
struct WalkAims {
  bool wins = false;              ///< for the area under the ROC curve
  bool precision_sum = false;     ///< for average precision
  bool widest = false;            ///< for the Kolmogorov-Smirnov statistic
  std::vector<double> top_shares; ///< of the weight of all rows
  std::vector<double> fpr_shares; ///< of the weight of the negative rows
};

/// How far one metric looks: the top `size` by weight, or up to so much weight of negatives.
struct WalkBorder {
  double size = 0.0;
  double positive = 0.0; ///< weight of positive rows within; of the group at the border, a part
};

/// One walk from the highest score down, a group of equal scores a step; O(n), n ≤ 2^32. Values are weights.
class ScoreWalk {
public:
  /// weights of the rows as they were given
  ScoreWalk(const ScoreOrder& order, RowWeights& weights, const WalkAims& aims);

  double all_positive = 0.0;
  double all_negative = 0.0;
  double wins = 0.0;          ///< Σ negative · (positive above + half of those of equal score)
  double precision_sum = 0.0; ///< Σ positive · precision
  double widest = 0.0;        ///< largest |positive above · all_negative − negative above · all_positive|
  std::vector<WalkBorder> tops;
  std::vector<WalkBorder> false_positives;
};

} // namespace mlp::metrics
