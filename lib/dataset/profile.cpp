#include "dataset/profile.hpp"

#include "dataset/large_profile.hpp"
#include "dataset/profile_parts.hpp"
#include "dataset/sorted_numbers.hpp"
#include "os/threads.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace mlp::dataset {
namespace {

void set_frequencies(ColumnProfile& profile, const Column& column, const std::vector<double>& sorted) {
  TopValues<double> values;
  for (auto begin = sorted.begin(); begin != sorted.end();) {
    const auto end = std::find_if(begin, sorted.end(), [&](double value) { return value != *begin; });
    values.add(*begin, end - begin);
    begin = end;
  }
  profile.unique = values.distinct();
  profile.top = top_texts(column, std::move(values).take());
}

/// How many different values lie in the body; more than a histogram has bins are not counted.
std::size_t few_distinct(const std::vector<double>& sorted, std::pair<double, double> body) {
  auto at = std::lower_bound(sorted.begin(), sorted.end(), body.first);
  std::size_t distinct = 0;
  for (; distinct < k_profile_bins && at != sorted.end() && *at <= body.second; ++distinct) {
    at = std::upper_bound(at, sorted.end(), *at);
  }
  return distinct;
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
  const auto body = body_range(*profile.min, quantile(sorted, 0.01), quantile(sorted, 0.99), *profile.max);
  set_shape(profile, body, body ? few_distinct(sorted, *body) : 0, [&](const auto& take) {
    for (const double value : sorted) {
      take(value, 1);
    }
  });
}

/// True where a sketch has still to be made: of many numbers that cannot be counted.
bool profile_many_numbers(ColumnProfile& profile, const Column& column) {
  profile.count = std::count_if(column.numbers.begin(), column.numbers.end(),
                                [](double value) { return !std::isnan(value); });
  if (profile.count <= k_exact_values) {
    profile_numbers(profile, column);
    return false;
  }
  return !profile_by_counting(profile, column);
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
  std::vector<char> to_sketch(table.columns.size()); // no bits: threads write to neighbours
  os::parallel_for(table.columns.size(), threads, [&](std::size_t i) {
    const Column& column = table.columns[i];
    ColumnProfile& found = profile.columns[i];
    found.name = column.name;
    found.type = column.type;
    if (column.is_numeric() && profile.rows > k_exact_values) {
      to_sketch[i] = profile_many_numbers(found, column) ? 1 : 0;
    } else if (column.is_numeric()) {
      profile_numbers(found, column);
    } else {
      profile_codes(found, column);
    }
    found.missing = profile.rows - found.count;
  });
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (to_sketch[i] != 0) {
      profile_by_sketches(profile.columns[i], table.columns[i], threads);
    }
  }
  return profile;
}

} // namespace mlp::dataset
