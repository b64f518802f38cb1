#include "evaluation/reliance.hpp"

#include "evaluation/interval_json.hpp"
#include "os/threads.hpp"

#include <algorithm>
#include <numeric>

namespace mlp::evaluation {
namespace {

bool weighs_something(const Scored& part) {
  return !part.target.empty() &&
         (part.weights.empty() ||
          std::any_of(part.weights.begin(), part.weights.end(), [](double weight) { return weight > 0.0; }));
}

metrics::Sample sample_of(const Scored& scored, const ValidationScores& validation) {
  metrics::Sample fitted;
  fitted.task = scored.task;
  fitted.target = validation.target;
  fitted.scores = validation.scores;
  fitted.weights = validation.weights;
  fitted.classes = scored.task == Task::multiclass ? scored.classes.size() : 1;
  return fitted;
}

void add_conformal(const Scored& scored, const std::vector<Slice>& slices, const ValidationScores& validation,
                   double level, Reliance& result) {
  const metrics::Sample fitted = sample_of(scored, validation);
  const metrics::Sample judged = sample_of(scored, scored.model);
  result.rule = metrics::conformal_rule(fitted, k_conformal_level);
  const auto rows = metrics::conformal_rows(*result.rule, judged);
  std::vector<std::uint32_t> all(rows.size());
  std::iota(all.begin(), all.end(), 0U);
  result.coverage = metrics::coverage_of(rows, scored.weights, all, level);
  for (const Slice& slice : slices) {
    if (const auto coverage = metrics::coverage_of(rows, scored.weights, slice.at, level)) {
      result.slice_coverage.push_back({slice.label, *coverage});
    }
  }
  if (validation.groups) {
    result.group_column = validation.groups->column;
    result.group_rules = group_rules(*validation.groups, fitted, judged, k_conformal_level, level);
  }
}

void add_intercepts(const Scored& scored, const std::vector<Slice>& slices,
                    const metrics::IntervalOptions& options, Reliance& result) {
  metrics::IntervalOptions alone = options;
  alone.threads = 1;
  alone.progress = nullptr; // it is called from one thread at a time
  const std::vector<std::string> intercept = {"calibration_intercept"};
  std::vector<std::optional<metrics::MetricValue>> measured(slices.size());
  os::parallel_for(slices.size(), options.threads, [&](std::size_t i) {
    const Scored part = rows_at(scored, slices[i].at);
    if (weighs_something(part)) {
      measured[i] = metrics::measure_with_intervals(intercept, sample_of(part, part.model), alone).front();
    }
  });
  for (std::size_t i = 0; i < slices.size(); ++i) {
    if (measured[i]) {
      result.intercepts.push_back({slices[i].label, std::move(*measured[i])});
    }
  }
}

Json calibration_json(const Reliance& reliance) {
  if (!reliance.reliability) {
    return {};
  }
  const metrics::Reliability& found = *reliance.reliability;
  Json bins = Json::array();
  for (const metrics::ReliabilityBin& bin : found.bins) {
    bins.push_back(Json::object({{"n", bin.n},
                                 {"mean_score", bin.mean_score},
                                 {"observed", bin.observed},
                                 {"ci", interval_json(bin.interval)}}));
  }
  Json slices = Json::array();
  for (const SliceIntercept& slice : reliance.intercepts) {
    Json item = metrics::to_json(slice.value);
    item["slice"] = slice.slice;
    slices.push_back(std::move(item));
  }
  return Json::object({{"error", found.error},
                       {"excess_error", found.excess},
                       {"p_value", found.p_value},
                       {"draws", metrics::k_reliability_draws},
                       {"largest_gap", found.largest_gap},
                       {"bins", std::move(bins)},
                       {"slices", std::move(slices)}});
}

Json conformal_json(const Reliance& reliance) {
  if (!reliance.rule) {
    return {};
  }
  const metrics::ConformalRule& rule = *reliance.rule;
  const bool is_regression = !reliance.abstention;
  Json slices = Json::array();
  for (const SliceCoverage& slice : reliance.slice_coverage) {
    Json item = to_json(slice.coverage);
    item["slice"] = slice.slice;
    slices.push_back(std::move(item));
  }
  Json json = Json::object({{"level", rule.level},
                            {"n", rule.n},
                            {"rank", rule.rank},
                            {"limit", rule.limit},
                            {"expected", rule.expected ? interval_json(*rule.expected) : Json()},
                            {"coverage", to_json(*reliance.coverage)},
                            {"slices", std::move(slices)}});
  json["by"] = reliance.group_column.empty()
                   ? Json()
                   : Json::object({{"column", reliance.group_column},
                                   {"groups", to_json(reliance.group_rules, is_regression)}});
  json["mean_size"] = is_regression ? Json() : Json(reliance.coverage->mean_size);
  json["empty"] = is_regression ? Json() : Json(reliance.coverage->empty);
  json["mean_width"] = is_regression && rule.limit ? Json(2.0 * *rule.limit) : Json();
  return json;
}

Json abstention_json(const Reliance& reliance, std::span<const std::uint32_t> rows) {
  if (!reliance.abstention) {
    return {};
  }
  Json curve = Json::array();
  for (const metrics::AbstentionPoint& point : reliance.abstention->curve) {
    curve.push_back(
        Json::object({{"confidence", point.confidence}, {"coverage", point.coverage}, {"risk", point.risk}}));
  }
  const metrics::ConfidentErrors& confident = reliance.abstention->confident;
  Json worst = Json::array();
  for (const std::size_t at : confident.worst) {
    worst.push_back(static_cast<std::int64_t>(rows[at]) + 1);
  }
  return Json::object(
      {{"curve", std::move(curve)},
       {"confident", Json::object({{"from", metrics::k_confident},
                                   {"n", confident.n},
                                   {"wrong", confident.wrong},
                                   {"rate", confident.rate},
                                   {"ci", confident.interval ? interval_json(*confident.interval) : Json()},
                                   {"promised", confident.promised},
                                   {"worst", std::move(worst)}})}});
}

} // namespace

std::optional<double> conformal_half_width(const Scored& scored,
                                           const std::optional<ValidationScores>& validation) {
  const bool has_interval = scored.task == Task::regression && validation && !validation->target.empty();
  return has_interval ? metrics::conformal_rule(sample_of(scored, *validation), k_conformal_level).limit
                      : std::nullopt;
}

Reliance reliance(const Scored& scored, const std::vector<Slice>& slices,
                  const std::optional<ValidationScores>& validation, const config::Project& project,
                  const Effort& effort) {
  const metrics::IntervalOptions options = interval_options(project, effort);
  const metrics::Sample sample = sample_of(scored, scored.model);
  Reliance result;
  if (scored.task == Task::binary) {
    result.reliability = metrics::reliability(sample, options);
    add_intercepts(scored, slices, options, result);
  }
  if (has_classes(scored.task)) {
    result.abstention = metrics::abstention(sample, options.level);
  }
  if (scored.task != Task::ranking && validation && !validation->target.empty()) {
    add_conformal(scored, slices, *validation, options.level, result);
  }
  return result;
}

Json to_json(const Reliance& reliance, std::span<const std::uint32_t> rows) {
  return Json::object({{"calibration", calibration_json(reliance)},
                       {"conformal", conformal_json(reliance)},
                       {"abstention", abstention_json(reliance, rows)}});
}

} // namespace mlp::evaluation
