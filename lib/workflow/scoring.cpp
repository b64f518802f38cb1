#include "workflow/scoring.hpp"

#include "base/error.hpp"
#include "dataset/labels.hpp"
#include "dataset/queries.hpp"
#include "metrics/dummy.hpp"
#include "model/predictions.hpp"
#include "model/train.hpp"
#include "model/training_data.hpp"
#include "workflow/data_schema.hpp"
#include "workflow/scorer.hpp"
#include "workflow/trained_rows.hpp"

#include <set>

namespace mlp::workflow {
namespace {

using dataset::Part;

/// The types in which the model reads its features, so that other data are read alike.
std::map<std::string, dataset::ColumnType> feature_types(const model::Artifact& artifact) {
  std::map<std::string, dataset::ColumnType> types;
  for (const model::Feature& feature : artifact.features) {
    types[feature.name] = feature.type;
  }
  return types;
}

/// A model can only be judged by what mlp.yaml asks for where it was made to answer that.
void require_same_question(const config::Project& project, const LoadedModel& model) {
  const model::Artifact& artifact = model.artifact;
  const auto& positive = project.data.positive;
  const bool same_positive =
      artifact.task != Task::binary || !positive || dataset::same_label(artifact.classes.back(), *positive);
  if (artifact.task == project.model.task && artifact.target == project.data.target && same_positive) {
    return;
  }
  const auto question = [](Task task, const std::string& target, const std::string& of) {
    return fmt::format("{} of '{}'{}", name_of(task), target,
                       of.empty() ? "" : fmt::format(" (positive '{}')", of));
  };
  throw Error(
      ErrorCode::input, "model {} {} answers another question than mlp.yaml asks: {}, not {}",
      model.reference.name, model.reference.id.brief(),
      question(artifact.task, artifact.target, artifact.task == Task::binary ? artifact.classes.back() : ""),
      question(project.model.task, project.data.target, positive.value_or("")))
      .hint("train one that answers it: `mlp train`");
}

/// All rows of other data that have a target.
dataset::Split labelled_rows(const OpenedData& data, const config::Project& project) {
  const dataset::Column& target = data.table.column(project.data.target);
  for (std::size_t row = 0; row < data.table.rows; ++row) {
    if (!target.missing(row)) {
      return dataset::split_of_test_file(data.table, project);
    }
  }
  throw Error(ErrorCode::input, "no row of {} {} has a value of '{}': there is nothing to compare with",
              data.name, data.version.brief(), project.data.target)
      .hint("name labelled data, or run `mlp predict` for predictions alone");
}

void take_target(TestRows& test, const config::Project& project, const model::Artifact& artifact) {
  const dataset::Target target = dataset::target_of(test.table, project, artifact.classes);
  test.classes = target.classes;
  test.target = model::gathered(target.values, test.rows);
  test.weights = model::weights_of(test.table, dataset::roles_of(test.table, project), test.rows);
}

/// A query stays whole: its rows are left out only where every one of them was trained on.
void keep_queries_whole(const TestRows& test, const config::Project& project, std::vector<bool>& trained) {
  const auto queries = dataset::query_numbers(test.table, project, test.part_rows);
  std::vector<bool> is_new(test.part_rows.size(), false);
  for (std::size_t i = 0; i < queries.size(); ++i) {
    is_new[queries[i]] = is_new[queries[i]] || !trained[test.part_rows[i]];
  }
  for (std::size_t i = 0; i < queries.size(); ++i) {
    trained[test.part_rows[i]] = !is_new[queries[i]];
  }
}

/// Of the part, the rows that no model was trained on.
void take_new_rows(Workspace& workspace, const config::Project& project,
                   const std::vector<const LoadedModel*>& models, TestRows& test) {
  std::vector<bool> trained(test.table.rows, false);
  std::vector<bool> alike(test.table.rows, false);
  for (const LoadedModel* model : models) {
    const TrainedRows known = trained_rows(workspace, project, *model, test);
    for (std::size_t row = 0; row < test.table.rows; ++row) {
      trained[row] = trained[row] || known.trained[row];
      alike[row] = alike[row] || known.alike[row];
    }
  }
  if (!test.query.empty()) {
    keep_queries_whole(test, project, trained);
  }
  for (const std::uint32_t row : test.part_rows) {
    if (trained[row]) {
      ++test.excluded;
    } else {
      test.rows.push_back(row);
      test.alike += alike[row] ? 1 : 0;
    }
  }
}

} // namespace

dataset::ReadOptions model_read_options(Workspace& workspace, const config::Project& project,
                                        const model::Artifact& artifact) {
  dataset::ReadOptions options = read_options(workspace, project);
  options.types = feature_types(artifact);
  options.personal = declared_personal(workspace);
  return options;
}

ContentId tested_dataset(const Json& run) {
  const Json& file = run["test_file"]["dataset"];
  return *ContentId::from_hex(file.is_null() ? run["dataset"].as_string() : file.as_string());
}

LoadedModel load_model(Workspace& workspace, const Reference& reference) {
  LoadedModel loaded;
  loaded.reference = reference;
  loaded.run = run_of(workspace, reference.id);
  loaded.artifact = model::load_artifact(reference.id, workspace.store());
  return loaded;
}

TestRows test_rows(Workspace& workspace, const config::Project& project,
                   const std::vector<const LoadedModel*>& models, const std::string& data) {
  const LoadedModel& first = *models.front();
  require_same_question(project, first);
  const dataset::ReadOptions options = model_read_options(workspace, project, first.artifact);
  TestRows test;
  test.split = dataset::split_id(project);
  dataset::Split split;
  if (data.empty()) {
    test.dataset = tested_dataset(first.run.body);
    test.dataset_name = first.run.body["dataset_name"].string_or();
    test.part = "test";
    test.table = dataset::read_version(test.dataset, test.dataset_name, options, workspace.store());
    split = test.dataset.hex() == first.run.body["dataset"].string_or()
                ? dataset::split_of(test.table, project, workspace.context().threads)
                : dataset::split_of_test_file(test.table, project);
  } else {
    OpenedData opened = open_data(workspace, data, options);
    test.dataset = opened.version;
    test.dataset_name = opened.name;
    test.part = "all";
    split = labelled_rows(opened, project);
    test.table = std::move(opened.table);
  }
  test.dropped = split.dropped;

  test.part_rows = split.rows_of(Part::test);
  if (project.model.task == Task::ranking) {
    test.query = dataset::query_column(test.table, project).name;
  }
  take_new_rows(workspace, project, models, test);
  if (test.rows.empty()) {
    throw Error(ErrorCode::input,
                "no row of {} {} is left to score: {} were used for training, {} have no '{}'",
                test.dataset_name, test.dataset.brief(), test.excluded, test.dropped, project.data.target)
        .hint("score the model on data that it was not trained on: `mlp eval --data PATH`");
  }
  take_target(test, project, first.artifact);
  return test;
}

std::vector<double> score(Workspace& workspace, const LoadedModel& model, const TestRows& test) {
  return Scorer(workspace, model.artifact).scores(test.table, test.rows);
}

ContentId store_scores(Workspace& workspace, const LoadedModel& model, const TestRows& test,
                       const std::vector<double>& scores) {
  const model::PredictionLayout layout = model::layout_of(model.artifact, test.table);
  std::string out;
  model::append_predictions_header(out, layout);
  model::append_predictions(out, layout, {.table = test.table, .rows = test.rows, .scores = scores});
  return workspace.store().put(out);
}

const dataset::Table& trained_table(Workspace& workspace, const config::Project& project,
                                    const LoadedModel& model, const TestRows& test,
                                    std::optional<dataset::Table>& other) {
  const Json& run = model.run.body;
  const ContentId trained_on = *ContentId::from_hex(run["dataset"].as_string());
  if (trained_on == test.dataset) {
    return test.table;
  }
  other = dataset::read_version(trained_on, run["dataset_name"].string_or(),
                                model_read_options(workspace, project, model.artifact), workspace.store());
  return *other;
}

BaselineScores baseline_scores(Workspace& workspace, const config::Project& project, const LoadedModel& model,
                               const TestRows& test) {
  std::optional<dataset::Table> other;
  const dataset::Table& table = trained_table(workspace, project, model, test, other);
  const auto rows = dataset::split_of(table, project, workspace.context().threads).rows_of(Part::train);
  const dataset::Roles roles = dataset::roles_of(table, project);
  const dataset::Target target = dataset::target_of(table, project, model.artifact.classes);

  BaselineScores scores;
  const std::vector<double> train_target = model::gathered(target.values, rows);
  const std::vector<double> train_weights = model::weights_of(table, roles, rows);
  const std::size_t classes = model.artifact.task == Task::multiclass ? model.artifact.classes.size() : 1;
  scores.dummy =
      metrics::dummy_scores(model.artifact.task, train_target, train_weights, classes, test.rows.size());
  try {
    scores.stump =
        model::stump_scores(table, rows, test.table, test.rows, roles, project, workspace.context().threads);
    scores.simple = model::simple_model_scores(table, rows, test.table, test.rows, roles, project,
                                               workspace.xgboost(), workspace.context().threads);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::input) {
      throw;
    }
    scores.note = error.what(); // the simple model is a comparison: without it the evaluation stands
  }
  return scores;
}

} // namespace mlp::workflow
