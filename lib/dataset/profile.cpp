#include "dataset/profile.hpp"

#include "dataset/sorted_numbers.hpp"
#include "os/threads.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace mlp::dataset {
namespace {

constexpr std::size_t k_top = 10;
constexpr std::size_t k_bins = 20;

/// Gathers the values that ColumnProfile::top shows, from distinct values in ascending order.
template <typename Value> class TopValues {
public:
  void add(Value value, std::int64_t count) {
    ++distinct_;
    if (count > 1 || first_.size() < k_top) {
      (count > 1 ? repeated_ : first_).push_back({value, count});
    }
  }
  [[nodiscard]] std::int64_t distinct() const { return distinct_; }
  [[nodiscard]] std::vector<std::pair<Value, std::int64_t>> take() && {
    const auto more = [](const auto& a, const auto& b) { return a.second > b.second; };
    std::stable_sort(repeated_.begin(), repeated_.end(), more);
    if (distinct_ <= static_cast<std::int64_t>(k_top)) {
      repeated_.insert(repeated_.end(), first_.begin(), first_.end());
    }
    repeated_.resize(std::min(repeated_.size(), k_top));
    return std::move(repeated_);
  }

private:
  std::int64_t distinct_ = 0;
  std::vector<std::pair<Value, std::int64_t>> first_; ///< that occur once: shown where there are few values
  std::vector<std::pair<Value, std::int64_t>> repeated_; ///< that occur more than once
};

/// Kahan's sum in Neumaier's form (1974): the error does not grow with the number of terms.
template <typename Term> double compensated_sum(const std::vector<double>& values, Term term) {
  double sum = 0;
  double lost = 0;
  for (const double value : values) {
    const double added = term(value);
    const double next = sum + added;
    lost += std::abs(sum) >= std::abs(added) ? (sum - next) + added : (added - next) + sum;
    sum = next;
  }
  return sum + lost;
}

std::optional<double> if_finite(double value) {
  return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

void set_moments(ColumnProfile& profile, const std::vector<double>& sorted) {
  const auto n = static_cast<double>(sorted.size());
  const double mean = compensated_sum(sorted, [](double value) { return value; }) / n;
  profile.mean = if_finite(mean);
  if (sorted.size() > 1) {
    const double squares =
        compensated_sum(sorted, [mean](double value) { return (value - mean) * (value - mean); });
    profile.standard_deviation = if_finite(std::sqrt(squares / (n - 1)));
  }
}

void set_histogram(ColumnProfile& profile, const std::vector<double>& sorted) {
  const double half_range = sorted.back() / 2 - sorted.front() / 2; // the whole range may exceed a double
  if (!std::isfinite(half_range)) {
    return;
  }
  const std::size_t bins = std::min(k_bins, static_cast<std::size_t>(profile.unique));
  profile.histogram.assign(bins, 0);
  for (const double value : sorted) {
    const double share = half_range == 0 ? 0 : (value / 2 - sorted.front() / 2) / half_range;
    const auto bin = static_cast<std::size_t>(share * static_cast<double>(bins));
    ++profile.histogram[std::min(bin, bins - 1)];
  }
}

void set_frequencies(ColumnProfile& profile, const Column& column, const std::vector<double>& sorted) {
  TopValues<double> values;
  for (auto begin = sorted.begin(); begin != sorted.end();) {
    const auto end = std::find_if(begin, sorted.end(), [&](double value) { return value != *begin; });
    values.add(*begin, end - begin);
    begin = end;
  }
  profile.unique = values.distinct();
  Column shown;
  shown.type = column.type;
  shown.spellings = column.spellings;
  for (const auto& [value, count] : std::move(values).take()) {
    shown.numbers.assign(1, value);
    profile.top.emplace_back(shown.text(0), count);
  }
}

void profile_numbers(ColumnProfile& profile, const Column& column) {
  std::vector<double> sorted;
  sorted.reserve(column.numbers.size());
  std::copy_if(column.numbers.begin(), column.numbers.end(), std::back_inserter(sorted),
               [](double value) { return !std::isnan(value); });
  sort_numbers(sorted);
  profile.count = static_cast<std::int64_t>(sorted.size());
  set_frequencies(profile, column, sorted);
  if (sorted.empty() || column.type == ColumnType::boolean) {
    return;
  }
  profile.min = sorted.front();
  profile.q25 = quantile(sorted, 0.25);
  profile.median = quantile(sorted, 0.5);
  profile.q75 = quantile(sorted, 0.75);
  profile.max = sorted.back();
  set_moments(profile, sorted);
  set_histogram(profile, sorted);
}

void profile_codes(ColumnProfile& profile, const Column& column) {
  std::vector<std::int64_t> counts(column.categories.size());
  for (const std::int32_t code : column.codes) {
    if (code >= 0) {
      ++counts[static_cast<std::size_t>(code)];
      ++profile.count;
    }
  }
  TopValues<std::size_t> values;
  for (std::size_t code = 0; code < counts.size(); ++code) {
    if (counts[code] > 0) {
      values.add(code, counts[code]);
    }
  }
  profile.unique = values.distinct();
  for (const auto& [code, count] : std::move(values).take()) {
    profile.top.emplace_back(column.categories[code], count);
  }
}

} // namespace

Profile profile_of(const Table& table, unsigned threads) {
  Profile profile;
  profile.rows = static_cast<std::int64_t>(table.rows);
  profile.columns.resize(table.columns.size());
  os::parallel_for(table.columns.size(), threads, [&](std::size_t i) {
    const Column& column = table.columns[i];
    ColumnProfile& found = profile.columns[i];
    found.name = column.name;
    found.type = column.type;
    if (column.is_numeric()) {
      profile_numbers(found, column);
    } else {
      profile_codes(found, column);
    }
    found.missing = profile.rows - found.count;
  });
  return profile;
}

} // namespace mlp::dataset
