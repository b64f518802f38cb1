#include "evaluation/decision_value.hpp"

#include "evaluation/interval_json.hpp"
#include "metrics/comparison.hpp"
#include "metrics/rows.hpp"
#include "metrics/sums.hpp"

#include <array>
#include <utility>

namespace mlp::evaluation {
namespace {

constexpr double k_cases = 1000.0;
constexpr int k_curve_points = 99;
constexpr std::array<const char*, 4> k_outcomes = {"tp", "tn", "fp", "fn"};

/// Another way to decide the rows of `model`, which may be fewer than all.
Alternative against(const char* name, const Scored& model, const metrics::Sample& other,
                    const config::Project& project, const Effort& effort) {
  metrics::IntervalOptions options = interval_options(project, effort);
  options.progress = nullptr; // it would start anew with every alternative
  const auto difference = metrics::compare("value_per_1000", sample_of(model, model.model), other,
                                           0.5 * (1.0 - options.level), options);
  Alternative alternative;
  alternative.name = name;
  alternative.n = static_cast<std::int64_t>(model.target.size());
  alternative.value_per_1000 = difference.champion.value_or(0.0);
  alternative.advantage = difference.delta;
  if (difference.status == metrics::Status::ok) {
    alternative.lower = difference.lower;
    alternative.upper = difference.upper;
  }
  return alternative;
}

std::vector<Alternative> alternatives_to(const Scored& scored, const std::optional<RuleScores>& rule,
                                         const config::Project& project, const Effort& effort) {
  constexpr std::array<std::pair<const char*, double>, 2> k_blanket = {
      {{"treat_all", 1.0}, {"treat_none", 0.0}}};
  std::vector<Alternative> alternatives;
  for (const auto& [name, score] : k_blanket) {
    const std::vector<double> same(scored.target.size(), score);
    metrics::Sample sample = sample_of(scored, same);
    sample.threshold = 0.5;
    alternatives.push_back(against(name, scored, sample, project, effort));
  }
  if (rule) {
    const Scored by_rule = scored_by_rule(scored, *rule);
    alternatives.push_back(against("current_rule", rows_at(scored, rule->at),
                                   sample_of(by_rule, by_rule.model), project, effort));
  }
  return alternatives;
}

std::vector<NetBenefit> net_benefit_curve(const metrics::Rows& rows) {
  std::vector<NetBenefit> curve;
  metrics::RowWeights row_weights(rows);
  const std::span<const double> weights = row_weights.all();
  const double all = metrics::sum(weights);
  for (int point = 1; point <= k_curve_points; ++point) {
    const double threshold = point / (k_curve_points + 1.0);
    const double odds = threshold / (1.0 - threshold);
    NetBenefit benefit{threshold, 0.0, 0.0, 0.0};
    for (std::size_t row = 0; row < rows.size(); ++row) {
      const double weight = weights[row];
      const double gain = rows.target[row] == 1.0 ? weight : -odds * weight;
      const bool called = rows.scores[row] >= threshold;
      benefit.treat_all += gain;
      benefit.model += called ? gain : 0.0;
      benefit.value_per_1000 -= weight * (called ? rows.call_cost[row] : rows.pass_cost[row]);
    }
    benefit.model /= all;
    benefit.treat_all /= all;
    benefit.value_per_1000 *= k_cases / all;
    curve.push_back(benefit);
  }
  return curve;
}

/// Nothing where an amount differs from row to row.
std::optional<metrics::Costs> fixed_costs(const Json& costs) {
  for (const char* outcome : k_outcomes) {
    if (costs[outcome].is_string()) {
      return std::nullopt;
    }
  }
  return metrics::Costs{costs["tp"].number_or(0.0), costs["tn"].number_or(0.0), costs["fp"].number_or(0.0),
                        costs["fn"].number_or(0.0)};
}

Json all_costs(const Json& written) {
  Json costs = Json::object();
  for (const char* outcome : k_outcomes) {
    costs[outcome] = written[outcome].is_string() ? written[outcome] : Json(written[outcome].number_or(0.0));
  }
  return costs;
}

} // namespace

std::optional<DecisionValue> decision_value(const Scored& scored, const Evaluation& evaluation,
                                            const std::optional<RuleScores>& rule,
                                            const config::Project& project, const Effort& effort) {
  if (!scored.has_costs()) {
    return std::nullopt;
  }
  DecisionValue result;
  result.costs = all_costs(project.evaluation.decision.costs);
  result.threshold = scored.threshold;
  result.cost = *evaluation.find("cost");
  result.value_per_1000 = *evaluation.find("value_per_1000");
  result.alternatives = alternatives_to(scored, rule, project, effort);
  if (scored.labels_only) {
    return result;
  }
  if (const auto costs = fixed_costs(project.evaluation.decision.costs)) {
    result.bayes_threshold = metrics::bayes_threshold(*costs);
  }
  const metrics::Sample sample = sample_of(scored, scored.model);
  const auto cheapest = metrics::cheapest_threshold(sample);
  result.best_threshold = cheapest.threshold;
  result.regret_per_1000 = k_cases * (*metrics::measure("cost", sample).value - cheapest.reached);
  result.curve = net_benefit_curve(metrics::canonical(sample));
  return result;
}

Json to_json(const DecisionValue& value) {
  Json alternatives = Json::object();
  for (const Alternative& other : value.alternatives) {
    alternatives[other.name] = Json::object({{"n", other.n},
                                             {"value_per_1000", other.value_per_1000},
                                             {"advantage", other.advantage},
                                             {"advantage_ci", interval_json(other.lower, other.upper)}});
  }
  Json curve = Json::array();
  for (const NetBenefit& point : value.curve) {
    curve.push_back(Json::object({{"threshold", point.threshold},
                                  {"model", point.model},
                                  {"treat_all", point.treat_all},
                                  {"value_per_1000", point.value_per_1000}}));
  }
  return Json::object({{"costs", value.costs},
                       {"threshold", value.threshold},
                       {"bayes_threshold", Json(value.bayes_threshold)},
                       {"best_threshold", Json(value.best_threshold)},
                       {"regret_per_1000", Json(value.regret_per_1000)},
                       {"cost", metrics::to_json(value.cost)},
                       {"value_per_1000", metrics::to_json(value.value_per_1000)},
                       {"alternatives", std::move(alternatives)},
                       {"net_benefit", std::move(curve)}});
}

} // namespace mlp::evaluation
