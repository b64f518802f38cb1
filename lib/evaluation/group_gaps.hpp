#pragma once

#include "evaluation/group_rates.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

// How far apart one rate lies in several groups.
namespace mlp::evaluation {

/// One rate of one group.
struct RatedGroup {
  const GroupRates* group;
  const GroupRate* rate;
};

/// Of the groups that have this rate, in their order; they point into `groups`.
[[nodiscard]] std::vector<RatedGroup> members(const std::vector<GroupRates>& groups, std::string_view rate,
                                              std::string_view class_name);
[[nodiscard]] std::vector<RatedGroup> eligible(const std::vector<RatedGroup>& all);

/// max − min, or ln max − ln min, with simultaneous bounds.
struct Gap {
  double value = 0.0; ///< NaN where every rate is 0: no ratio
  double lower = 0.0;
  double upper = 0.0;
};

/// The value alone; members whose rate has none are not allowed.
[[nodiscard]] double gap_value(const std::vector<RatedGroup>& of, bool is_ratio);
/// Of at least two members. `tests`: of how many rates and classes this is one, when the worst of them is
/// reported.
[[nodiscard]] Gap gap_of(const std::vector<RatedGroup>& judged, bool is_ratio, double level,
                         std::size_t tests);

/// A group against the reference group, in one rate. Its interval is simultaneous over all such pairs of one
/// rate: level 1 − α/(groups − 1).
struct PairDifference {
  std::string rate;
  std::string class_name;
  std::string group;
  std::string reference;
  double difference = 0.0; ///< group − reference
  double lower = 0.0;      ///< Newcombe for shares, else from both intervals
  double upper = 0.0;
  double p_value = 1.0; ///< of no difference: pooled two-proportion z-test; of means, z
  double p_holm = 1.0;  ///< Holm over the pairs of this rate
};

/// Each group against the largest: the difference, p, and Holm's p over these pairs; none of fewer than two.
[[nodiscard]] std::vector<PairDifference> pairs_of(const std::vector<RatedGroup>& judged, double level);

} // namespace mlp::evaluation
