#include "dataset/number_sketches.hpp"

#include "base/random.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

namespace mlp::dataset {
namespace {

std::uint64_t hash_of(double value) { return mix64(std::bit_cast<std::uint64_t>(value + 0.0)); } // −0 is 0

double finite_or_0(double value) { return std::isfinite(value) ? value : 0; }

} // namespace

NumberSketches::NumberSketches(std::span<const double> first) {
  quantiles_.add(first);
  set_candidates(quantiles_.weighted());
  CompensatedSum sum;
  for (const double value : first) {
    sum.add(value);
  }
  shift_ = finite_or_0(sum.value() / static_cast<double>(first.size()));
  for (; !first.empty(); first = first.subspan(std::min(k_block, first.size()))) {
    take(first.first(std::min(k_block, first.size())));
  }
}

NumberSketches::NumberSketches(const ValueCounts& first) {
  set_candidates(first);
  CompensatedSum sum;
  for (std::size_t i = 0; i < first.values.size(); ++i) {
    sum.add(first.values[i] * static_cast<double>(first.counts[i]));
  }
  shift_ = finite_or_0(sum.value() / static_cast<double>(first.total()));
  for (std::size_t i = 0; i < first.values.size(); ++i) {
    for (std::int64_t k = 0; k < first.counts[i]; ++k) {
      add({&first.values[i], 1});
    }
  }
}

void NumberSketches::set_candidates(const ValueCounts& likely) {
  block_.reserve(k_block);
  const double least = QuantileSketch::k_rank_error * static_cast<double>(likely.total());
  for (std::size_t i = 0; i < likely.values.size(); ++i) {
    if (static_cast<double>(likely.counts[i]) < least) {
      continue;
    }
    candidates_.resize(k_slots, {std::numeric_limits<double>::quiet_NaN(), 0});
    std::size_t at = hash_of(likely.values[i]) % k_slots;
    while (!std::isnan(candidates_[at].value)) {
      at = (at + 1) % k_slots;
    }
    candidates_[at].value = likely.values[i];
  }
}

void NumberSketches::count_candidate(double value, std::uint64_t hash) {
  for (std::size_t at = hash % k_slots; !std::isnan(candidates_[at].value); at = (at + 1) % k_slots) {
    if (candidates_[at].value == value) {
      ++candidates_[at].count;
      return;
    }
  }
}

std::int64_t NumberSketches::add(std::span<const double> values) {
  std::int64_t taken = 0;
  for (const double value : values) {
    if (std::isnan(value)) {
      continue;
    }
    ++taken;
    block_.push_back(value);
    if (block_.size() == k_block) {
      take_block();
    }
  }
  return taken;
}

void NumberSketches::take_block() {
  quantiles_.add(block_);
  take(block_);
  block_.clear();
}

/// All but the quantiles.
void NumberSketches::take(std::span<const double> values) {
  double sum = 0;
  double squares = 0;
  for (const double value : values) { // a block's own rounding is small; that of many sums is compensated
    const double difference = value - shift_;
    sum += difference;
    squares += difference * difference;
    min_ = std::min(min_, value);
    max_ = std::max(max_, value);
  }
  sum_.add(sum);
  squares_.add(squares);
  for (const double value : values) {
    const std::uint64_t hash = hash_of(value);
    distinct_.add_hash(hash);
    if (!candidates_.empty()) {
      count_candidate(value, hash);
    }
  }
}

std::vector<std::pair<double, std::int64_t>> NumberSketches::top(const ValueCounts& sketch) const {
  const double least = 4 * QuantileSketch::k_rank_error * static_cast<double>(sketch.total());
  std::vector<std::pair<double, std::int64_t>> found;
  for (const Candidate& candidate : candidates_) {
    if (static_cast<double>(candidate.count) >= least) {
      found.emplace_back(candidate.value, candidate.count);
    }
  }
  for (std::size_t i = 0; i < sketch.values.size(); ++i) {
    const double value = sketch.values[i];
    if (static_cast<double>(sketch.counts[i]) >= least &&
        std::none_of(candidates_.begin(), candidates_.end(),
                     [&](const Candidate& candidate) { return candidate.value == value; })) {
      found.emplace_back(value, sketch.counts[i]);
    }
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
  found.resize(std::min(found.size(), k_top_values));
  return found;
}

void NumberSketches::describe(ColumnProfile& profile, const Column& shown) {
  take_block();
  const ValueCounts sketch = quantiles_.weighted();
  const auto n = static_cast<double>(profile.count);
  profile.unique = std::min(profile.count, static_cast<std::int64_t>(std::llround(distinct_.estimate())));
  profile.unique_error = DistinctSketch::k_relative_error;
  profile.rank_error = quantiles_.rank_error();
  profile.min = min_;
  profile.q25 = quantile(sketch, 0.25);
  profile.median = quantile(sketch, 0.5);
  profile.q75 = quantile(sketch, 0.75);
  profile.max = max_;
  profile.mean = if_finite(shift_ + sum_.value() / n);
  const double squares = squares_.value() - sum_.value() * (sum_.value() / n);
  profile.standard_deviation = if_finite(std::sqrt(std::max(squares, 0.0) / (n - 1)));
  const auto body = body_range(min_, quantile(sketch, 0.01), quantile(sketch, 0.99), max_);
  Bins all(min_, max_, std::min(k_profile_bins, static_cast<std::size_t>(profile.unique)));
  Bins middle = body ? Bins(body->first, body->second, k_profile_bins) : Bins(0, 0, 0);
  for (std::size_t i = 0; i < sketch.values.size(); ++i) {
    if (all.usable()) {
      all.add(sketch.values[i], sketch.counts[i]);
    }
    if (middle.usable()) {
      middle.add(sketch.values[i], sketch.counts[i]);
    }
  }
  profile.histogram = all.counts();
  if (body) {
    profile.body = middle.body();
  }
  profile.top = top_texts(shown, top(sketch));
}

} // namespace mlp::dataset
