#pragma once

#include "metrics/rows.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace mlp::metrics {

/// How much each row weighs: as much as it was given, times how often a resample drew it. The counts of a
/// resample take a byte a row; numbers are made of them block by block, or all at once only where a metric
/// asks for that. For one thread.
class RowWeights {
public:
  /// The rows' own weights; `rows` must outlive this.
  explicit RowWeights(const Rows& rows) : own_(rows.weights), rows_(rows.size()) {}
  /// weights [n] must outlive this
  explicit RowWeights(std::span<const double> weights) : own_(weights), rows_(weights.size()) {}

  /// From now on each row counts so often, [n]; valid as long as the counts are.
  void draw(std::span<const std::uint8_t> counts);

  [[nodiscard]] std::size_t size() const { return rows_; }
  /// [room.size()] of the rows from `begin` on, read where they stand or else written into `room`
  [[nodiscard]] std::span<const double> block(std::size_t begin, std::span<double> room) const;
  /// [n], valid until the next draw
  [[nodiscard]] std::span<const double> all();

private:
  std::span<const double> own_;         ///< empty: each row weighs 1
  std::span<const std::uint8_t> drawn_; ///< empty: each row counts once
  std::size_t rows_;
  std::vector<double> made_; ///< by all()
  bool is_made_ = false;
};

} // namespace mlp::metrics
