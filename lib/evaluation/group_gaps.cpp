#include "evaluation/group_gaps.hpp"

#include "metrics/distributions.hpp"
#include "metrics/independent.hpp"
#include "metrics/multiple_tests.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <utility>

namespace mlp::evaluation {
namespace {

constexpr double k_infinity = std::numeric_limits<double>::infinity();

/// The largest of the groups that can be judged; the first of equals.
const RatedGroup& reference_of(const std::vector<RatedGroup>& judged) {
  return *std::max_element(judged.begin(), judged.end(),
                           [](const RatedGroup& a, const RatedGroup& b) { return a.group->n < b.group->n; });
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

} // namespace

std::vector<RatedGroup> members(const std::vector<GroupRates>& groups, std::string_view rate,
                                std::string_view class_name) {
  std::vector<RatedGroup> found;
  for (const GroupRates& group : groups) {
    const GroupRate* value = group.find(rate, class_name);
    if (value != nullptr) {
      found.push_back({&group, value});
    }
  }
  return found;
}

std::vector<RatedGroup> eligible(const std::vector<RatedGroup>& all) {
  std::vector<RatedGroup> found;
  std::copy_if(all.begin(), all.end(), std::back_inserter(found),
               [](const RatedGroup& member) { return member.rate->eligible(); });
  return found;
}

double gap_value(const std::vector<RatedGroup>& of, bool is_ratio) {
  const auto [low, high] =
      std::minmax_element(of.begin(), of.end(), [](const RatedGroup& a, const RatedGroup& b) {
        return *a.rate->value < *b.rate->value;
      });
  if (!is_ratio) {
    return *high->rate->value - *low->rate->value;
  }
  return *high->rate->value > 0.0 ? std::log(*high->rate->value / *low->rate->value)
                                  : std::numeric_limits<double>::quiet_NaN();
}

Gap gap_of(const std::vector<RatedGroup>& judged, bool is_ratio, double level, std::size_t tests) {
  Gap gap;
  gap.value = gap_value(judged, is_ratio);
  const RatedGroup& reference = reference_of(judged);
  const double alpha = (1.0 - level) / static_cast<double>((judged.size() - 1) * tests);
  double above = 0.0; // how far some group provably lies above the reference, and below it
  double below = 0.0;
  for (const RatedGroup& member : judged) {
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

std::vector<PairDifference> pairs_of(const std::vector<RatedGroup>& judged, double level) {
  std::vector<PairDifference> pairs;
  if (judged.size() < 2) {
    return pairs;
  }
  const RatedGroup& reference = reference_of(judged);
  const double alpha = (1.0 - level) / static_cast<double>(judged.size() - 1);
  std::vector<double> p_values;
  for (const RatedGroup& member : judged) {
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

} // namespace mlp::evaluation
