#include "dataset/whole_counts.hpp"

#include <algorithm>
#include <cmath>

namespace mlp::dataset {

std::optional<WholeCounts> WholeCounts::of(std::span<const double> numbers) {
  const auto range = whole_range(numbers);
  if (!range || range->steps() > k_most_steps) {
    return std::nullopt;
  }
  WholeCounts found(*range);
  for (const double value : numbers) {
    if (!std::isnan(value)) {
      ++found.counts_[range->step_of(value)];
    }
  }
  return found;
}

bool WholeCounts::add(double value) {
  const auto whole = as_whole(value, range_.power);
  if (whole && range_.least <= *whole && *whole <= range_.most) {
    ++counts_[static_cast<std::size_t>(*whole - range_.least)];
    return true;
  }
  if (!make_room_for(value)) {
    return false;
  }
  ++counts_[range_.step_of(value)];
  return true;
}

bool WholeCounts::make_room_for(double value) {
  const auto whole = as_whole(value, range_.power);
  if (!whole) {
    return refine(value);
  }
  const std::int64_t least = std::min(range_.least, *whole);
  const std::int64_t most = std::max(range_.most, *whole);
  const std::int64_t steps = most - least + 1;
  const auto most_steps = static_cast<std::int64_t>(k_most_steps);
  if (steps > most_steps) {
    return false;
  }
  const std::int64_t spare = std::min(steps / 2, most_steps - steps); // values may go on in this direction
  const bool down = *whole < range_.least;
  reach(static_cast<std::int32_t>(down ? least - spare : least),
        static_cast<std::int32_t>(down ? most : most + spare));
  return true;
}

/// Takes smaller steps, in which the value is whole, too.
bool WholeCounts::refine(double value) {
  WholeRange finer = range_;
  std::int64_t factor = 1;
  while (!as_whole(value, finer.power)) {
    finer.power *= 10;
    factor *= 10;
    if (finer.power > k_largest_power ||
        static_cast<std::int64_t>(range_.steps()) * factor > static_cast<std::int64_t>(k_most_steps)) {
      return false;
    }
  }
  const auto fits = [&](std::int64_t whole) { return std::abs(whole * factor) < k_largest_whole; };
  if (!fits(range_.least) || !fits(range_.most)) {
    return false;
  }
  finer.least = static_cast<std::int32_t>(range_.least * factor);
  finer.most = static_cast<std::int32_t>(range_.most * factor);
  std::vector<std::int64_t> counts(finer.steps());
  for (std::size_t step = 0; step < counts_.size(); ++step) {
    counts[step * static_cast<std::size_t>(factor)] = counts_[step];
  }
  range_ = finer;
  counts_ = std::move(counts);
  const std::int32_t whole = *as_whole(value, range_.power);
  return (range_.least <= whole && whole <= range_.most) || make_room_for(value);
}

void WholeCounts::reach(std::int32_t least, std::int32_t most) {
  std::vector<std::int64_t> counts(static_cast<std::size_t>(most - least) + 1);
  std::copy(counts_.begin(), counts_.end(), counts.begin() + (range_.least - least));
  range_.least = least;
  range_.most = most;
  counts_ = std::move(counts);
}

ValueCounts WholeCounts::counts() const {
  ValueCounts found;
  for (std::size_t step = 0; step < counts_.size(); ++step) {
    if (counts_[step] > 0) {
      found.values.push_back(range_.value_at(step));
      found.counts.push_back(counts_[step]);
    }
  }
  return found;
}

} // namespace mlp::dataset
