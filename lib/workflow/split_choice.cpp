#include "workflow/split_choice.hpp"

#include "base/time.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace mlp::workflow {
namespace {

constexpr double k_test_begins = 0.8;   // of the rows in the order of time
constexpr double k_valid_begins = 0.64; // the last fifth of what is before
constexpr double k_largest_part = 1.0 / 3;
constexpr double k_most_undated = 0.05;
constexpr UnixSeconds k_day = 86'400;

/// Of the rows that have a target, ascending; nothing where too many of them have no time.
std::vector<double> dated_rows(const dataset::Column& time, const dataset::Column& target, std::size_t rows) {
  std::vector<double> times;
  std::size_t labelled = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    if (target.missing(row)) {
      continue;
    }
    ++labelled;
    if (!time.missing(row)) {
      times.push_back(time.numbers[row]);
    }
  }
  if (static_cast<double>(times.size()) < (1 - k_most_undated) * static_cast<double>(labelled)) {
    return {};
  }
  std::sort(times.begin(), times.end());
  return times;
}

double share_from(const std::vector<double>& times, UnixSeconds begin, double end) {
  const auto first = std::lower_bound(times.begin(), times.end(), static_cast<double>(begin));
  const auto last = std::lower_bound(first, times.end(), end);
  return static_cast<double>(last - first) / static_cast<double>(times.size());
}

std::string written(UnixSeconds time) { return time % k_day == 0 ? format_date(time) : format_utc(time); }

UnixSeconds start_of_day(UnixSeconds time) { return time - (time % k_day + k_day) % k_day; }

/// Where the parts begin: at a midnight or at an instant.
std::optional<TimeSplit> parts_of(const std::vector<double>& times, bool whole_days) {
  const auto begin_at = [&](double share) {
    const auto place = static_cast<std::size_t>(share * static_cast<double>(times.size()));
    const auto second = static_cast<UnixSeconds>(std::floor(times[place]));
    return whole_days ? start_of_day(second) : second;
  };
  const UnixSeconds valid_from = begin_at(k_valid_begins);
  const UnixSeconds test_from = begin_at(k_test_begins);
  const double test = share_from(times, test_from, INFINITY);
  const double valid = share_from(times, valid_from, static_cast<double>(test_from));
  if (!(valid > 0) || test > k_largest_part || valid > k_largest_part) {
    return std::nullopt;
  }
  return TimeSplit{written(valid_from), written(test_from), test};
}

} // namespace

std::optional<TimeSplit> time_split_of(const dataset::Column& time, const dataset::Column& target) {
  const std::vector<double> times = dated_rows(time, target, time.numbers.size());
  if (times.empty()) {
    return std::nullopt;
  }
  auto split = parts_of(times, true);
  return split ? split : parts_of(times, false);
}

std::string split_line(Task task, const std::optional<TimeSplit>& by_time, bool grouped) {
  if (task == Task::ranking) {
    return "{by: hash, seed: 0, test: 0.2, valid: 0.2}   # of whole queries; or by: time, file";
  }
  if (by_time) {
    return fmt::format("{{by: time, valid_from: {}, test_from: {}}}   # or by: hash, group, file",
                       by_time->valid_from, by_time->test_from);
  }
  return fmt::format("{{by: {}, seed: 0, test: 0.2, valid: 0.2}}   # or by: time, {}, file",
                     grouped ? "group" : "hash", grouped ? "hash" : "group");
}

} // namespace mlp::workflow
