#include "evaluation/slice_results.hpp"

#include "metrics/independent.hpp"
#include "os/threads.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <set>
#include <string_view>

namespace mlp::evaluation {
namespace {

using metrics::MetricValue;
using metrics::Status;

constexpr std::size_t k_most_rest_rows = 100'000;
constexpr std::int64_t k_rest_replicates = 400;

/// The other rows, thinned; of a ranking by whole queries.
std::vector<std::uint32_t> rest_of(const std::vector<std::uint32_t>& at, const Scored& scored) {
  const std::size_t rows = scored.target.size();
  const std::size_t step = std::max<std::size_t>(1, (rows - at.size()) / k_most_rest_rows);
  std::vector<std::uint32_t> rest;
  auto inside = at.begin();
  std::size_t outside = 0;
  for (std::uint32_t i = 0; i < rows; ++i) {
    if (inside != at.end() && *inside == i) {
      ++inside;
      continue;
    }
    const std::size_t place = scored.task == Task::ranking ? scored.places[i] : outside++;
    if (place % step == 0) {
      rest.push_back(i);
    }
  }
  return rest;
}

/// What a slice has enough or too little of: rows; of a ranking queries with a relevant row.
std::int64_t count_units(const Scored& part) {
  if (part.task != Task::ranking) {
    return static_cast<std::int64_t>(part.target.size());
  }
  std::set<std::uint32_t> queries;
  for (std::size_t row = 0; row < part.target.size(); ++row) {
    if (part.target[row] > 0.0) {
      queries.insert(part.places[row]);
    }
  }
  return static_cast<std::int64_t>(queries.size());
}

bool weightless(const Scored& part) {
  return !part.weights.empty() &&
         std::all_of(part.weights.begin(), part.weights.end(), [](double w) { return w == 0; });
}

std::vector<MetricValue> undefined_values(const std::vector<std::string>& names, std::int64_t n) {
  std::vector<MetricValue> values;
  for (const std::string& name : names) {
    MetricValue value;
    value.name = name;
    value.status = Status::undefined;
    value.n = n;
    value.why = "every row of this slice has weight 0";
    values.push_back(value);
  }
  return values;
}

RestDifference difference_of(const MetricValue& inside, const MetricValue& rest) {
  RestDifference difference;
  difference.metric = inside.name;
  difference.rest = rest.value;
  const MetricValue* lacking = !inside.value ? &inside : !rest.value ? &rest : nullptr;
  if (lacking != nullptr) {
    difference.status = lacking->status;
    difference.why = (lacking == &rest ? "in the other rows: " : "") + lacking->why;
    return difference;
  }
  difference.value = *inside.value - *rest.value;
  if (inside.lower && rest.lower) {
    const auto interval = metrics::difference_interval(*inside.value, {*inside.lower, *inside.upper},
                                                       *rest.value, {*rest.lower, *rest.upper});
    difference.lower = interval.lower;
    difference.upper = interval.upper;
  }
  return difference;
}

void judge_size(SliceResult& result, std::int64_t inside, std::int64_t outside, std::string_view unit) {
  if (inside >= k_min_group_rows && outside >= k_min_group_rows) {
    return;
  }
  const bool small = inside < k_min_group_rows;
  result.status = Status::insufficient;
  result.why = fmt::format("{} {}{} are fewer than {}", small ? inside : outside, small ? "" : "other ", unit,
                           k_min_group_rows);
  for (RestDifference& difference : result.differences) {
    if (difference.status == Status::ok) {
      difference.status = Status::insufficient;
      difference.why = result.why;
    }
  }
}

} // namespace

SliceResult evaluate_slice(const Scored& scored, const Slice& slice, const std::vector<std::string>& names,
                           const metrics::IntervalOptions& options) {
  const Scored part = rows_at(scored, slice.at);
  SliceResult result{slice.label, slice.columns, static_cast<std::int64_t>(slice.at.size()), {}};
  result.pooled = slice.pooled;
  if (scored.task == Task::binary) {
    result.n_pos = std::count(part.target.begin(), part.target.end(), 1.0);
    result.n_neg = result.n - *result.n_pos;
  }
  result.metrics = weightless(part) ? undefined_values(names, result.n)
                                    : metrics::measure_with_intervals(names, model_sample_of(part), options);

  const auto others = rest_of(slice.at, scored);
  const Scored rest = others.empty() ? Scored() : rows_at(scored, others);
  if (!others.empty() && !weightless(rest)) {
    metrics::IntervalOptions fewer = options;
    fewer.replicates = std::min(options.replicates, k_rest_replicates);
    fewer.progress = nullptr; // it would run back and forth between every slice and its rest
    const auto values = metrics::measure_with_intervals(names, model_sample_of(rest), fewer);
    for (std::size_t i = 0; i < values.size(); ++i) {
      result.differences.push_back(difference_of(result.metrics[i], values[i]));
    }
  }
  judge_size(result, count_units(part), count_units(rest), scored.task == Task::ranking ? "queries" : "rows");
  return result;
}

std::vector<SliceResult> evaluate_slices(const Scored& scored, const std::vector<Slice>& slices,
                                         const std::vector<std::string>& names,
                                         const metrics::IntervalOptions& options) {
  std::vector<SliceResult> results(slices.size());
  if (slices.size() < 2 * std::size_t{options.threads}) { // some threads would wait for the last slice
    std::ranges::transform(slices, results.begin(),
                           [&](const Slice& slice) { return evaluate_slice(scored, slice, names, options); });
    return results;
  }
  metrics::IntervalOptions alone = options;
  alone.threads = 1;
  alone.progress = nullptr; // it is called from one thread at a time
  std::mutex guard;
  std::size_t done = 0;
  os::parallel_for(slices.size(), options.threads, [&](std::size_t i) {
    results[i] = evaluate_slice(scored, slices[i], names, alone);
    if (options.progress != nullptr) {
      const std::lock_guard lock(guard);
      options.progress->show("measuring", ++done, slices.size(), "slices", "");
    }
  });
  if (options.progress != nullptr) {
    options.progress->finish();
  }
  return results;
}

void append_json(const SliceResult& slice, Json& list) {
  for (std::size_t i = 0; i < slice.metrics.size(); ++i) {
    Json item = metrics::to_json(slice.metrics[i]);
    item["slice"] = slice.label;
    item["slice_columns"] = Json(slice.columns);
    item["slice_status"] = name_of(slice.status);
    item["n_neg"] = Json(slice.n_neg);
    Json difference;
    if (i < slice.differences.size()) {
      const RestDifference& rest = slice.differences[i];
      difference = Json::object({{"rest", Json(rest.rest)},
                                 {"value", Json(rest.value)},
                                 {"ci", rest.lower ? Json::array({*rest.lower, *rest.upper}) : Json()},
                                 {"status", name_of(rest.status)},
                                 {"why", rest.why}});
    }
    item["difference"] = std::move(difference);
    list.push_back(std::move(item));
  }
}

} // namespace mlp::evaluation
