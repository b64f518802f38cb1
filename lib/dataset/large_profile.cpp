#include "dataset/large_profile.hpp"

#include "dataset/distinct_sketch.hpp"
#include "dataset/profile_parts.hpp"
#include "dataset/quantile_sketch.hpp"
#include "dataset/value_counts.hpp"
#include "os/threads.hpp"

#include <array>
#include <limits>
#include <span>

namespace mlp::dataset {
namespace {

constexpr std::size_t k_segments = 8; // of the rows, whatever the number of threads: the result depends on it

std::span<const double> segment_of(const Column& column, std::size_t segment) {
  const std::size_t rows = column.numbers.size();
  const std::size_t begin = rows * segment / k_segments;
  return std::span(column.numbers).subspan(begin, rows * (segment + 1) / k_segments - begin);
}

/// What a first look at some rows gathers.
struct First {
  explicit First(std::uint64_t stream) : quantiles(stream) {}
  QuantileSketch quantiles;
  DistinctSketch distinct;
  CompensatedSum sum;
  double min = std::numeric_limits<double>::infinity();
  double max = -std::numeric_limits<double>::infinity();

  void take(std::span<const double> numbers) {
    for (const double value : numbers) {
      if (!std::isnan(value)) {
        quantiles.add(value);
        distinct.add(value);
        sum.add(value);
        min = std::min(min, value);
        max = std::max(max, value);
      }
    }
  }
  void merge(const First& other) {
    quantiles.merge(other.quantiles);
    distinct.merge(other.distinct);
    sum.add(other.sum);
    min = std::min(min, other.min);
    max = std::max(max, other.max);
  }
};

/// What a second look gathers, when mean, range and frequent values are known.
struct Second {
  Bins all;
  Bins middle;
  double mean;
  const std::vector<double>& candidates; ///< ascending
  CompensatedSum squares = {};
  std::vector<std::int64_t> counts = std::vector<std::int64_t>(candidates.size());

  void take(std::span<const double> numbers) {
    for (const double value : numbers) {
      if (std::isnan(value)) {
        continue;
      }
      squares.add((value - mean) * (value - mean));
      if (all.usable()) {
        all.add(value, 1);
      }
      if (middle.usable()) {
        middle.add(value, 1);
      }
      const auto found = std::lower_bound(candidates.begin(), candidates.end(), value);
      if (found != candidates.end() && *found == value) {
        ++counts[static_cast<std::size_t>(found - candidates.begin())];
      }
    }
  }
  void merge(const Second& other) {
    all.add(other.all);
    middle.add(other.middle);
    squares.add(other.squares);
    for (std::size_t i = 0; i < counts.size(); ++i) {
      counts[i] += other.counts[i];
    }
  }
};

/// The same look at each segment, at once; then together, in their order.
template <typename Look> Look over_segments(std::vector<Look> looks, const Column& column, unsigned threads) {
  os::parallel_for(looks.size(), threads, [&](std::size_t i) { looks[i].take(segment_of(column, i)); });
  for (std::size_t i = 1; i < looks.size(); ++i) {
    looks.front().merge(looks[i]);
  }
  return std::move(looks.front());
}

/// All values that may make up four times the sketch's error: such a one weighs at least twice the error in
/// it.
std::vector<double> frequent_in(const ValueCounts& sketch) {
  const double least = 2 * QuantileSketch::k_rank_error * static_cast<double>(sketch.total());
  std::vector<double> values;
  for (std::size_t i = 0; i < sketch.values.size(); ++i) {
    if (static_cast<double>(sketch.counts[i]) >= least) {
      values.push_back(sketch.values[i]);
    }
  }
  return values;
}

std::vector<std::pair<double, std::int64_t>> top_of(const Second& second, std::int64_t n) {
  const double least = 4 * QuantileSketch::k_rank_error * static_cast<double>(n);
  std::vector<std::pair<double, std::int64_t>> top;
  for (std::size_t i = 0; i < second.counts.size(); ++i) {
    if (static_cast<double>(second.counts[i]) >= least) {
      top.emplace_back(second.candidates[i], second.counts[i]);
    }
  }
  std::stable_sort(top.begin(), top.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  top.resize(std::min(top.size(), k_top_values));
  return top;
}

} // namespace

bool profile_by_counting(ColumnProfile& profile, const Column& column) {
  const auto counted = bounded_counts_of(column.numbers);
  if (!counted) {
    return false;
  }
  TopValues<double> top;
  for (std::size_t i = 0; i < counted->values.size(); ++i) {
    top.add(counted->values[i], counted->counts[i]);
  }
  profile.unique = top.distinct();
  profile.top = top_texts(column, std::move(top).take());
  if (column.type == ColumnType::boolean) {
    return true;
  }
  profile.min = counted->values.front();
  profile.q25 = quantile(*counted, 0.25);
  profile.median = quantile(*counted, 0.5);
  profile.q75 = quantile(*counted, 0.75);
  profile.max = counted->values.back();
  const auto body =
      body_range(*profile.min, quantile(*counted, 0.01), quantile(*counted, 0.99), *profile.max);
  const auto inside = std::count_if(counted->values.begin(), counted->values.end(), [&](double value) {
    return body && body->first <= value && value <= body->second;
  });
  set_shape(profile, body, std::min(k_profile_bins, static_cast<std::size_t>(inside)), [&](const auto& take) {
    for (std::size_t i = 0; i < counted->values.size(); ++i) {
      take(counted->values[i], counted->counts[i]);
    }
  });
  return true;
}

void profile_by_sketches(ColumnProfile& profile, const Column& column, unsigned threads) {
  std::vector<First> firsts;
  for (std::size_t i = 0; i < k_segments; ++i) {
    firsts.emplace_back(i);
  }
  const First first = over_segments(std::move(firsts), column, threads);
  const ValueCounts sketch = first.quantiles.weighted();
  const auto n = static_cast<double>(profile.count);
  const std::optional<std::int64_t> distinct = bounded_distinct_of(column.numbers);
  profile.unique =
      distinct ? *distinct
               : std::min(profile.count, static_cast<std::int64_t>(std::llround(first.distinct.estimate())));
  profile.unique_error = distinct ? 0 : DistinctSketch::k_relative_error;
  profile.rank_error = first.quantiles.rank_error();
  profile.min = first.min;
  profile.q25 = quantile(sketch, 0.25);
  profile.median = quantile(sketch, 0.5);
  profile.q75 = quantile(sketch, 0.75);
  profile.max = first.max;
  const double mean = first.sum.value() / n;
  profile.mean = if_finite(mean);
  const auto body = body_range(first.min, quantile(sketch, 0.01), quantile(sketch, 0.99), first.max);
  const std::vector<double> candidates = frequent_in(sketch);
  const Second empty{
      Bins(first.min, first.max, std::min(k_profile_bins, static_cast<std::size_t>(profile.unique))),
      body ? Bins(body->first, body->second, k_profile_bins) : Bins(0, 0, 0), mean, candidates};
  const Second second = over_segments(std::vector<Second>(k_segments, empty), column, threads);
  profile.standard_deviation = if_finite(std::sqrt(second.squares.value() / (n - 1)));
  profile.histogram = second.all.counts();
  if (body) {
    profile.body = second.middle.body();
  }
  profile.top = top_texts(column, top_of(second, profile.count));
}

} // namespace mlp::dataset
