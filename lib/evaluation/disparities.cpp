#include "evaluation/disparities.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace mlp::evaluation {
namespace {

constexpr double k_difference_limit = 0.10; ///< what the field mostly asks for; a policy sets its own
constexpr double k_ratio_limit = 0.80;      ///< four-fifths

struct Definition {
  std::string_view name;
  std::string_view family;
  bool is_ratio;
  bool is_judged; ///< has a default limit
  bool by_class;  ///< multiclass: of each class against the rest
  std::array<std::string_view, 2> rates;
};

constexpr std::array<Definition, 10> k_binary = {{
    {"demographic_parity_difference", "independence", false, true, true, {"selection_rate", ""}},
    {"impact_ratio", "independence", true, true, true, {"selection_rate", ""}},
    {"equal_opportunity_difference", "separation", false, true, true, {"recall", ""}},
    {"equalized_odds_difference", "separation", false, true, true, {"recall", "fpr"}},
    {"equalized_odds_ratio", "separation", true, true, true, {"recall", "fpr"}},
    {"predictive_parity_difference", "sufficiency", false, true, true, {"precision", ""}},
    {"calibration_difference", "sufficiency", false, false, false, {"calibration_intercept", ""}},
    {"accuracy_difference", "accuracy", false, true, false, {"accuracy", ""}},
    {"roc_auc_difference", "accuracy", false, true, false, {"roc_auc", ""}},
    {"base_rate_difference", "data", false, false, false, {"prevalence", ""}},
}};
constexpr std::array<Definition, 7> k_multiclass = {
    {k_binary[0], k_binary[1], k_binary[2], k_binary[3], k_binary[4], k_binary[5], k_binary[7]}};
constexpr std::array<Definition, 3> k_regression = {{
    {"mean_prediction_difference", "independence", false, false, false, {"mean_prediction", ""}},
    {"mean_error_difference", "sufficiency", false, false, false, {"mean_error", ""}},
    {"mae_ratio", "accuracy", true, true, false, {"mae", ""}},
}};

std::span<const Definition> definitions_of(Task task) {
  switch (task) {
  case Task::binary:
    return k_binary;
  case Task::multiclass:
    return k_multiclass;
  case Task::regression:
    return k_regression;
  case Task::ranking:
    break;
  }
  return {};
}

double shown(double gap, bool is_ratio) { return is_ratio ? std::exp(-gap) : gap; }

/// Folds the rates (and classes) of one disparity into the worst of them.
class WorstCase {
public:
  WorstCase(const Definition& definition, double level, std::size_t tests)
      : definition_(definition), level_(level), tests_(tests) {
    disparity_.name = definition.name;
    disparity_.family = definition.family;
    disparity_.is_ratio = definition.is_ratio;
    if (definition.is_judged) {
      disparity_.limit = definition.is_ratio ? k_ratio_limit : k_difference_limit;
    }
  }

  void add(const std::vector<GroupRates>& groups, std::string_view rate, const std::string& class_name) {
    const auto all = members(groups, rate, class_name);
    const auto judged = eligible(all);
    note_insufficient(all);
    add_all_groups(all);
    if (judged.size() < 2) {
      is_complete_ = false;
      return;
    }
    const Gap gap = gap_of(judged, definition_.is_ratio, level_, tests_);
    if (std::isnan(gap.value)) { // 0 of 0 in every group: no ratio
      is_complete_ = false;
      return;
    }
    for (const PairDifference& pair :
         pairs_of(judged, level_)) { // the least of several rates' is Bonferroni's
      const double p = std::min(1.0, pair.p_holm * static_cast<double>(tests_));
      disparity_.p_value = std::min(disparity_.p_value.value_or(1.0), p);
    }
    worst_.lower = std::max(worst_.lower, gap.lower);
    worst_.upper = std::max(worst_.upper, gap.upper);
    if (!has_value_ || gap.value > worst_.value) {
      worst_.value = gap.value;
      describe(judged, class_name);
    }
    has_value_ = true;
  }

  Disparity finish() {
    if (has_value_) {
      const bool is_ratio = definition_.is_ratio;
      disparity_.value = shown(worst_.value, is_ratio);
      const double first = shown(worst_.lower, is_ratio);
      const double second = shown(worst_.upper, is_ratio);
      disparity_.lower = std::min(first, second);
      disparity_.upper = std::max(first, second);
    }
    if (!has_value_) {
      disparity_.why = "fewer than two groups have rows enough";
    } else if (!disparity_.insufficient.empty()) {
      disparity_.why =
          fmt::format("{} of the groups {} too few rows to be judged", disparity_.insufficient.size(),
                      disparity_.insufficient.size() == 1 ? "has" : "have");
    }
    if (disparity_.limit) {
      Verdict verdict = judge_gap(disparity_.is_ratio, disparity_.lower, disparity_.upper, *disparity_.limit);
      if (!is_complete_ && verdict != Verdict::proved_unfair) { // a part of it is unknown
        verdict = Verdict::insufficient_evidence;
      }
      disparity_.verdict = verdict;
    }
    if (!is_complete_ && has_value_) { // what is not known may be worse
      (definition_.is_ratio ? disparity_.lower : disparity_.upper).reset();
    }
    return std::move(disparity_);
  }

private:
  void note_insufficient(const std::vector<RatedGroup>& all) {
    for (const RatedGroup& member : all) {
      auto& labels = disparity_.insufficient;
      if (!member.rate->eligible() &&
          std::find(labels.begin(), labels.end(), member.group->label) == labels.end()) {
        labels.push_back(member.group->label);
      }
    }
  }

