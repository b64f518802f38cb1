#include "evaluation/decision_value.hpp"

#include "evaluation/interval_json.hpp"
#include "metrics/bootstrap.hpp"
#include "metrics/sums.hpp"

#include <array>

namespace mlp::evaluation {
namespace {

using metrics::MetricValue;

constexpr double k_cases = 1000.0;
constexpr int k_curve_points = 99;
constexpr std::array<const char*, 2> k_alternatives = {"treat_all", "treat_none"};

/// Row costs of the model's decisions, of calling everybody, of calling nobody.
using RowCosts = std::array<std::vector<double>, 3>;

RowCosts row_costs(const metrics::Rows& rows, const metrics::Costs& costs) {
  RowCosts result;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const bool positive = rows.target[row] == 1.0;
    const double called = positive ? costs.tp : costs.fp;
    const double passed = positive ? costs.fn : costs.tn;
    result[0].push_back(rows.scores[row] >= rows.threshold ? called : passed);
    result[1].push_back(called);
    result[2].push_back(passed);
  }
  return result;
}

MetricValue metric_of(const char* name, double value, const metrics::Rows& rows,
                      const metrics::IntervalOptions& options) {
  MetricValue metric;
  metric.name = name;
  metric.value = value;
  metric.n = static_cast<std::int64_t>(rows.size());
  std::int64_t positive = 0;
  for (const double target : rows.target) {
    positive += target == 1.0 ? 1 : 0;
  }
  metric.n_pos = positive;
  metric.level = options.level;
  return metric;
}

std::vector<NetBenefit> net_benefit_curve(const metrics::Rows& rows) {
  std::vector<NetBenefit> curve;
  const double all = metrics::sum(rows.weights);
  for (int point = 1; point <= k_curve_points; ++point) {
    const double threshold = point / (k_curve_points + 1.0);
    const double odds = threshold / (1.0 - threshold);
    NetBenefit benefit{threshold, 0.0, 0.0};
    for (std::size_t row = 0; row < rows.size(); ++row) {
      const double gain = rows.target[row] == 1.0 ? rows.weights[row] : -odds * rows.weights[row];
      benefit.treat_all += gain;
      benefit.model += rows.scores[row] >= threshold ? gain : 0.0;
    }
    benefit.model /= all;
    benefit.treat_all /= all;
    curve.push_back(benefit);
  }
  return curve;
}

} // namespace

std::optional<metrics::Costs> costs_of(const config::Project& project) {
  const Json& costs = project.evaluation.decision.costs;
  if (!costs.is_object() || project.model.task != Task::binary) {
    return std::nullopt;
  }
  return metrics::Costs{costs["tp"].number_or(0.0), costs["tn"].number_or(0.0), costs["fp"].number_or(0.0),
                        costs["fn"].number_or(0.0)};
}

std::optional<DecisionValue> decision_value(const Scored& scored, const config::Project& project,
                                            const Effort& effort) {
  const auto costs = costs_of(project);
  if (!costs || scored.task != Task::binary) {
    return std::nullopt;
  }
  const auto options = interval_options(project, effort);
  const metrics::Rows rows = metrics::canonical(sample_of(scored, scored.model));
  const RowCosts of = row_costs(rows, *costs);
  const auto values = [&](std::span<const double> weights, std::span<double> numbers) {
    const double model = metrics::weighted_mean(weights, of[0]);
    numbers[0] = model;
    numbers[1] = metrics::weighted_mean(weights, of[1]) - model;
    numbers[2] = metrics::weighted_mean(weights, of[2]) - model;
  };
  std::array<double, 3> here{};
  values(rows.weights, here);
  const auto replicates = metrics::bootstrap(rows, here.size(), values, options);

  DecisionValue result;
  result.costs = *costs;
  result.threshold = scored.threshold;
  result.cost = metric_of("cost", here[0], rows, options);
  result.cost.direction = metrics::Direction::lower_is_better;
  result.value_per_1000 = metric_of("value_per_1000", -k_cases * here[0], rows, options);
  result.value_per_1000.direction = metrics::Direction::higher_is_better;
  if (const auto interval = metrics::percentile_interval(replicates, 0, options.level)) {
    result.cost.method = result.value_per_1000.method = metrics::IntervalMethod::bootstrap;
    result.cost.lower = interval->lower;
    result.cost.upper = interval->upper;
    result.value_per_1000.lower = -k_cases * interval->upper;
    result.value_per_1000.upper = -k_cases * interval->lower;
  }
  for (std::size_t i = 0; i < k_alternatives.size(); ++i) {
    Alternative other;
    other.name = k_alternatives.at(i);
    other.advantage = k_cases * here.at(i + 1);
    other.value_per_1000 = *result.value_per_1000.value - other.advantage;
    if (const auto interval = metrics::percentile_interval(replicates, i + 1, options.level)) {
      other.lower = k_cases * interval->lower;
      other.upper = k_cases * interval->upper;
    }
    result.alternatives.push_back(std::move(other));
  }
  result.bayes_threshold = metrics::bayes_threshold(*costs);
  const auto cheapest = metrics::cheapest_threshold(sample_of(scored, scored.model), *costs);
  result.best_threshold = cheapest.threshold;
  result.regret_per_1000 = k_cases * (here[0] - cheapest.reached);
  result.curve = net_benefit_curve(rows);
  return result;
}

Json to_json(const DecisionValue& value) {
  Json alternatives = Json::object();
  for (const Alternative& other : value.alternatives) {
    alternatives[other.name] = Json::object({{"value_per_1000", other.value_per_1000},
                                             {"advantage", other.advantage},
                                             {"advantage_ci", interval_json(other.lower, other.upper)}});
  }
  Json curve = Json::array();
  for (const NetBenefit& point : value.curve) {
    curve.push_back(Json::object(
        {{"threshold", point.threshold}, {"model", point.model}, {"treat_all", point.treat_all}}));
  }
  return Json::object({{"costs", Json::object({{"tp", value.costs.tp},
                                               {"tn", value.costs.tn},
                                               {"fp", value.costs.fp},
                                               {"fn", value.costs.fn}})},
                       {"threshold", value.threshold},
                       {"bayes_threshold", Json(value.bayes_threshold)},
                       {"best_threshold", value.best_threshold},
                       {"regret_per_1000", value.regret_per_1000},
                       {"cost", metrics::to_json(value.cost)},
                       {"value_per_1000", metrics::to_json(value.value_per_1000)},
                       {"alternatives", std::move(alternatives)},
                       {"net_benefit", std::move(curve)}});
}

} // namespace mlp::evaluation
