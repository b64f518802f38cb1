#include "metrics/resampling.hpp"

#include "base/random.hpp"

#include <algorithm>
#include <cmath>

namespace mlp::metrics {

Resampler::Resampler(const Rows& rows) : rows_(rows), counts_(rows.size()) {
  if (rows.dependence == Dependence::clusters) {
    drawn_.resize(rows.groups);
  } else if (rows.dependence == Dependence::time) {
    steps_.resize(rows.size() + 1);
  }
}

std::span<const std::uint8_t> Resampler::draw(std::uint64_t seed, std::uint64_t replicate) {
  switch (rows_.dependence) {
  case Dependence::none:
    draw_rows(seed, replicate);
    break;
  case Dependence::clusters:
    draw_clusters(seed, replicate);
    break;
  case Dependence::time:
    draw_blocks(seed, replicate);
    break;
  }
  return counts_;
}

void Resampler::draw_rows(std::uint64_t seed, std::uint64_t replicate) {
  std::ranges::fill(counts_, std::uint8_t{0});
  const std::uint64_t rows = counts_.size();
  const std::span<std::uint8_t> counts = counts_; // a byte may be part of anything: this one is no member
  for (std::uint64_t i = 0; i < rows; ++i) {
    ++counts[random_below(rows, seed, replicate, i)];
  }
}

void Resampler::draw_clusters(std::uint64_t seed, std::uint64_t replicate) {
  std::ranges::fill(drawn_, std::uint8_t{0});
  const std::uint64_t clusters = drawn_.size();
  for (std::uint64_t i = 0; i < clusters; ++i) {
    ++drawn_[random_below(clusters, seed, replicate, i)];
  }
  for (std::size_t row = 0; row < counts_.size(); ++row) {
    counts_[row] = drawn_[rows_.places[row]];
  }
}

void Resampler::draw_blocks(std::uint64_t seed, std::uint64_t replicate) {
  std::ranges::fill(steps_, 0);
  const std::size_t rows = counts_.size();
  const auto length = static_cast<std::size_t>(std::ceil(std::cbrt(static_cast<double>(rows))));
  for (std::size_t i = 0; i * length < rows; ++i) {
    const std::size_t begin = random_below(rows, seed, replicate, i);
    const std::size_t end = begin + std::min(length, rows - i * length); // the last block may be shorter
    ++steps_[begin];
    --steps_[std::min(end, rows)];
    if (end > rows) {
      ++steps_[0];
      --steps_[end - rows];
    }
  }
  std::vector<std::int32_t>& covered = steps_;
  for (std::size_t place = 1; place < rows; ++place) {
    covered[place] += covered[place - 1];
  }
  for (std::size_t row = 0; row < rows; ++row) {
    counts_[row] = static_cast<std::uint8_t>(covered[rows_.places[row]]);
  }
}

} // namespace mlp::metrics
