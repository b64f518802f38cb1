#include "dataset/distribution.hpp"

#include "dataset/profile_parts.hpp"
#include "dataset/quantile_sketch.hpp"
#include "dataset/sorted_numbers.hpp"
#include "dataset/whole_counts.hpp"
#include "os/threads.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace mlp::dataset {
namespace {

/// Counted where that is possible, else sorted where they are few enough, else sketched.
void set_numbers(Distribution& found, const Column& column) {
  CompensatedSum sum;
  for (const double value : column.numbers) {
    if (!std::isnan(value)) {
      sum.add(value);
      ++found.count;
      found.min = std::min(found.min.value_or(value), value);
      found.max = std::max(found.max.value_or(value), value);
    }
  }
  if (found.count == 0) {
    return;
  }
  found.mean = if_finite(sum.value() / static_cast<double>(found.count));
  if (const auto counted = WholeCounts::of(column.numbers)) {
    found.numbers = counted->counts();
    return;
  }
  const auto is_number = [](double value) { return !std::isnan(value); };
  if (found.count <= k_exact_values) {
    std::vector<double> sorted;
    std::copy_if(column.numbers.begin(), column.numbers.end(), std::back_inserter(sorted), is_number);
    sort_numbers(sorted);
    found.numbers = counts_of(sorted);
    return;
  }
  QuantileSketch sketch(0);
  for (const double value : column.numbers) {
    if (is_number(value)) {
      sketch.add(value);
    }
  }
  found.numbers = sketch.weighted();
  found.rank_error = sketch.rank_error();
}

void set_words(Distribution& found, const Column& column) {
  std::vector<std::int64_t> counts(column.categories.size());
  for (const std::int32_t code : column.codes) {
    if (code >= 0) {
      ++counts[static_cast<std::size_t>(code)];
      ++found.count;
    }
  }
  if (column.type == ColumnType::text) {
    return;
  }
  for (std::size_t code = 0; code < counts.size(); ++code) {
    if (counts[code] > 0) {
      found.words.emplace_back(column.categories[code], counts[code]);
    }
  }
}

/// Booleans are words, however a file spells them.
void set_booleans(Distribution& found) {
  for (std::size_t i = 0; i < found.numbers.values.size(); ++i) {
    found.words.emplace_back(found.numbers.values[i] == 0 ? "false" : "true", found.numbers.counts[i]);
  }
  found.numbers = {};
  found.min = found.max = found.mean = std::nullopt;
}

ShiftSide side_of(const Distribution& of) {
  ShiftSide side;
  side.count = of.count;
  side.missing = of.missing;
  if (!of.numbers.values.empty()) {
    side.min = of.min;
    side.q25 = quantile(of.numbers, 0.25);
    side.median = quantile(of.numbers, 0.5);
    side.q75 = quantile(of.numbers, 0.75);
    side.max = of.max;
    side.mean = of.mean;
  }
  return side;
}

using Words = std::vector<std::pair<std::string, std::int64_t>>;

/// The words of `one` that `other` lacks, the most frequent first.
Words only_in(const Words& one, const Words& other) {
  Words only;
  std::set_difference(one.begin(), one.end(), other.begin(), other.end(), std::back_inserter(only),
                      [](const auto& a, const auto& b) { return a.first < b.first; });
  std::stable_sort(only.begin(), only.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  return only;
}

double total_variation(const Distribution& left, const Distribution& right) {
  double sum = 0;
  auto a = left.words.begin();
  auto b = right.words.begin();
  while (a != left.words.end() || b != right.words.end()) {
    const bool take_a = b == right.words.end() || (a != left.words.end() && a->first <= b->first);
    const bool take_b = a == left.words.end() || (b != right.words.end() && b->first <= a->first);
    const double p = take_a ? static_cast<double>((a++)->second) / static_cast<double>(left.count) : 0;
    const double q = take_b ? static_cast<double>((b++)->second) / static_cast<double>(right.count) : 0;
    sum += std::abs(p - q);
  }
  return sum / 2;
}

double share_missing(const ShiftSide& side) {
  const std::int64_t rows = side.count + side.missing;
  return rows > 0 ? static_cast<double>(side.missing) / static_cast<double>(rows) : 0;
}

} // namespace

Distribution distribution_of(const Column& column) {
  Distribution found;
  found.name = column.name;
  found.type = column.type;
  if (column.is_numeric()) {
    set_numbers(found, column);
  } else {
    set_words(found, column);
  }
  if (column.type == ColumnType::boolean) {
    set_booleans(found);
  }
  const std::size_t rows = column.is_numeric() ? column.numbers.size() : column.codes.size();
  found.missing = static_cast<std::int64_t>(rows) - found.count;
  return found;
}

std::vector<Distribution> distributions_of(const Table& table, unsigned threads) {
  std::vector<Distribution> found(table.columns.size());
  os::parallel_for(found.size(), threads,
                   [&](std::size_t i) { found[i] = distribution_of(table.columns[i]); });
  return found;
}

namespace {

double inverse_sizes(double left, double right) { return left > 0 && right > 0 ? 1 / left + 1 / right : 0; }

/// The critical value of the two-sample Kolmogorov–Smirnov test at 1 %, asymptotically.
double chance_of_ks(double inverse) { return 1.63 * std::sqrt(inverse); }

/// The mean of ½ Σ |p − q| over k values is at most ½ √((k − 1)(1/n + 1/m)) (Jensen), and McDiarmid's
/// inequality bounds what is above it at 1 %.
double chance_of_tv(double inverse, std::size_t values) {
  const double k = static_cast<double>(std::max<std::size_t>(values, 1));
  return 0.5 * std::sqrt((k - 1) * inverse) + std::sqrt(std::log(100.0) / 2 * inverse);
}

/// The share of rows whose value was not seen before is that of the values that were seen once (Good 1953).
double chance_of_new(const Distribution& left, std::int64_t right_count) {
  const auto once =
      std::count_if(left.words.begin(), left.words.end(), [](const auto& word) { return word.second == 1; });
  if (once == 0 || left.count == 0 || right_count == 0) {
    return 0;
  }
  const double share = static_cast<double>(once) / static_cast<double>(left.count);
  return share + 3 * std::sqrt(share / static_cast<double>(right_count));
}

Drift drift_by(double effect, double warn, double alert) {
  return effect >= alert ? Drift::alert : effect >= warn ? Drift::warn : Drift::none;
}

} // namespace

std::string_view name_of(Drift drift) {
  return drift == Drift::alert ? "alert" : drift == Drift::warn ? "warn" : "none";
}

Drift ColumnShift::drift() const {
  constexpr auto k_few = static_cast<std::int64_t>(k_few_to_shift);
  const std::int64_t left_rows = left.count + left.missing;
  const std::int64_t right_rows = right.count + right.missing;
  if (left_rows < k_few || right_rows < k_few) {
    return Drift::none;
  }
  const auto n = static_cast<double>(left_rows);
  const auto m = static_cast<double>(right_rows);
  Drift worst = Drift::none;
  if (distance.value_or(0) - distance_error > chance_distance) {
    worst = drift_by(*distance, 0.1, k_alert_distance);
  }
  const double missing = std::fabs(share_missing(left) - share_missing(right));
  const double pooled = static_cast<double>(left.missing + right.missing) / (n + m);
  if (missing > 2.58 * std::sqrt(pooled * (1 - pooled) * inverse_sizes(n, m))) { // 1 % of a normal
    worst = std::max(worst, drift_by(missing, 0.05, 0.1));
  }
  std::int64_t rows = 0;
  for (const auto& value : came) {
    rows += value.second;
  }
  const double share = right.count > 0 ? static_cast<double>(rows) / static_cast<double>(right.count) : 0;
  if (share > chance_came) {
    worst = std::max(worst, drift_by(share, 0.0, 0.01));
  }
  return worst;
}

ColumnShift shift_between(const Distribution& left, const Distribution& right) {
  ColumnShift shift;
  shift.name = left.name;
  shift.type = left.type;
  shift.left = side_of(left);
  shift.right = side_of(right);
  const double inverse =
      inverse_sizes(static_cast<double>(shift.left.count), static_cast<double>(shift.right.count));
  if (left.type == ColumnType::number || left.type == ColumnType::datetime) {
    shift.distance_name = "ks";
    shift.distance = kolmogorov_smirnov(left.numbers, right.numbers);
    shift.distance_error = left.rank_error + right.rank_error;
    shift.chance_distance = chance_of_ks(inverse);
  } else if (left.type != ColumnType::text) {
    shift.distance_name = "tv";
    if (left.count > 0 && right.count > 0) {
      shift.distance = total_variation(left, right);
    }
    shift.came = only_in(right.words, left.words);
    shift.chance_distance = chance_of_tv(inverse, left.words.size() + shift.came.size());
    shift.chance_came = chance_of_new(left, right.count);
    shift.went = only_in(left.words, right.words);
  }
  return shift;
}

bool ColumnShift::moved() const {
  return distance.value_or(0) > 0 || share_missing(left) != share_missing(right) || !came.empty() ||
         !went.empty();
}

} // namespace mlp::dataset
