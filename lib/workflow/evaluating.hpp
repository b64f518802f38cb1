#pragma once

#include "evaluation/evaluation.hpp"
#include "evaluation/fairness.hpp"
#include "evaluation/weak_slices.hpp"
#include "workflow/scoring.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mlp::workflow {

struct EvaluateRequest {
  std::string model; ///< REF; empty = the newest
  std::string data;  ///< path or REF; empty = the test part of the model's own dataset
};

struct EvaluateResult {
  std::string name;
  ContentId model;
  ContentId dataset;
  std::string dataset_name;
  std::string part;
  evaluation::Evaluation evaluation;
  evaluation::FairnessReport fairness; ///< without attributes where no column is protected
  evaluation::WeakSlices weak_slices;
  std::vector<Check> checks; ///< overlap, rows dropped, test-set use, protected groups
  std::int64_t excluded = 0;
  std::int64_t dropped = 0;
  std::int64_t test_set_use = 0; ///< looks at this test part so far, this one included; 0 for other data
  ledger::Record record;
  Json document; ///< what `mlp eval --json` prints
  std::vector<std::string> notes;
  std::string next_stage; ///< the first stage of the policy that the model does not hold
};

/// Scores, measures, stores predictions and document, records an evaluation.
[[nodiscard]] EvaluateResult evaluate(Workspace& workspace, const EvaluateRequest& request);

} // namespace mlp::workflow
