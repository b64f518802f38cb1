#pragma once

#include "config/project.hpp"
#include "workflow/workspace.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace mlp::workflow {

/// Hashes of the sections that evidence depends on, as records hold them: {"data","evaluation","model"}.
[[nodiscard]] Json section_hashes(const config::Project& project);

/// How often somebody looked at the test part that `dataset` and `split` name: evaluations and dry runs.
[[nodiscard]] std::int64_t test_set_use(Workspace& workspace, const std::string& dataset,
                                        const std::string& split);

/// The newest evaluation of a model's test part that may decide: same dataset, split, sections `data` and
/// `evaluation`, and metrics' version; nothing where there is none (`why` then says whether one is stale, and
/// in what).
struct FittingEvaluation {
  std::optional<ledger::Record> record;
  std::string why;
};
[[nodiscard]] FittingEvaluation fitting_evaluation(Workspace& workspace, const ledger::Record& run,
                                                   const config::Project& project);

} // namespace mlp::workflow
