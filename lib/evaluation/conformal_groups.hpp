#pragma once

#include "base/json.hpp"
#include "dataset/table.hpp"
#include "evaluation/scored.hpp"
#include "metrics/conformal.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace mlp::evaluation {

/// The group of each validation row and of each scored row by one column: an index into `labels`, which stand
/// in order: the k_most_slices values of most rows, "(others)", "(missing)".
struct ConformalGroups {
  std::string column;
  std::vector<std::string> labels;
  std::vector<std::uint32_t> validation;
  std::vector<std::uint32_t> scored;
};

/// By the values of `column` in both tables, taken together. Nothing is cut into bins: those of one part
/// would be other ones than those of the other. throws Error{input} for a column that a table lacks (nearest
/// name)
[[nodiscard]] ConformalGroups conformal_groups(const std::string& column, const dataset::Table& of_validation,
                                               const std::vector<std::uint32_t>& validation_rows,
                                               const dataset::Table& of_scored,
                                               const std::vector<std::uint32_t>& scored_rows);

/// A rule made from the validation rows of one group, for the scored rows of that group.
struct GroupRule {
  std::string group; ///< "region=north"
  metrics::ConformalRule rule;
  std::optional<metrics::Coverage> coverage; ///< absent where no scored row of the group weighs something
};

/// Mondrian conformal prediction: the promise holds in each group, not only on the whole, at the price of
/// wider sets where validation rows are few. One rule a group that has scored rows, in order of the labels.
/// validation   the rows that groups.validation tells the groups of
/// level        of the rules; interval_level: of the coverages' intervals
/// source       Vovk, Lindsay, Nouretdinov & Gammerman 2003
[[nodiscard]] std::vector<GroupRule> group_rules(const ConformalGroups& groups,
                                                 const metrics::Sample& validation,
                                                 const metrics::Sample& scored, double level,
                                                 double interval_level);

/// [{"group","n","rank","limit","expected","coverage":{"n","value","ci"} or null,"mean_size" or
/// "mean_width"}…]
[[nodiscard]] Json to_json(std::span<const GroupRule> rules, bool is_regression);

/// {"n","value","ci"}
[[nodiscard]] Json to_json(const metrics::Coverage& coverage);

} // namespace mlp::evaluation