  void add_all_groups(const std::vector<RatedGroup>& all) {
    std::vector<RatedGroup> defined;
    std::copy_if(all.begin(), all.end(), std::back_inserter(defined),
                 [](const RatedGroup& member) { return member.rate->value.has_value(); });
    if (defined.size() < 2) {
      return;
    }
    const double gap = gap_value(defined, definition_.is_ratio);
    if (std::isnan(gap)) {
      return;
    }
    const double value = shown(gap, definition_.is_ratio);
    const double before = disparity_.all_groups.value_or(value);
    disparity_.all_groups = definition_.is_ratio ? std::min(before, value) : std::max(before, value);
  }

  void describe(const std::vector<RatedGroup>& judged, const std::string& class_name) {
    const auto [low, high] =
        std::minmax_element(judged.begin(), judged.end(), [](const RatedGroup& a, const RatedGroup& b) {
          return *a.rate->value < *b.rate->value;
        });
    disparity_.lowest = low->group->label;
    disparity_.highest = high->group->label;
    disparity_.class_name = class_name;
    disparity_.n = 0;
    for (const RatedGroup& member : judged) {
      disparity_.n += member.group->n;
    }
  }

  const Definition& definition_;
  double level_;
  std::size_t tests_;
  Disparity disparity_;
  Gap worst_;
  bool has_value_ = false;
  bool is_complete_ = true; ///< every rate could be compared
};

} // namespace

std::string_view name_of(Verdict verdict) {
  constexpr std::array<std::string_view, 4> names = {"proved_ok", "proved_unfair", "inconclusive",
                                                     "insufficient_evidence"};
  return names.at(static_cast<std::size_t>(verdict));
}

Verdict judge_gap(bool is_ratio, std::optional<double> lower, std::optional<double> upper, double limit) {
  const auto& hopeful = is_ratio ? upper : lower;
  const auto& fearful = is_ratio ? lower : upper;
  if (!hopeful) {
    return Verdict::insufficient_evidence;
  }
  const bool is_unfair = is_ratio ? *hopeful < limit : *hopeful > limit;
  if (is_unfair) {
    return Verdict::proved_unfair;
  }
  if (!fearful) {
    return Verdict::insufficient_evidence;
  }
  const bool is_ok = is_ratio ? *fearful >= limit : *fearful <= limit;
  return is_ok ? Verdict::proved_ok : Verdict::inconclusive;
}

Disparities disparities_of(Task task, const std::vector<std::string>& classes,
                           const std::vector<GroupRates>& groups, double level) {
  Disparities result;
  std::vector<std::string> rates_done;
  for (const Definition& definition : definitions_of(task)) {
    const bool by_class = task == Task::multiclass && definition.by_class;
    const std::vector<std::string> of = by_class ? classes : std::vector<std::string>{""};
    if (members(groups, definition.rates[0], of.front()).empty()) { // not measured, such as a weighted AUC
      continue;
    }
    const std::size_t rates = definition.rates[1].empty() ? 1 : 2;
    WorstCase worst(definition, level, rates * of.size());
    for (const std::string_view rate : std::span(definition.rates).first(rates)) {
      const bool is_new = std::find(rates_done.begin(), rates_done.end(), rate) == rates_done.end();
      for (const std::string& class_name : of) {
        worst.add(groups, rate, class_name);
        if (is_new) {
          const auto pairs = pairs_of(eligible(members(groups, rate, class_name)), level);
          result.pairs.insert(result.pairs.end(), pairs.begin(), pairs.end());
        }
      }
      if (is_new) {
        rates_done.emplace_back(rate);
      }
    }
    result.disparities.push_back(worst.finish());
  }
  return result;
}

std::vector<std::string> disparity_names(Task task) {
  std::vector<std::string> names;
  for (const Definition& definition : definitions_of(task)) {
    names.emplace_back(definition.name);
  }
  return names;
}

bool is_ratio_disparity(std::string_view name) { return name.ends_with("_ratio"); }

} // namespace mlp::evaluation
