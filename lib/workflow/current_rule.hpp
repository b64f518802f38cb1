#pragma once

#include "evaluation/current_rule.hpp"
#include "workflow/scoring.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace mlp::workflow {

/// Today's way to decide, as `evaluation.current_rule` of mlp.yaml gives it, held against the scored rows.
struct CurrentRule {
  evaluation::RuleScores scores;
  std::string column;              ///< or
  std::string path;                ///< of its predictions file, and
  std::optional<ContentId> object; ///< the file's bytes, kept in the store
  std::int64_t undecided = 0;      ///< scored rows of which it says nothing
};

/// Nothing where mlp.yaml names none. Of other data than the test part a file may know nothing: then `note`
/// says so. throws Error{input} as evaluation::rule_of_column, model::read_predictions and match_predictions
/// do, Error{not_found} where there is no such file
[[nodiscard]] std::optional<CurrentRule> current_rule(Workspace& workspace, const model::Artifact& artifact,
                                                      const TestRows& test, const evaluation::Scored& scored,
                                                      std::string& note);

/// A warning where it leaves rows undecided.
[[nodiscard]] Check check_of(const CurrentRule& rule);

/// `{"column","predictions","object","labels_only","threshold","n","undecided"}`
[[nodiscard]] Json to_json(const CurrentRule& rule);

} // namespace mlp::workflow
