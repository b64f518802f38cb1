#include "dataset/value_counts.hpp"

#include "dataset/whole_numbers.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mlp::dataset {
namespace {

constexpr std::size_t k_most_marked = std::size_t{1} << 27U; // one bit each

/// The value at `place` (0 = the smallest) of all values in order; places must not decrease.
class ValueAt {
public:
  explicit ValueAt(const ValueCounts& counts) : counts_(counts), behind_(counts.counts.front()) {}
  double operator()(std::int64_t place) {
    while (place >= behind_) {
      behind_ += counts_.counts[++at_];
    }
    return counts_.values[at_];
  }

private:
  const ValueCounts& counts_;
  std::size_t at_ = 0;
  std::int64_t behind_;
};

} // namespace

std::int64_t ValueCounts::total() const {
  return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

ValueCounts counts_of(std::span<const double> sorted) {
  ValueCounts found;
  for (const double value : sorted) {
    if (found.values.empty() || found.values.back() != value) {
      found.values.push_back(value);
      found.counts.push_back(0);
    }
    ++found.counts.back();
  }
  return found;
}

std::optional<std::int64_t> bounded_distinct_of(std::span<const double> numbers) {
  const auto range = whole_range(numbers);
  if (!range || range->steps() > k_most_marked) {
    return std::nullopt;
  }
  std::vector<bool> seen(range->steps());
  for (const double value : numbers) {
    if (!std::isnan(value)) {
      seen[range->step_of(value)] = true;
    }
  }
  return std::count(seen.begin(), seen.end(), true);
}

double quantile(const ValueCounts& counts, double share) {
  const std::int64_t last = counts.total() - 1;
  const double place = share * static_cast<double>(last);
  const auto below = static_cast<std::int64_t>(place);
  const double weight = place - static_cast<double>(below);
  ValueAt value_at(counts);
  const double lower = value_at(below);
  return weight == 0 ? lower : std::lerp(lower, value_at(std::min(below + 1, last)), weight);
}

std::optional<double> kolmogorov_smirnov(const ValueCounts& a, const ValueCounts& b) {
  if (a.values.empty() || b.values.empty()) {
    return std::nullopt;
  }
  const auto total_a = static_cast<double>(a.total());
  const auto total_b = static_cast<double>(b.total());
  std::int64_t below_a = 0;
  std::int64_t below_b = 0;
  double largest = 0;
  for (std::size_t i = 0, j = 0; i < a.values.size() && j < b.values.size();) {
    const double value = std::min(a.values[i], b.values[j]);
    if (a.values[i] == value) {
      below_a += a.counts[i++];
    }
    if (b.values[j] == value) {
      below_b += b.counts[j++];
    }
    largest = std::max(
        largest, std::abs(static_cast<double>(below_a) / total_a - static_cast<double>(below_b) / total_b));
  }
  return largest; // behind the end of either side the difference only shrinks
}

} // namespace mlp::dataset
