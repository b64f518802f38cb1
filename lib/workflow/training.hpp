#pragma once

#include "base/check.hpp"
#include "config/project.hpp"
#include "dataset/checks.hpp"
#include "dataset/profile.hpp"
#include "dataset/split.hpp"
#include "model/train.hpp"
#include "workflow/seed_spread.hpp"
#include "workflow/workspace.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mlp::workflow {

struct TrainRequest {
  std::vector<std::string> settings; ///< KEY=VALUE of --set, in order
  bool locked = false;               ///< the data must be what its pointer says
  std::int64_t seeds = 1; ///< models to train that differ in their seed alone; the first is the run's
  std::string message;
  std::string mlp_version; ///< of this program, recorded
};

struct TrainResult {
  std::string name;
  ContentId model;
  ContentId dataset;
  std::string dataset_name;
  ledger::Record run;
  std::int64_t rows = 0;
  std::int64_t columns = 0;
  dataset::Split split;
  config::SplitConfig split_config;
  std::vector<std::string>
      class_shares; ///< "test 24.3%": of the positive class, by part; empty for other tasks
  model::TrainResult trained;
  std::optional<SeedSpread> spread; ///< where more than one seed was asked for
  std::uint64_t artifact_bytes = 0;
  double seconds = 0.0;
  std::vector<Check> checks;              ///< findings that are not plain passes
  std::vector<std::string> notes;         ///< how the data were read, what was left out
  std::optional<std::string> schema_text; ///< of the schema.yaml that judged the data
  std::optional<std::string>
      same_as; ///< "run 91ab3f2", with what became of the model since, where it existed before
};

/// What a caller may want to know before the run is over, because training may take long.
struct TrainEvents {
  std::function<void(const TrainResult&)> data_ready; ///< dataset, split, checks and notes are filled in
};
/// Reads, checks, splits, trains, stores and records a run.
/// throws Error{input} for findings that make training meaningless, or several seeds without a validation
/// part; Error{interrupted}
[[nodiscard]] TrainResult train(Workspace& workspace, const TrainRequest& request,
                                const TrainEvents& events = {});

/// "KEY=VALUE" → an override. throws Error{usage} where there is no '='
[[nodiscard]] std::vector<config::Override> parse_settings(const std::vector<std::string>& settings);

} // namespace mlp::workflow
