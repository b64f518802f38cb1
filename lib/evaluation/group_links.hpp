#pragma once

#include "dataset/table.hpp"
#include "evaluation/group_rates.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mlp::evaluation {

/// How strongly the score goes with a group where the target is the same: partial correlation of the score
/// and of belonging to the group, given the target. Of the group where it is strongest.
struct ScoreLink {
  std::string group;
  double correlation = 0.0; ///< + : the group's scores are higher than its targets explain
  double lower = 0.0;       ///< Fisher's z, n − 4 degrees of freedom
  double upper = 0.0;
  std::int64_t n = 0;
};

/// Nothing of a multiclass task, or where score, target or groups do not vary. Rows count without weights.
/// source  Fisher 1924
[[nodiscard]] std::optional<ScoreLink> score_link(const Scored& scored, const std::vector<Slice>& groups,
                                                  const Eligibility& eligibility, double level);

/// The feature whose share of missing values differs most between groups.
struct MissingnessGap {
  std::string column;
  double value = 0.0; ///< largest share less smallest, over groups with rows enough
  std::string lowest;
  std::string highest;
};
/// `rows`: those that the groups' positions mean. Nothing where no feature is missing in any judged group.
[[nodiscard]] std::optional<MissingnessGap> missingness_gap(const dataset::Table& table,
                                                            const std::vector<std::uint32_t>& rows,
                                                            const std::vector<Slice>& groups,
                                                            const std::vector<std::string>& features,
                                                            const Eligibility& eligibility);

/// How far apart the predictions of a group and of the largest one are distributed: Kolmogorov and Smirnov's
/// D, for statistical parity of a regression.
struct DistributionGap {
  std::string group;
  std::string reference;
  double distance = 0.0; ///< of two samples, in [0, 1]
  double p_value = 1.0;  ///< asymptotic, with Stephens' correction
  double p_holm = 1.0;   ///< Holm over the groups
};
[[nodiscard]] std::vector<DistributionGap>
distribution_gaps(const Scored& scored, const std::vector<Slice>& groups, const Eligibility& eligibility);

/// How well one feature alone tells the members of a group from the others.
struct FeatureTell {
  std::string feature;
  double auc = 0.5; ///< in [0.5, 1]; of a category by its share of members in the other half of the rows
};
/// The ten best, the best first. `member` [rows]
[[nodiscard]] std::vector<FeatureTell> single_feature_tells(const dataset::Table& table,
                                                            const std::vector<std::uint32_t>& rows,
                                                            const std::vector<bool>& member,
                                                            const std::vector<std::string>& features);

/// The chance that the best AUC over `count` groups is as high where groups are dealt to the rows at random
/// (200 times, +1 above and below): what choosing the best group is worth.
///
/// group          [n] index of each row's group
/// probabilities  [n·count] out of fold
[[nodiscard]] double permutation_p(const std::vector<std::size_t>& group,
                                   const std::vector<double>& probabilities, std::size_t count,
                                   double best_auc);

} // namespace mlp::evaluation
