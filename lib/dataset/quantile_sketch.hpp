#pragma once

#include "dataset/value_counts.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace mlp::dataset {

/// Quantiles of any number of values in bounded memory, and of several parts together.
///
/// Buffers of k items; an item of the h-th stands for 2^h values. A full one is sorted, every other item
/// moves up (a thrown coin says which half), the rest is forgotten: the randomised mergeable summary of
/// Agarwal, Cormode, Huang, Phillips, Wei & Yi, "Mergeable Summaries" (PODS 2012), section 3. The lowest one
/// holds 4 k, of which every fourth moves up two heights: sorting more at once is faster.
///
/// Error    A buffer that is halved changes the rank of any value by at most 2^h, up or down with equal
///          chance, and at most n / (k 2^h) are halved at each height, none above log2(n / k) (the lowest one
///          changes it by at most 3, n / (4 k) times, which is less): by Hoeffding's inequality the rank is
///          off by more than ε n with a chance of at most 2 exp(−ε² k² / 4). With k = 4096 any one quantile
///          is within ε = 0.16 % of its rank with 99.99 %. Below 4 k values it is exact.
/// Memory   k (5 + log2(n / k)) numbers at most: 750 KB for 10^9 values.
/// Same     The coins are random_bits(stream, height, count): the result depends on values, their order and
///          `stream` alone. Parts that are merged need different streams, or their errors add up.
class QuantileSketch {
public:
  static constexpr std::size_t k_items = 4096;
  static constexpr std::size_t k_lowest_items = 4 * k_items;
  /// ε of any one quantile, but for a chance of 1 in 10,000; 2 sqrt(ln 20,000) / k.
  static constexpr double k_rank_error = 0.001537;

  explicit QuantileSketch(std::uint64_t stream) : stream_(stream), buffers_(1) {}

  /// No NaN.
  void add(double value) {
    buffers_.front().items.push_back(value);
    ++count_;
    if (buffers_.front().items.size() == k_lowest_items) {
      compact();
    }
  }
  /// Several, as one by one.
  void add(std::span<const double> values);
  void merge(const QuantileSketch& other);

  [[nodiscard]] std::int64_t count() const { return count_; }
  /// 0 while every value is still there.
  [[nodiscard]] double rank_error() const { return buffers_.size() > 1 ? k_rank_error : 0; }
  /// The items with their weights, which sum to count().
  [[nodiscard]] ValueCounts weighted() const;
  /// Numbers that it holds now.
  [[nodiscard]] std::size_t size() const;

private:
  struct Buffer {
    std::vector<double> items; ///< sorted but for the lowest
    std::uint64_t thinned = 0; ///< coins thrown
  };
  void compact();
  void thin(std::size_t height, std::size_t step, std::size_t rise);

  std::uint64_t stream_;
  std::int64_t count_ = 0;
  std::vector<Buffer> buffers_; ///< [height]
};

} // namespace mlp::dataset
