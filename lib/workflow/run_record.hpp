#pragma once

#include "workflow/data_source.hpp"
#include "workflow/training.hpp"

#include <optional>

namespace mlp::workflow {

/// The data of a run: the table that is split, and the test file's where it is apart.
struct RunData {
  LoadedData main;
  std::optional<LoadedData> test;
};

/// What a run records of its inputs and its result; stores the curve, the configuration and the row
/// fingerprints.
[[nodiscard]] Json run_record(Workspace& workspace, const TrainRequest& request,
                              const config::Project& project, const RunData& data, const TrainResult& result);

} // namespace mlp::workflow
