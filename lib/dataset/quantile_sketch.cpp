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

/// Of each `step` items, one that chance names goes `rise` heights up.
void QuantileSketch::thin(std::size_t height, std::size_t step, std::size_t rise) {
  buffers_.resize(std::max(buffers_.size(), height + rise + 1));
  Buffer& full = buffers_[height];
  const std::size_t first = random_bits(stream_, height, full.thinned++) % step;
  std::vector<double> kept(full.items.size() / step);
  for (std::size_t i = 0; i < kept.size(); ++i) {
    kept[i] = full.items[step * i + first];
  }
  full.items.erase(full.items.begin(), full.items.begin() + static_cast<std::ptrdiff_t>(step * kept.size()));
  add_sorted(buffers_[height + rise].items, kept);
}

void QuantileSketch::compact() {
  if (buffers_.front().items.size() >= k_lowest_items) {
    sort_by_radix(buffers_.front().items);
    thin(0, 4, 2);
  }
  for (std::size_t height = 1; height < buffers_.size(); ++height) { // thinning may add a buffer
    if (buffers_[height].items.size() >= k_items) {
      thin(height, 2, 1);
    }
  }
}

void QuantileSketch::add(std::span<const double> values) {
  while (!values.empty()) {
    std::vector<double>& items = buffers_.front().items;
    const std::size_t count = std::min(values.size(), k_lowest_items - items.size());
    items.insert(items.end(), values.begin(), values.begin() + static_cast<std::ptrdiff_t>(count));
    count_ += static_cast<std::int64_t>(count);
    values = values.subspan(count);
    if (items.size() == k_lowest_items) {
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
