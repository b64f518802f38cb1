#include "dataset/number_scan.hpp"

#include "dataset/number_sketches.hpp"
#include "dataset/profile_parts.hpp"
#include "dataset/sorted_numbers.hpp"
#include "os/memory.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace mlp::dataset {

namespace {

/// Mean, standard deviation, histogram and body; min, max, count and unique are there.
void set_shape(ColumnProfile& profile, const ValueCounts& counts,
               std::optional<std::pair<double, double>> body, std::size_t body_bins) {
  const auto n = static_cast<double>(profile.count);
  CompensatedSum sum;
  for (std::size_t i = 0; i < counts.values.size(); ++i) {
    sum.add(counts.values[i] * static_cast<double>(counts.counts[i]));
  }
  const double mean = sum.value() / n;
  profile.mean = if_finite(mean);
  CompensatedSum squares;
  Bins all(*profile.min, *profile.max, std::min(k_profile_bins, static_cast<std::size_t>(profile.unique)));
  Bins middle = body ? Bins(body->first, body->second, body_bins) : Bins(0, 0, 0);
  for (std::size_t i = 0; i < counts.values.size(); ++i) {
    const double difference = counts.values[i] - mean;
    squares.add(difference * difference * static_cast<double>(counts.counts[i]));
    if (all.usable()) {
      all.add(counts.values[i], counts.counts[i]);
    }
    if (middle.usable()) {
      middle.add(counts.values[i], counts.counts[i]);
    }
  }
  if (profile.count > 1) {
    profile.standard_deviation = if_finite(std::sqrt(squares.value() / (n - 1)));
  }
  profile.histogram = all.counts();
  if (body) {
    profile.body = middle.body();
  }
}

} // namespace

NumberScan::NumberScan() = default;
NumberScan::~NumberScan() = default;
NumberScan::NumberScan(NumberScan&&) noexcept = default;
NumberScan& NumberScan::operator=(NumberScan&&) noexcept = default;

void NumberScan::add(std::span<const double> numbers) {
  if (!counted_ && sketches_ == nullptr) {
    numbers = keep(numbers);
  }
  if (counted_) {
    numbers = count_on(numbers);
  }
  if (sketches_ != nullptr) {
    count_ += sketches_->add(numbers);
  }
}

/// Keeps as many as there is room for. Returns the others, after outgrow().
std::span<const double> NumberScan::keep(std::span<const double> numbers) {
  constexpr auto k_most = static_cast<std::size_t>(k_exact_values);
  if (kept_.capacity() < k_most && kept_.size() + numbers.size() > k_most / 4) {
    kept_.reserve(k_most); // at once: growing would copy it, and touch as much again
    os::prefer_huge_pages(kept_.data() + kept_.size(), (k_most - kept_.size()) * sizeof(double));
  }
  std::size_t i = 0;
  for (; i < numbers.size(); ++i) {
    if (std::isnan(numbers[i])) {
      continue;
    }
    if (kept_.size() == k_most) {
      break;
    }
    kept_.push_back(numbers[i]);
  }
  count_ = static_cast<std::int64_t>(kept_.size());
  if (i < numbers.size()) {
    outgrow();
  }
  return numbers.subspan(i);
}

/// Returns those that are to be sketched.
std::span<const double> NumberScan::count_on(std::span<const double> numbers) {
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (std::isnan(numbers[i])) {
      continue;
    }
    if (!counted_->add(numbers[i])) {
      sketches_ = std::make_unique<NumberSketches>(counted_->counts());
      counted_.reset();
      return numbers.subspan(i);
    }
    ++count_;
  }
  return {};
}

void NumberScan::outgrow() {
  counted_ = WholeCounts::of(kept_);
  if (!counted_) {
    sketches_ = std::make_unique<NumberSketches>(kept_);
  }
  std::vector<double>().swap(kept_);
}

void NumberScan::describe(ColumnProfile& profile, const Column& shown) {
  profile.count = count_;
  if (sketches_ != nullptr) {
    sketches_->describe(profile, shown);
  } else if (counted_) {
    describe_counts(profile, shown, counted_->counts());
  } else {
    sort_numbers(kept_);
    describe_counts(profile, shown, counts_of(kept_));
  }
}

ValueCounts NumberScan::counts() const {
  return sketches_ != nullptr ? sketches_->counts() : counted_ ? counted_->counts() : counts_of(kept_);
}

void describe_counts(ColumnProfile& profile, const Column& shown, const ValueCounts& counts) {
  TopValues<double> top;
  for (std::size_t i = 0; i < counts.values.size(); ++i) {
    top.add(counts.values[i], counts.counts[i]);
  }
  profile.unique = top.distinct();
  profile.top = top_texts(shown, std::move(top).take());
  if (counts.values.empty() || profile.type == ColumnType::boolean) {
    return;
  }
  profile.min = counts.values.front();
  profile.q25 = quantile(counts, 0.25);
  profile.median = quantile(counts, 0.5);
  profile.q75 = quantile(counts, 0.75);
  profile.max = counts.values.back();
  const auto body = body_range(*profile.min, quantile(counts, 0.01), quantile(counts, 0.99), *profile.max);
  const auto inside = std::count_if(counts.values.begin(), counts.values.end(), [&](double value) {
    return body && body->first <= value && value <= body->second;
  });
  set_shape(profile, counts, body, std::min(k_profile_bins, static_cast<std::size_t>(inside)));
}

} // namespace mlp::dataset
