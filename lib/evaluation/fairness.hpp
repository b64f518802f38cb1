#pragma once

#include "base/check.hpp"
#include "base/json.hpp"
#include "config/project.hpp"
#include "dataset/table.hpp"
#include "evaluation/disparities.hpp"
#include "evaluation/group_links.hpp"
#include "evaluation/representation.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mlp::evaluation {

/// Printed with every impact ratio.
inline constexpr std::string_view k_screening_text =
    "the four-fifths rule is a screening from US employment guidance (29 CFR 1607.4D); Fairlearn's guide "
    "calls "
    "its general use \"wrong in many scenarios\": read the interval, and the law that applies";

/// How well the model's features tell the groups of an attribute apart, without the attribute itself.
struct Proxy {
  std::string group;         ///< the one that is told apart best, against all others
  std::optional<double> auc; ///< out of fold
  std::optional<double> lower;
  std::optional<double> upper;
  std::optional<double> p_value;     ///< of an AUC as high were groups dealt at random: permutation_p()
  std::vector<FeatureTell> features; ///< which features do it alone
  std::int64_t n = 0;
  std::string why; ///< of there being none
};
inline constexpr double k_proxy_warns = 0.70;
inline constexpr double k_proxy_fails = 0.85; ///< removing the column is then no defence

/// Every row given another value of the attribute, which the model reads, and scored again.
struct Counterfactual {
  std::string value;             ///< the one that changes most
  std::int64_t n = 0;            ///< rows that had another value
  std::optional<double> flipped; ///< share of decisions (binary) or classes (multiclass) that change
  double mean_change = 0.0;      ///< mean |score there − score here|; multiclass: of the called class
  std::string why;               ///< of there being none
};

/// All that is known of one protected attribute, or of several crossed.
struct AttributeFairness {
  std::vector<std::string> columns;
  bool is_feature = false; ///< the model may read it
  std::vector<GroupRates> groups;
  Disparities disparities;
  std::optional<Proxy> proxy;
  std::optional<Counterfactual> counterfactual;
  std::optional<Representation> representation;
  std::optional<ScoreLink> score_given_target;
  std::optional<MissingnessGap> missingness;
  std::vector<DistributionGap> distributions; ///< regression
};

struct FairnessReport {
  double level = 0.95;
  Eligibility eligibility;
  std::vector<AttributeFairness>
      attributes; ///< each protected column, then each pair of them, then declared crosses
};

/// The groups' rates and how far they lie apart, for each protected column of the project, each pair of them,
/// and each declared slice that crosses protected columns only; nothing without protected columns.
/// Representation is of all rows of the table. Proxy and counterfactual need a fitted model: the caller adds
/// them. throws Error{input} for a column that the table lacks
[[nodiscard]] FairnessReport fairness_of(const Scored& scored, const dataset::Table& table,
                                         const std::vector<std::uint32_t>& rows,
                                         const config::Project& project);

/// What a person must hear of at once: disparities proved too large, proxies, features that are protected,
/// groups that are under-represented, groups too small to be judged.
[[nodiscard]] std::vector<Check> checks_of(const FairnessReport& report);

/// The section `fairness` of an evaluation document.
[[nodiscard]] Json to_json(const FairnessReport& report);

} // namespace mlp::evaluation
