#pragma once

#include "evaluation/group_gaps.hpp"
#include "evaluation/group_rates.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mlp::evaluation {

/// What the interval of a disparity says of a limit. Nothing is ever called fair.
enum class Verdict { proved_ok, proved_unfair, inconclusive, insufficient_evidence };
[[nodiscard]] std::string_view name_of(Verdict verdict);

/// How far apart the groups are, as Fairlearn's `between_groups` and `worst_case` define it.
struct Disparity {
  std::string name;   ///< equalized_odds_difference, impact_ratio, …
  std::string family; ///< independence | separation | sufficiency | accuracy | data
  bool is_ratio = false;
  std::optional<double> value;      ///< over eligible groups
  std::optional<double> all_groups; ///< over every group whose rate is defined, as Fairlearn computes it
  std::optional<double> lower;
  std::optional<double> upper;
  std::string class_name; ///< multiclass: the class that is worst
  std::string lowest;     ///< the groups at both ends, in the rate that decides
  std::string highest;
  std::optional<double> p_value; ///< the smallest of Holm's, over the rates it is made of
  std::optional<double> limit;   ///< none: reported, not judged
  std::optional<Verdict> verdict;
  std::int64_t n = 0;                    ///< rows in the eligible groups
  std::vector<std::string> insufficient; ///< groups that could not be judged
  std::string why;
};

struct Disparities {
  std::vector<Disparity> disparities;
  std::vector<PairDifference> pairs;
};

/// All of a task's disparities. The interval of a gap: its lower end from the pairs with the reference group,
/// simultaneous over them (and over the rates and classes it is the worst of); its upper end the largest
/// upper bound of any pair, which needs no adjustment, since all of them must hold (intersection-union). A
/// ratio is treated alike on the log scale.
[[nodiscard]] Disparities disparities_of(Task task, const std::vector<std::string>& classes,
                                         const std::vector<GroupRates>& groups, double level);

/// `lower` and `upper` of a gap (ratio: lower is worse) against a limit: absent bounds prove nothing.
[[nodiscard]] Verdict judge_gap(bool is_ratio, std::optional<double> lower, std::optional<double> upper,
                                double limit);

/// The names that a task has, in order: what a policy may gate.
[[nodiscard]] std::vector<std::string> disparity_names(Task task);
[[nodiscard]] bool is_ratio_disparity(std::string_view name);

} // namespace mlp::evaluation
