#include "dataset/even_cells.hpp"

#include "base/random.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace mlp::dataset {
namespace {

/// From where to where all but the outermost thousandths of a sample reach.
std::pair<double, double> body_of(std::span<const double> values) {
  std::vector<double> sample(4096);
  for (std::size_t i = 0; i < sample.size(); ++i) { // at random: values may have a period
    sample[i] = values[random_below(values.size(), 0, 0, i)];
  }
  std::sort(sample.begin(), sample.end());
  const std::size_t outside = sample.size() / 1000;
  return {sample[outside], sample[sample.size() - 1 - outside]};
}

} // namespace

std::optional<EvenCells> EvenCells::of(std::span<const double> first, std::vector<double>& given_back) {
  const std::size_t before = given_back.size();
  const auto [from, to] = body_of(first);
  EvenCells cells(from, to);
  if (std::isnormal(cells.per_unit_) && std::isfinite(from)) {
    cells.most_ = static_cast<std::uint32_t>(static_cast<std::int64_t>(first.size() / 2) / k_shares);
    cells.add(first, given_back);
    if (given_back.size() - before <= first.size() / 2) {
      return cells;
    }
  }
  given_back.resize(before);
  given_back.insert(given_back.end(), first.begin(), first.end());
  return std::nullopt;
}

void EvenCells::add(std::span<const double> values, std::vector<double>& given_back) {
  const std::size_t before = given_back.size();
  for (const double value : values) {
    const double place = (value - from_) * per_unit_;
    if (place >= 0 && place < static_cast<double>(k_cells)) {
      std::uint32_t& count = counts_[static_cast<std::uint32_t>(place)];
      if (count < most_) {
        ++count;
        continue;
      }
    }
    given_back.push_back(value);
  }
  taken_ += static_cast<std::int64_t>(values.size() - (given_back.size() - before));
  constexpr auto k_most = static_cast<std::int64_t>(std::numeric_limits<std::uint32_t>::max());
  most_ = static_cast<std::uint32_t>(std::max<std::int64_t>(most_, std::min(taken_ / k_shares, k_most)));
}

ValueCounts EvenCells::counts() const {
  ValueCounts found;
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    if (counts_[i] > 0) {
      found.values.push_back(from_ + (static_cast<double>(i) + 0.5) / per_unit_);
      found.counts.push_back(counts_[i]);
    }
  }
  return found;
}

} // namespace mlp::dataset
