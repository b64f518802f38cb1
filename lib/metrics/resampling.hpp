#pragma once

#include "metrics/rows.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace mlp::metrics {

/// Draws the resamples of a bootstrap: how often each row counts. A draw depends on (seed, replicate) alone.
/// For one thread; the rows must outlive it.
///
/// Independent rows: n of n with replacement (Efron 1979), not stratified: stratifying fixes the prevalence
/// and under-covers (evaluation.md, section 3). Clusters: k of k whole clusters (Davison & Hinkley
/// 1997, 3.8). Time: blocks of ⌈n^(1/3)⌉ rows that follow each other, the last row being followed by the
/// first (circular block bootstrap, Politis & Romano 1992), until n rows are drawn.
class Resampler {
public:
  explicit Resampler(const Rows& rows);
  /// [n]; valid until the next draw.
  [[nodiscard]] std::span<const std::uint8_t> draw(std::uint64_t seed, std::uint64_t replicate);

private:
  void draw_rows(std::uint64_t seed, std::uint64_t replicate);
  void draw_clusters(std::uint64_t seed, std::uint64_t replicate);
  void draw_blocks(std::uint64_t seed, std::uint64_t replicate);

  const Rows& rows_;
  // 8 bits keep the counts of many rows in a near cache: a row (or cluster) of at least 256 is drawn once on
  // average, and 256 times with a probability below 1 / 256! < 1e-500.
  std::vector<std::uint8_t> counts_;
  std::vector<std::uint8_t> drawn_; ///< of each cluster
  std::vector<std::int32_t>
      steps_; ///< [n + 1] how many more blocks cover a place in time than cover the one before
};

} // namespace mlp::metrics
