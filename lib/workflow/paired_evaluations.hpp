#pragma once

#include "workflow/pairing.hpp"

#include <optional>
#include <string>

namespace mlp::workflow {

/// What two recorded evaluations of one dataset say of each other, whatever made the predictions: their
/// stored scores of the rows that both scored, paired, by the metrics of mlp.yaml that have a better
/// direction (where either holds labels alone, by those that need no probabilities). It is no further look at
/// a test part. Nothing where they cannot be paired, and `why` says so. first, second: the records' bodies
[[nodiscard]] std::optional<ModelComparison> compare_evaluations(Workspace& workspace, const Json& first,
                                                                 const Json& second, std::string& why);

} // namespace mlp::workflow
