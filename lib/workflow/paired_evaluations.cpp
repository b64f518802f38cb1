#include "workflow/paired_evaluations.hpp"

#include "base/error.hpp"
#include "dataset/roles.hpp"
#include "evaluation/dependence.hpp"
#include "evaluation/label_metrics.hpp"
#include "metrics/multiple_tests.hpp"
#include "model/given_predictions.hpp"
#include "model/training_data.hpp"

namespace mlp::workflow {
namespace {

/// The stored predictions of an evaluation, held against the data's rows.
struct StoredScores {
  model::GivenPredictions given;
  model::PredictionMatch match;
  double threshold = 0.5;

  [[nodiscard]] bool has(std::uint32_t row) const {
    return match.entry_of[row] >= 0 && !given.empty[static_cast<std::size_t>(match.entry_of[row])];
  }
  [[nodiscard]] std::vector<double> scores_of(const std::vector<std::uint32_t>& rows) const {
    const std::size_t width = given.scores.size() / given.rows;
    std::vector<double> scores;
    for (const std::uint32_t row : rows) {
      const auto begin = given.scores.begin() +
                         static_cast<std::ptrdiff_t>(static_cast<std::size_t>(match.entry_of[row]) * width);
      scores.insert(scores.end(), begin, begin + static_cast<std::ptrdiff_t>(width));
    }
    return scores;
  }
};

StoredScores stored_scores(Workspace& workspace, const Json& evaluation, const dataset::Table& table,
                           const dataset::Split& labelled, const model::PredictedTarget& target) {
  const auto object = ContentId::from_hex(evaluation["predictions"].string_or());
  if (!object || !workspace.store().contains(*object)) {
    throw Error(ErrorCode::not_found, "the predictions of an evaluation of {} are not in this store",
                evaluation["name"].string_or());
  }
  const Context& context = workspace.context();
  StoredScores stored;
  stored.given =
      model::read_predictions(evaluation["name"].string_or("predictions"), workspace.store().get(*object),
                              target, {context.threads, nullptr, &context.interrupt});
  const auto part = labelled.rows_of(dataset::Part::test);
  stored.match = model::match_predictions(stored.given, target,
                                          {.table = table,
                                           .name = evaluation["dataset_name"].string_or(),
                                           .remedy = "are these predictions of other data?",
                                           .part = part,
                                           .part_has_files = false});
  stored.threshold = stored.given.labels_only ? 0.5 : evaluation["threshold"].number_or(0.5);
  return stored;
}

/// What both scored, as one pair.
Pair pair_of(Workspace& workspace, const config::Project& project, const Json& first, const Json& second) {
  Pair pair;
  pair.test.dataset = *ContentId::from_hex(first["dataset"].as_string());
  pair.test.dataset_name = first["dataset_name"].string_or();
  pair.test.table = dataset::read_version(pair.test.dataset, pair.test.dataset_name,
                                          read_options(workspace, project), workspace.store());
  const dataset::Table& table = pair.test.table;
  const dataset::Split labelled = dataset::split_of_test_file(table, project);
  const dataset::Roles roles = dataset::roles_of(table, project);
  const dataset::Target target = dataset::target_of(table, project);
  const model::PredictedTarget predicted{project.model.task, roles.target, target.classes, roles.id};
  const StoredScores one = stored_scores(workspace, first, table, labelled, predicted);
  const StoredScores other = stored_scores(workspace, second, table, labelled, predicted);
  for (const std::uint32_t row : labelled.rows_of(dataset::Part::test)) {
    if (one.has(row) && other.has(row)) {
      pair.test.rows.push_back(row);
    }
  }
  if (pair.test.rows.empty()) {
    throw Error(ErrorCode::input, "no row was scored by both");
  }
  pair.scored.task = project.model.task;
  pair.scored.classes = target.classes;
  pair.scored.target = model::gathered(target.values, pair.test.rows);
  pair.scored.weights = model::weights_of(table, roles, pair.test.rows);
  evaluation::set_dependence(pair.scored, table, pair.test.rows, project);
  evaluation::set_costs(pair.scored, table, pair.test.rows, project);
  pair.scored.labels_only = one.given.labels_only || other.given.labels_only;
  pair.scored.threshold = one.threshold;
  pair.scored.model = one.scores_of(pair.test.rows);
  pair.second = other.scores_of(pair.test.rows);
  pair.second_threshold = other.threshold;
  return pair;
}

} // namespace

std::optional<ModelComparison> compare_evaluations(Workspace& workspace, const Json& first,
                                                   const Json& second, std::string& why) {
  if (first["predictions"] == second["predictions"] || !workspace.has_project()) {
    why = workspace.has_project() ? "both hold the same predictions" : "not within a project";
    return std::nullopt;
  }
  if (first["dataset"] != second["dataset"]) {
    why = "they scored different data: to compare them row by row, evaluate both on the same";
    return std::nullopt;
  }
  const config::Project& project = workspace.project();
  try {
    return compare_pair(workspace, project, pair_of(workspace, project, first, second));
  } catch (const Error& error) {
    if (error.code() != ErrorCode::input && error.code() != ErrorCode::not_found) {
      throw;
    }
    why = fmt::format("not compared row by row: {}", error.what());
    return std::nullopt;
  }
}

} // namespace mlp::workflow
