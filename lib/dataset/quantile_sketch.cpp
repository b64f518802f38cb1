#include "dataset/quantile_sketch.hpp"

#include "base/random.hpp"
#include "dataset/sorted_numbers.hpp"

#include <algorithm>

namespace mlp::dataset {
namespace {

void add_sorted(std::vector<double>& items, const std::vector<double>& more) {
  const auto middle = static_cast<std::ptrdiff_t>(items.size());
  items.insert(items.end(), more.begin(), more.end());
  std::inplace_merge(items.begin(), items.begin() + middle, items.end());
}

} // namespace

void QuantileSketch::halve(std::size_t height) {
  if (height + 1 == buffers_.size()) {
    buffers_.emplace_back();
  }
  Buffer& full = buffers_[height];
  const std::size_t first = random_bits(stream_, height, full.halved++) & 1U;
  const std::size_t pairs = full.items.size() / 2;
  std::vector<double> kept(pairs);
  for (std::size_t i = 0; i < pairs; ++i) {
    kept[i] = full.items[2 * i + first];
  }
  full.items.erase(full.items.begin(), full.items.begin() + static_cast<std::ptrdiff_t>(2 * pairs));
  add_sorted(buffers_[height + 1].items, kept);
}

void QuantileSketch::compact() {
  for (std::size_t height = 0; height < buffers_.size(); ++height) { // halving may add a buffer
    if (buffers_[height].items.size() >= k_items) {
      if (height == 0) {
        sort_numbers(buffers_.front().items);
      }
      halve(height);
    }
  }
}

void QuantileSketch::add(std::span<const double> values) {
  while (!values.empty()) {
    std::vector<double>& items = buffers_.front().items;
    const std::size_t count = std::min(values.size(), k_items - items.size());
    items.insert(items.end(), values.begin(), values.begin() + static_cast<std::ptrdiff_t>(count));
    count_ += static_cast<std::int64_t>(count);
    values = values.subspan(count);
    if (items.size() == k_items) {
      compact();
    }
  }
}

void QuantileSketch::merge(const QuantileSketch& other) {
  buffers_.resize(std::max(buffers_.size(), other.buffers_.size()));
  for (std::size_t height = 0; height < other.buffers_.size(); ++height) {
    const std::vector<double>& more = other.buffers_[height].items;
    if (height > 0) {
      add_sorted(buffers_[height].items, more);
    } else {
      buffers_.front().items.insert(buffers_.front().items.end(), more.begin(), more.end());
    }
  }
  count_ += other.count_;
  compact();
}

ValueCounts QuantileSketch::weighted() const {
  std::vector<std::pair<double, std::int64_t>> items;
  items.reserve(size());
  for (std::size_t height = 0; height < buffers_.size(); ++height) {
    for (const double value : buffers_[height].items) {
      items.emplace_back(value, std::int64_t{1} << height);
    }
  }
  std::sort(items.begin(), items.end());
  ValueCounts found;
  for (const auto& [value, weight] : items) {
    if (found.values.empty() || found.values.back() != value) {
      found.values.push_back(value);
      found.counts.push_back(0);
    }
    found.counts.back() += weight;
  }
  return found;
}

std::size_t QuantileSketch::size() const {
  std::size_t sum = 0;
  for (const Buffer& buffer : buffers_) {
    sum += buffer.items.size();
  }
  return sum;
}

} // namespace mlp::dataset
