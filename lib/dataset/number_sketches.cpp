#include "dataset/number_sketches.hpp"

#include "base/random.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <utility>

namespace mlp::dataset {
namespace {

std::uint64_t hash_of(double value) { return mix64(std::bit_cast<std::uint64_t>(value + 0.0)); } // −0 is 0

double finite_or_0(double value) { return std::isfinite(value) ? value : 0; }

bool holds_nan(std::span<const double> values) {
  bool found = false;
  for (const double value : values) { // without a branch: there is mostly none
    found |= std::isnan(value);
  }
  return found;
}

/// Sums of x − shift and of its square.
struct Sums {
  double sum = 0;
  double squares = 0;

  void add(double difference) {
    sum += difference;
    squares += difference * difference;
  }
};

/// In four lanes: one sum would wait for itself. A block's own rounding is small.
Sums sums_of(std::span<const double> values, double shift) {
  Sums a;
  Sums b;
  Sums c;
  Sums d;
  std::size_t i = 0;
  for (; i + 4 <= values.size(); i += 4) {
    a.add(values[i] - shift);
    b.add(values[i + 1] - shift);
    c.add(values[i + 2] - shift);
    d.add(values[i + 3] - shift);
  }
  for (; i < values.size(); ++i) {
    a.add(values[i] - shift);
  }
  return {(a.sum + b.sum) + (c.sum + d.sum), (a.squares + b.squares) + (c.squares + d.squares)};
}

ValueCounts merged(const ValueCounts& a, const ValueCounts& b) {
  ValueCounts all;
  for (std::size_t i = 0, j = 0; i < a.values.size() || j < b.values.size();) {
    const bool from_a = j == b.values.size() || (i < a.values.size() && a.values[i] <= b.values[j]);
    const double value = from_a ? a.values[i] : b.values[j];
    const std::int64_t count = from_a ? a.counts[i++] : b.counts[j++];
    if (all.values.empty() || all.values.back() != value) {
      all.values.push_back(value);
      all.counts.push_back(0);
    }
    all.counts.back() += count;
  }
  return all;
}

} // namespace

NumberSketches::NumberSketches(std::span<const double> first) : block_(k_block) {
  cells_ = EvenCells::of(first, given_back_);
  quantiles_.add(given_back_);
  const double least = QuantileSketch::k_rank_error * static_cast<double>(first.size());
  set_candidates(quantiles_.weighted(), cells_ ? least - cells_->most() : least);
  take_extremes(first);
  shift_ = finite_or_0(sums_of(first, 0).sum / static_cast<double>(first.size()));
  for (; !first.empty(); first = first.subspan(std::min(k_block, first.size()))) {
    take(first.first(std::min(k_block, first.size())));
  }
}

NumberSketches::NumberSketches(const ValueCounts& first) : block_(k_block) {
  set_candidates(first, QuantileSketch::k_rank_error * static_cast<double>(first.total()));
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

void NumberSketches::set_candidates(const ValueCounts& likely, double least) {
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
  while (!values.empty()) {
    const auto part = values.first(std::min(values.size(), k_block - waiting_));
    values = values.subspan(part.size());
    if (part.size() == k_block && !holds_nan(part)) {
      take_block(part);
      taken += static_cast<std::int64_t>(k_block);
      continue;
    }
    const std::size_t before = waiting_;
    for (const double value : part) {
      block_[waiting_] = value;
      waiting_ += std::isnan(value) ? 0U : 1U;
    }
    taken += static_cast<std::int64_t>(waiting_ - before);
    if (waiting_ == k_block) {
      take_block(block_);
      waiting_ = 0;
    }
  }
  return taken;
}

void NumberSketches::take_block(std::span<const double> values) {
  if (cells_) {
    given_back_.clear();
    cells_->add(values, given_back_);
    quantiles_.add(given_back_);
    take_extremes(given_back_); // what the cells take lies between the first values
  } else {
    quantiles_.add(values);
    take_extremes(values);
  }
  take(values);
}

void NumberSketches::take_extremes(std::span<const double> values) {
  for (const double value : values) {
    min_ = std::min(min_, value);
    max_ = std::max(max_, value);
  }
}

/// All but quantiles and extremes.
void NumberSketches::take(std::span<const double> values) {
  const Sums sums = sums_of(values, shift_);
  sum_.add(sums.sum);
  squares_.add(sums.squares);
  std::array<std::uint64_t, k_block> hashes; // NOLINT: set below as far as it is used
  for (std::size_t i = 0; i < values.size(); ++i) {
    hashes[i] = hash_of(values[i]);
  }
  if (!candidates_.empty()) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      count_candidate(values[i], hashes[i]);
    }
  }
  distinct_.add_hashes(std::span(hashes).first(values.size()));
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

ValueCounts NumberSketches::counts() const {
  return cells_ ? merged(quantiles_.weighted(), cells_->counts()) : quantiles_.weighted();
}

void NumberSketches::describe(ColumnProfile& profile, const Column& shown) {
  take_block(std::span(block_).first(waiting_));
  waiting_ = 0;
  const ValueCounts sketch = counts();
  const auto n = static_cast<double>(profile.count);
  profile.unique = std::min(profile.count, static_cast<std::int64_t>(std::llround(distinct_.estimate())));
  profile.unique_error = DistinctSketch::k_relative_error;
  profile.rank_error = cells_ ? QuantileSketch::k_rank_error : quantiles_.rank_error();
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
