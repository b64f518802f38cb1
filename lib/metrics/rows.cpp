#include "metrics/rows.hpp"

#include "base/error.hpp"
#include "base/radix_sort.hpp"
#include "metrics/distributions.hpp"
#include "metrics/row_losses.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mlp::metrics {
namespace {

bool weights_are_equal(std::span<const double> weights) {
  return std::ranges::all_of(weights, [&](double weight) { return weight == weights.front(); });
}

/// Orders rows i and j by what they hold: negative, zero (interchangeable) or positive.
int compare_rows(const Sample& sample, std::size_t i, std::size_t j) {
  for (std::size_t k = 0; k < sample.classes; ++k) {
    const double a = sample.scores[i * sample.classes + k];
    const double b = sample.scores[j * sample.classes + k];
    if (a != b) {
      return a > b ? -1 : 1;
    }
  }
  if (sample.target[i] != sample.target[j]) {
    return sample.target[i] < sample.target[j] ? -1 : 1;
  }
  for (const auto& values : {sample.weights, sample.call_cost, sample.pass_cost}) {
    if (!values.empty() && values[i] != values[j]) {
      return values[i] < values[j] ? -1 : 1;
    }
  }
  return 0;
}

std::vector<std::uint32_t> canonical_order(std::span<const Sample> samples) {
  const Sample& first = samples.front();
  std::vector<std::uint32_t> order(first.rows());
  std::iota(order.begin(), order.end(), 0U);
  const auto score = [&](std::uint32_t row) { return first.scores[row * first.classes]; };
  radix_sort(order, [&](std::uint32_t row) { return ~radix_key(score(row) + 0.0); }); // + 0.0: −0 equals 0
  const auto before = [&](std::uint32_t a, std::uint32_t b) {
    int compared = 0;
    for (auto sample = samples.begin(); sample != samples.end() && compared == 0; ++sample) {
      compared = compare_rows(*sample, a, b);
    }
    return compared < 0;
  };
  for (auto begin = order.begin(); begin != order.end();) {
    const auto end =
        std::find_if(begin, order.end(), [&](std::uint32_t row) { return score(row) != score(*begin); });
    std::sort(begin, end, before);
    begin = end;
  }
  return order;
}

Rows arrange(const Sample& sample, std::span<const std::uint32_t> order) {
  Rows rows;
  rows.task = sample.task;
  rows.classes = sample.classes;
  rows.threshold = sample.threshold;
  rows.class_names.assign(sample.class_names.begin(), sample.class_names.end());
  rows.features = sample.features;
  rows.half_width = sample.half_width;
  rows.target = gather(sample.target, order);
  rows.scores.reserve(sample.scores.size());
  for (const std::size_t row : order) {
    const auto begin = sample.scores.begin() + static_cast<std::ptrdiff_t>(row * sample.classes);
    rows.scores.insert(rows.scores.end(), begin, begin + static_cast<std::ptrdiff_t>(sample.classes));
  }
  if (!sample.call_cost.empty()) {
    rows.call_cost = gather(sample.call_cost, order);
    rows.pass_cost = gather(sample.pass_cost, order);
  }
  if (!weights_are_equal(sample.weights)) {
    rows.weights = gather(sample.weights, order);
  }
  return rows;
}

/// Where each row stands in time; rows of the same time in their canonical order.
std::vector<std::uint32_t> places_in_time(const std::vector<std::uint32_t>& times) {
  std::vector<std::uint32_t> order(times.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, [&](std::uint32_t a, std::uint32_t b) { return times[a] < times[b]; });
  std::vector<std::uint32_t> places(times.size());
  for (std::uint32_t place = 0; place < order.size(); ++place) {
    places[order[place]] = place;
  }
  return places;
}

/// Whether values of rows that follow each other are correlated: r of lag 1 beyond what independent ones
/// show.
bool is_autocorrelated(const std::vector<double>& values, const std::vector<std::uint32_t>& places,
                       double confidence) {
  std::vector<double> in_time(values.size());
  double mean = 0.0;
  for (std::size_t row = 0; row < values.size(); ++row) {
    in_time[places[row]] = values[row];
    mean += values[row] / static_cast<double>(values.size());
  }
  double together = 0.0;
  double alone = 0.0;
  for (std::size_t i = 0; i < in_time.size(); ++i) {
    alone += (in_time[i] - mean) * (in_time[i] - mean);
    together += i > 0 ? (in_time[i] - mean) * (in_time[i - 1] - mean) : 0.0;
  }
  constexpr double k_rounding = 1e-12; // equal values leave what the mean lost: no correlation
  const auto n = static_cast<double>(values.size());
  const bool varies = alone > n * k_rounding * k_rounding * mean * mean;
  return varies && std::abs(together / alone) * std::sqrt(n) > normal_quantile(0.5 + 0.5 * confidence);
}

/// By what the metrics are made of: losses, targets and, of one score a row, errors. Errors that persist (too
/// high for weeks, then too low) may leave the losses uncorrelated and yet make every mean less certain.
bool depends_on_time(const Rows& rows, const std::vector<std::uint32_t>& places) {
  constexpr double k_confidence = 1.0 - 0.05 / 3.0;
  if (is_autocorrelated(skill_losses(rows), places, k_confidence) ||
      is_autocorrelated(rows.target, places, k_confidence)) {
    return true;
  }
  std::vector<double> errors;
  for (std::size_t row = 0; rows.classes == 1 && row < rows.size(); ++row) {
    errors.push_back(rows.target[row] - rows.scores[row]);
  }
  return !errors.empty() && is_autocorrelated(errors, places, k_confidence);
}

/// The same for all samples: decided by the first one.
void set_dependence(std::vector<Rows>& together, const Sample& sample, std::span<const std::uint32_t> order) {
  if (sample.dependence == Dependence::none) {
    return;
  }
  std::vector<std::uint32_t> places;
  places.reserve(order.size());
  for (const std::size_t row : order) {
    places.push_back(sample.places[row]);
  }
  if (sample.dependence == Dependence::time) {
    for (Rows& rows : together) {
      rows.times = places;
    }
    places = places_in_time(places);
    if (!depends_on_time(together.front(), places)) {
      return;
    }
  }
  for (Rows& rows : together) {
    rows.dependence = sample.dependence;
    rows.places = places;
    rows.groups =
        sample.dependence == Dependence::clusters ? *std::ranges::max_element(places) + std::size_t{1} : 0;
  }
}

void require_same(bool same, std::string_view what) {
  if (!same) {
    throw Error(ErrorCode::input, "cannot compare two models: their samples differ in {}", what)
        .hint("score both models on the same rows of the same data");
  }
}

} // namespace

