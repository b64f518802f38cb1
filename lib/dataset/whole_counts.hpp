#pragma once

#include "dataset/value_counts.hpp"
#include "dataset/whole_numbers.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace mlp::dataset {

/// How often each of many numbers occurs, where they are decimals of a small range: at most six digits behind
/// the point and k_most_steps steps apart. In at most 16 MiB, however many there are.
class WholeCounts {
public:
  static constexpr std::size_t k_most_steps = std::size_t{1} << 21U;

  /// Counts these (NaN is left out). Nothing where they are not so, or there is none.
  [[nodiscard]] static std::optional<WholeCounts> of(std::span<const double> numbers);

  /// Counts one more, no NaN. False, and nothing changed, where it does not fit.
  [[nodiscard]] bool add(double value);
  [[nodiscard]] ValueCounts counts() const;

private:
  explicit WholeCounts(const WholeRange& range) : range_(range), counts_(range.steps()) {}
  [[nodiscard]] bool make_room_for(double value);
  [[nodiscard]] bool refine(double value);
  void reach(std::int32_t least, std::int32_t most);

  WholeRange range_; ///< that counts_ covers
  std::vector<std::int64_t> counts_;
};

} // namespace mlp::dataset
