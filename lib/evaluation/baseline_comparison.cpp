#include "evaluation/baseline_comparison.hpp"

#include "evaluation/label_metrics.hpp"

#include <algorithm>

namespace mlp::evaluation {
namespace {

bool has_direction(Task task, const std::string& name) {
  const auto* const info = metrics::find_metric(task, name);
  return info != nullptr && info->direction != metrics::Direction::neither;
}

/// What is compared with one that has probabilities.
std::vector<std::string> main_metrics(const Scored& scored, const config::Project& project) {
  const std::string& primary = project.evaluation.metrics.front();
  return has_direction(scored.task, primary) ? std::vector{primary} : std::vector<std::string>();
}

/// What is compared with one that only decides.
std::vector<std::string> decision_metrics(const Scored& scored, const config::Project& project) {
  std::vector<std::string> names = project.evaluation.metrics;
  std::erase_if(names, [&](const std::string& name) {
    const bool is_said_in_money = name == "cost"; // value_per_1000 says the same
    return is_said_in_money || !has_direction(scored.task, name) || !is_label_metric(scored.task, name);
  });
  if (!names.empty()) {
    return names;
  }
  return scored.task == Task::binary ? std::vector<std::string>{"recall", "specificity"}
                                     : std::vector<std::string>{"accuracy"};
}

BaselineComparison compare_with(const std::string& name, const Scored& model, const metrics::Sample& other,
                                bool decisions_only, const config::Project& project, const Effort& effort) {
  std::vector<std::string> names =
      decisions_only ? decision_metrics(model, project) : main_metrics(model, project);
  if (model.has_costs() && std::find(names.begin(), names.end(), "value_per_1000") == names.end()) {
    names.emplace_back("value_per_1000");
  }
  BaselineComparison comparison;
  comparison.with = name;
  comparison.n = static_cast<std::int64_t>(model.target.size());
  comparison.level = project.evaluation.confidence;
  metrics::IntervalOptions options = interval_options(project, effort);
  options.progress = nullptr; // it would start anew with every metric
  const double alpha = 0.5 * (1.0 - project.evaluation.confidence);
  for (const std::string& metric : names) {
    comparison.differences.push_back(
        metrics::compare(metric, sample_of(model, model.model), other, alpha, options));
  }
  return comparison;
}

Json difference_json(const metrics::Difference& difference) {
  const bool ok = difference.status == metrics::Status::ok;
  return Json::object({{"name", difference.metric},
                       {"model", difference.candidate},
                       {"other", difference.champion},
                       {"delta", ok ? Json(difference.delta) : Json()},
                       {"ci", ok ? Json::array({difference.lower, difference.upper}) : Json()},
                       {"p", difference.p_value},
                       {"method", difference.method},
                       {"status", metrics::name_of(difference.status)},
                       {"why", difference.why}});
}

} // namespace

std::vector<BaselineComparison> compare_with_baselines(const Scored& scored,
                                                       const std::optional<RuleScores>& rule,
                                                       const config::Project& project, const Effort& effort) {
  std::vector<BaselineComparison> comparisons;
  const auto add = [&](const char* name, const std::vector<double>& scores) {
    if (!scores.empty()) {
      comparisons.push_back(
          compare_with(name, scored, sample_of(scored, scores), scored.labels_only, project, effort));
    }
  };
  add("dummy", scored.dummy);
  add("simple", scored.simple);
  add("stump", scored.stump);
  if (rule) {
    const Scored by_rule = scored_by_rule(scored, *rule);
    comparisons.push_back(compare_with("current_rule", rows_at(scored, rule->at),
                                       sample_of(by_rule, by_rule.model),
                                       scored.labels_only || rule->labels_only, project, effort));
  }
  return comparisons;
}

Json to_json(const std::vector<BaselineComparison>& comparisons) {
  Json list = Json::array();
  for (const BaselineComparison& comparison : comparisons) {
    Json metrics = Json::array();
    for (const metrics::Difference& difference : comparison.differences) {
      metrics.push_back(difference_json(difference));
    }
    Json item = Json::object({{"with", comparison.with},
                              {"n", comparison.n},
                              {"level", comparison.level},
                              {"metrics", std::move(metrics)}});
    if (!comparison.of.empty()) {
      item["of"] = comparison.of;
    }
    list.push_back(std::move(item));
  }
  return list;
}

} // namespace mlp::evaluation
