#pragma once

#include "evaluation/fairness.hpp"
#include "workflow/scoring.hpp"

#include <cstdint>
#include <functional>
#include <vector>

namespace mlp::workflow {

/// Scores rows of a table as the model under evaluation does, in metrics::Sample's layout.
using ScoreTable =
    std::function<std::vector<double>(const dataset::Table&, const std::vector<std::uint32_t>&)>;

/// The fairness report of the scored rows, with what needs a fitted model: whether the features give each
/// protected column away (proxy), and, of one that the model reads, what another value would change
/// (counterfactual). Both look at 20,000 rows at most. `score_table` may be empty: then there is no
/// counterfactual, because the model cannot be asked.
[[nodiscard]] evaluation::FairnessReport fairness_report(Workspace& workspace, const config::Project& project,
                                                         const evaluation::Scored& scored,
                                                         const dataset::Table& table,
                                                         const std::vector<std::uint32_t>& rows,
                                                         const ScoreTable& score_table);

} // namespace mlp::workflow
