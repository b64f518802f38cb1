#pragma once

#include "dataset/profile.hpp"
#include "dataset/whole_counts.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace mlp::dataset {

class NumberSketches;

/// Gathers what a profile says of a column's numbers, in their order, some at a time, in memory that does not
/// grow with them. However they are divided, the result is the same.
///
/// Up to k_exact_values of them are kept. Where there are more, decimals of a small range are counted
/// (WholeCounts), and others are sketched (NumberSketches).
class NumberScan {
public:
  NumberScan();
  ~NumberScan();
  NumberScan(NumberScan&&) noexcept;
  NumberScan& operator=(NumberScan&&) noexcept;

  /// NaN: no value in this row.
  void add(std::span<const double> numbers);
  [[nodiscard]] std::int64_t count() const { return count_; }

  /// Sets all of a profile but name, type and missing. `shown`: a column of the type, with a boolean's
  /// spellings. Once, at the end.
  void describe(ColumnProfile& profile, const Column& shown);
  /// How often each value occurs, or the sketch of that, after describe().
  [[nodiscard]] ValueCounts counts() const;

private:
  [[nodiscard]] std::span<const double> keep(std::span<const double> numbers);
  [[nodiscard]] std::span<const double> count_on(std::span<const double> numbers);
  void outgrow();

  std::int64_t count_ = 0;
  std::vector<double> kept_; ///< all, until they are too many
  std::optional<WholeCounts> counted_;
  std::unique_ptr<NumberSketches> sketches_;
};

/// Sets all of a profile but name, type, missing and count from how often each value occurs; exact.
void describe_counts(ColumnProfile& profile, const Column& shown, const ValueCounts& counts);

} // namespace mlp::dataset
