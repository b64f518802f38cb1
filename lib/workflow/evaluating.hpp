#pragma once

#include "evaluation/decision_value.hpp"
#include "evaluation/evaluation.hpp"
#include "evaluation/fairness.hpp"
#include "evaluation/reliance.hpp"
#include "evaluation/weak_slices.hpp"
#include "workflow/current_rule.hpp"
#include "workflow/outside_predictions.hpp"
#include "workflow/scoring.hpp"
#include "workflow/worst_mistakes.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mlp::workflow {

struct EvaluateRequest {
  std::string model = {};       ///< REF; empty = the newest, or, with `predictions`, none
  std::string data = {};        ///< path or REF; empty = the test part of the model's own dataset
  std::string predictions = {}; ///< path of a file of predictions to judge; empty = the model's own
  std::string name = {};        ///< what to call the predictions; empty = the file's stem
};

struct EvaluateResult {
  std::string name;
  ContentId model; ///< of predictions without a model: the id of their file
  ContentId dataset;
  std::string dataset_name;
  std::string part;
  evaluation::Evaluation evaluation;
  evaluation::FairnessReport fairness; ///< without attributes where no column is protected
  evaluation::WeakSlices weak_slices;
  std::optional<evaluation::Reliance> reliance; ///< absent of labels without scores
  std::string stump_question;      ///< of the single split beside the model; empty where there is none
  std::optional<CurrentRule> rule; ///< where mlp.yaml names one
  std::optional<evaluation::DecisionValue> value; ///< where mlp.yaml gives costs
  std::vector<Check> checks;                      ///< overlap, rows dropped, test-set use, protected groups
  std::int64_t excluded = 0;
  std::int64_t dropped = 0;
  std::int64_t test_set_use = 0; ///< looks at this test part so far, this one included; 0 for other data
  ledger::Record record;
  std::optional<OutsidePredictions> predictions; ///< where they came from a file
  Json document;                                 ///< what `mlp eval --json` prints
  ShownRows worst;                               ///< of the data, for a report: neither recorded nor printed
  std::vector<std::string> notes;
  std::string next_stage; ///< the first stage of the policy that the model does not hold
};

/// Scores, measures, stores predictions and document, records an evaluation. Predictions from a file are
/// measured by the same rules, on the rows that they predict; they are never evidence for a promotion, unless
/// the model that is named with them predicts the very same.
[[nodiscard]] EvaluateResult evaluate(Workspace& workspace, const EvaluateRequest& request);

} // namespace mlp::workflow
