#pragma once

#include "workflow/references.hpp"

namespace mlp::workflow {

// Exact look-ups in the ledger, each nothing where it has no such entry, or where there is no ledger. What a
// user may type is resolved by references.hpp.

/// By the name of the newest run, this project's before another's.
[[nodiscard]] std::optional<Reference> model_by_name(Workspace& workspace, std::string_view name);
/// By the name of the newest dataset record, this project's before another's.
[[nodiscard]] std::optional<Reference> dataset_by_name(Workspace& workspace, std::string_view name);
/// The id in full; the newest run of the model is its entry.
[[nodiscard]] std::optional<Reference> model_by_id(Workspace& workspace, std::string_view model);
[[nodiscard]] std::optional<Reference> dataset_by_id(Workspace& workspace, std::string_view dataset);
/// A dataset that was never added, by the name under which a run read it; the newest one.
[[nodiscard]] std::optional<Reference> dataset_of_runs(Workspace& workspace, std::string_view name);

} // namespace mlp::workflow