std::size_t Rows::called_class(std::size_t row) const {
  const auto probabilities = row_scores(row);
  return static_cast<std::size_t>(std::ranges::max_element(probabilities) - probabilities.begin());
}

Rows canonical(const Sample& sample) { return std::move(canonical_together({&sample, 1}).front()); }

std::vector<Rows> canonical_together(std::span<const Sample> samples) {
  const Sample& first = samples.front();
  for (const Sample& sample : samples) {
    validate(sample);
    require_same(first.task == sample.task, "their task");
    require_same(first.classes == sample.classes, "their classes");
    require_same(std::ranges::equal(first.target, sample.target), "targets");
    require_same(std::ranges::equal(first.weights, sample.weights), "weights");
    require_same(std::ranges::equal(first.call_cost, sample.call_cost) &&
                     std::ranges::equal(first.pass_cost, sample.pass_cost),
                 "costs");
    require_same(first.dependence == sample.dependence && std::ranges::equal(first.places, sample.places),
                 "clusters or times");
  }
  const auto order = canonical_order(samples);
  std::vector<Rows> rows;
  rows.reserve(samples.size());
  for (const Sample& sample : samples) {
    rows.push_back(arrange(sample, order));
  }
  set_dependence(rows, first, order);
  return rows;
}

std::vector<std::uint32_t> descending_order(std::span<const double> values) {
  std::vector<std::uint32_t> order(values.size());
  std::iota(order.begin(), order.end(), 0U);
  if (!std::ranges::is_sorted(values, std::ranges::greater{})) {
    std::ranges::stable_sort(order, [&](std::uint32_t i, std::uint32_t j) { return values[i] > values[j]; });
  }
  return order;
}

std::vector<double> gather(std::span<const double> values, std::span<const std::uint32_t> order) {
  std::vector<double> result(order.size());
  std::ranges::transform(order, result.begin(), [&](std::uint32_t row) { return values[row]; });
  return result;
}

} // namespace mlp::metrics
