#include "workflow/relying.hpp"

#include "metrics/calibrator.hpp"
#include "model/training_data.hpp"
#include "workflow/scorer.hpp"

namespace mlp::workflow {
namespace {

/// Of rows that a calibrator was fitted to: what one fitted to the others says.
std::vector<double> honest_scores(Workspace& workspace, const model::Artifact& artifact,
                                  const dataset::Table& table, const std::vector<std::uint32_t>& rows,
                                  const std::vector<double>& target, const std::vector<double>& weights) {
  if (!artifact.calibrator) {
    return Scorer(workspace, artifact).scores(table, rows);
  }
  const model::Predictor predictor(artifact, workspace.xgboost(), workspace.context().threads);
  const auto scores = predictor.booster_scores_of_encoded(predictor.encoded(table, rows));
  metrics::Sample sample;
  sample.task = artifact.task;
  sample.target = target;
  sample.scores = scores;
  sample.weights = weights;
  sample.classes = sample.task == Task::multiclass ? artifact.classes.size() : 1;
  return metrics::cross_fitted_scores(artifact.calibrator->method, sample);
}

} // namespace

std::optional<evaluation::ValidationScores> validation_scores(Workspace& workspace,
                                                              const config::Project& project,
                                                              const LoadedModel& model, const TestRows& test,
                                                              std::string& note) {
  const Json& run = model.run.body;
  if (run["split"]["valid"].integer_or(0) == 0) {
    return std::nullopt;
  }
  if (run["split"]["id"].string_or() != dataset::split_id(project).hex()) {
    note = "no conformal sets: mlp.yaml splits the data otherwise than this model's run did";
    return std::nullopt;
  }
  std::optional<dataset::Table> other;
  const dataset::Table& table = trained_table(workspace, project, model, test, other);
  const unsigned threads = workspace.context().threads;
  const auto rows = dataset::split_of(table, project, threads).rows_of(dataset::Part::valid);
  const dataset::Target target = dataset::target_of(table, project, model.artifact.classes);
  evaluation::ValidationScores result;
  result.target = model::gathered(target.values, rows);
  result.weights = model::weights_of(table, dataset::roles_of(table, project), rows);
  result.scores = honest_scores(workspace, model.artifact, table, rows, result.target, result.weights);
  if (const std::string& by = project.evaluation.conformal_by; !by.empty()) {
    result.groups = evaluation::conformal_groups(by, table, rows, test.table, test.rows);
  }
  return result;
}

} // namespace mlp::workflow
