#pragma once

#include "base/json.hpp"
#include "evaluation/conformal_groups.hpp"
#include "evaluation/scored.hpp"
#include "evaluation/slices.hpp"
#include "metrics/abstention.hpp"
#include "metrics/conformal.hpp"
#include "metrics/reliability.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace mlp::evaluation {

/// Rows of the validation part with the model's scores, in metrics::Sample's layout.
struct ValidationScores {
  std::vector<double> target;
  std::vector<double> scores;
  std::vector<double> weights;           ///< or empty
  std::optional<ConformalGroups> groups; ///< where mlp.yaml asks for rules by group (evaluation.conformal.by)
};

/// Calibration in the large of one slice.
struct SliceIntercept {
  std::string slice;
  metrics::MetricValue value; ///< calibration_intercept: above 0 = its probabilities are too low
};

struct SliceCoverage {
  std::string slice;
  metrics::Coverage coverage;
};

/// How far single predictions can be relied on: what their probabilities mean, how wide they must be made to
/// hold the truth, and how wrong the confident ones are.
struct Reliance {
  std::optional<metrics::Reliability> reliability; ///< binary
  std::vector<SliceIntercept> intercepts;          ///< binary: of slices with rows that weigh something
  std::optional<metrics::ConformalRule> rule;      ///< absent without validation rows
  std::optional<metrics::Coverage> coverage;       ///< of the rule, on the scored rows
  std::vector<SliceCoverage> slice_coverage;       ///< of slices with rows that weigh something
  std::string group_column;                        ///< "" where no rules by group are asked for
  std::vector<GroupRule> group_rules;
  std::optional<metrics::Abstention> abstention; ///< classification
};

/// The chance with which a conformal set holds the truth.
inline constexpr double k_conformal_level = 0.9;

/// How far the conformal interval of each prediction reaches; nothing of other tasks than regression, or
/// where the validation rows are too few.
[[nodiscard]] std::optional<double> conformal_half_width(const Scored& scored,
                                                         const std::optional<ValidationScores>& validation);

/// Of a ranking nothing: its scores mean nothing but an order. throws Error{interrupted}
[[nodiscard]] Reliance reliance(const Scored& scored, const std::vector<Slice>& slices,
                                const std::optional<ValidationScores>& validation,
                                const config::Project& project, const Effort& effort);

/// The members of an evaluation's document, each null where it does not apply:
///
///     "calibration": {"error","excess_error","p_value","draws","largest_gap",
///                     "bins":[{"n","mean_score","observed","ci"}…],"slices":[{"slice",
///                     calibration_intercept…}…]}
///     "conformal": {"level","n","rank","limit","expected","coverage":{"n","value","ci"},"mean_size","empty",
///                     "mean_width","slices":[{"slice","n","value","ci"}…],
///                     "by": null or {"column","groups":[… as conformal_groups.hpp]}}
///     "abstention":  {"curve":[{"confidence","coverage","risk"}…],
///                     "confident":{"from","n","wrong","rate","ci","promised","worst":[row…]}}
///
/// rows: the number (0 = the first) of each scored row in the data; `worst` counts from 1 as predictions do
[[nodiscard]] Json to_json(const Reliance& reliance, std::span<const std::uint32_t> rows);

} // namespace mlp::evaluation
