#pragma once

#include "dataset/profile.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string_view>
#include <utility>

namespace mlp::dataset {

inline constexpr std::size_t k_top_values = 10;
inline constexpr std::size_t k_profile_bins = 20;

/// Gathers the values that ColumnProfile::top shows, from distinct values in ascending order.
template <typename Value> class TopValues {
public:
  void add(Value value, std::int64_t count) {
    ++distinct_;
    if (count > 1 || first_.size() < k_top_values) {
      (count > 1 ? repeated_ : first_).push_back({value, count});
    }
  }
  [[nodiscard]] std::int64_t distinct() const { return distinct_; }
  [[nodiscard]] std::vector<std::pair<Value, std::int64_t>> take() && {
    const auto more = [](const auto& a, const auto& b) { return a.second > b.second; };
    std::stable_sort(repeated_.begin(), repeated_.end(), more);
    if (distinct_ <= static_cast<std::int64_t>(k_top_values)) {
      repeated_.insert(repeated_.end(), first_.begin(), first_.end());
    }
    repeated_.resize(std::min(repeated_.size(), k_top_values));
    return std::move(repeated_);
  }

private:
  std::int64_t distinct_ = 0;
  std::vector<std::pair<Value, std::int64_t>> first_; ///< that occur once: shown where there are few values
  std::vector<std::pair<Value, std::int64_t>> repeated_; ///< that occur more than once
};

/// Kahan's sum in Neumaier's form (1974): the error does not grow with the number of terms.
class CompensatedSum {
public:
  void add(double added) {
    const double next = sum_ + added;
    lost_ += std::abs(sum_) >= std::abs(added) ? (sum_ - next) + added : (added - next) + sum_;
    sum_ = next;
  }
  [[nodiscard]] double value() const { return sum_ + lost_; }

private:
  double sum_ = 0;
  double lost_ = 0;
};

/// Bins of equal width from `from` to `to`, and what lies beyond them. Empty where the range is no number.
class Bins {
public:
  Bins(double from, double to, std::size_t bins)
      : from_(from), to_(to), half_range_(to / 2 - from / 2), // the whole range may exceed a double
        counts_(std::isfinite(half_range_) ? bins : 0) {}

  void add(double value, std::int64_t count) {
    if (value < from_) {
      below_ += count;
    } else if (value > to_) {
      above_ += count;
    } else {
      const double share = half_range_ == 0 ? 0 : (value / 2 - from_ / 2) / half_range_;
      const auto bin = static_cast<std::size_t>(share * static_cast<double>(counts_.size()));
      counts_[std::min(bin, counts_.size() - 1)] += count;
    }
  }
  [[nodiscard]] bool usable() const { return !counts_.empty(); }
  [[nodiscard]] const std::vector<std::int64_t>& counts() const { return counts_; }
  [[nodiscard]] Body body() const { return {from_, to_, counts_, below_, above_}; }

private:
  double from_;
  double to_;
  double half_range_;
  std::vector<std::int64_t> counts_;
  std::int64_t below_ = 0;
  std::int64_t above_ = 0;
};

/// From where to where the body reaches; nothing where no value can lie beyond it.
[[nodiscard]] std::optional<std::pair<double, double>> body_range(double min, double q01, double q99,
                                                                  double max);

/// As profile_of shows them: the texts of a column's numbers.
[[nodiscard]] std::vector<std::pair<std::string, std::int64_t>>
top_texts(const Column& column, const std::vector<std::pair<double, std::int64_t>>& top);

[[nodiscard]] std::optional<double> if_finite(double value);

/// Sets unique and top.
void describe_words(ColumnProfile& profile, TopValues<std::string_view> words);

} // namespace mlp::dataset
