#include "evaluation/disparities.hpp"

#include "metrics/distributions.hpp"
#include "metrics/independent.hpp"
#include "metrics/multiple_tests.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>

namespace mlp::evaluation {
namespace {

constexpr double k_difference_limit = 0.10; ///< what the field mostly asks for; a policy sets its own
constexpr double k_ratio_limit = 0.80;      ///< four-fifths
constexpr double k_infinity = std::numeric_limits<double>::infinity();

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

/// One rate of one group.
struct Member {
  const GroupRates* group;
  const GroupRate* rate;
};

std::vector<Member> members(const std::vector<GroupRates>& groups, std::string_view rate,
                            std::string_view class_name) {
  std::vector<Member> found;
  for (const GroupRates& group : groups) {
    const GroupRate* value = group.find(rate, class_name);
    if (value != nullptr) {
      found.push_back({&group, value});
    }
  }
  return found;
}

std::vector<Member> eligible(const std::vector<Member>& all) {
  std::vector<Member> found;
  std::copy_if(all.begin(), all.end(), std::back_inserter(found),
               [](const Member& member) { return member.rate->eligible(); });
  return found;
}

/// The largest of the groups that can be judged; the first of equals.
const Member& reference_of(const std::vector<Member>& judged) {
  return *std::max_element(judged.begin(), judged.end(),
                           [](const Member& a, const Member& b) { return a.group->n < b.group->n; });
}

metrics::Proportion proportion_of(const GroupRate& rate) { return {*rate.value, rate.effective_n}; }

/// ln(first/second) where first ≤ second; both ends may be infinite.
metrics::Interval log_ratio_interval(const GroupRate& first, const GroupRate& second, double level) {
  if (first.is_share) {
    const auto ratio = metrics::ratio_interval(proportion_of(first), proportion_of(second), level);
    return ratio ? metrics::Interval{std::log(ratio->lower), std::log(ratio->upper)}
                 : metrics::Interval{-k_infinity, k_infinity};
  }
  if (!(*first.value > 0.0) || !(*second.value > 0.0)) {
    return {-k_infinity, k_infinity};
  }
  const double centre = std::log(*first.value / *second.value);
  const double half = metrics::normal_quantile(0.5 + 0.5 * level) *
                      std::hypot(first.standard_error / *first.value, second.standard_error / *second.value);
  return {centre - half, centre + half};
}

/// first − second; of a ratio, ln first − ln second.
metrics::Interval pair_interval(const GroupRate& first, const GroupRate& second, bool is_ratio,
                                double level) {
  if (!is_ratio) {
    return metrics::difference_interval(*first.value, first.interval(level), *second.value,
                                        second.interval(level));
  }
  if (*first.value <= *second.value) {
    return log_ratio_interval(first, second, level);
  }
  const auto reversed = log_ratio_interval(second, first, level);
  return {-reversed.upper, -reversed.lower};
}

/// max − min, or ln max − ln min.
struct Gap {
  double value = 0.0;
  double lower = 0.0;
  double upper = 0.0;
};

double gap_value(std::span<const Member> of, bool is_ratio) {
  const auto [low, high] = std::minmax_element(
      of.begin(), of.end(), [](const Member& a, const Member& b) { return *a.rate->value < *b.rate->value; });
  if (!is_ratio) {
    return *high->rate->value - *low->rate->value;
  }
  return *high->rate->value > 0.0 ? std::log(*high->rate->value / *low->rate->value)
                                  : std::numeric_limits<double>::quiet_NaN();
}

/// `tests`: of how many rates and classes this is one, when the worst of them is reported.
Gap gap_of(const std::vector<Member>& judged, bool is_ratio, double level, std::size_t tests) {
  Gap gap;
  gap.value = gap_value(judged, is_ratio);
  const Member& reference = reference_of(judged);
  const double alpha = (1.0 - level) / static_cast<double>((judged.size() - 1) * tests);
  double above = 0.0; // how far some group provably lies above the reference, and below it
  double below = 0.0;
  for (const Member& member : judged) {
    if (member.group == reference.group) {
      continue;
    }
    const auto interval = pair_interval(*member.rate, *reference.rate, is_ratio, 1.0 - alpha);
    above = std::max(above, interval.lower);
    below = std::max(below, -interval.upper);
  }
  gap.lower = above + below;
  for (std::size_t i = 0; i < judged.size(); ++i) {
    for (std::size_t j = i + 1; j < judged.size(); ++j) {
      const auto interval = pair_interval(*judged[i].rate, *judged[j].rate, is_ratio, level);
      gap.upper = std::max({gap.upper, interval.upper, -interval.lower});
    }
  }
  return gap;
}

double shown(double gap, bool is_ratio) { return is_ratio ? std::exp(-gap) : gap; }

/// p of each pair with the reference, and Holm's.
std::vector<PairDifference> pairs_of(const std::vector<Member>& judged, double level) {
  std::vector<PairDifference> pairs;
  if (judged.size() < 2) {
    return pairs;
  }
  const Member& reference = reference_of(judged);
  const double alpha = (1.0 - level) / static_cast<double>(judged.size() - 1);
  std::vector<double> p_values;
  for (const Member& member : judged) {
    if (member.group == reference.group) {
      continue;
    }
    const GroupRate& rate = *member.rate;
    const auto interval = pair_interval(rate, *reference.rate, false, 1.0 - alpha);
    PairDifference pair{rate.name,
                        rate.class_name,
                        member.group->label,
                        reference.group->label,
                        *rate.value - *reference.rate->value,
                        interval.lower,
                        interval.upper};
    const double error = std::hypot(rate.standard_error, reference.rate->standard_error);
    pair.p_value = rate.is_share
                       ? metrics::two_proportion_p(proportion_of(rate), proportion_of(*reference.rate))
                   : error > 0.0 ? 2.0 * metrics::normal_cdf(-std::abs(pair.difference) / error)
                                 : 1.0;
    p_values.push_back(pair.p_value);
    pairs.push_back(std::move(pair));
  }
  const auto adjusted = metrics::holm(p_values);
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    pairs[i].p_holm = adjusted[i];
  }
  return pairs;
}

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
  void note_insufficient(const std::vector<Member>& all) {
    for (const Member& member : all) {
      auto& labels = disparity_.insufficient;
      if (!member.rate->eligible() &&
          std::find(labels.begin(), labels.end(), member.group->label) == labels.end()) {
        labels.push_back(member.group->label);
      }
    }
  }

  void add_all_groups(const std::vector<Member>& all) {
    std::vector<Member> defined;
    std::copy_if(all.begin(), all.end(), std::back_inserter(defined),
                 [](const Member& member) { return member.rate->value.has_value(); });
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

  void describe(const std::vector<Member>& judged, const std::string& class_name) {
    const auto [low, high] =
        std::minmax_element(judged.begin(), judged.end(),
                            [](const Member& a, const Member& b) { return *a.rate->value < *b.rate->value; });
    disparity_.lowest = low->group->label;
    disparity_.highest = high->group->label;
    disparity_.class_name = class_name;
    disparity_.n = 0;
    for (const Member& member : judged) {
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
