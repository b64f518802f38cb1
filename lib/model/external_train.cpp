#include "base/error.hpp"
#include "dataset/queries.hpp"
#include "metrics/metric.hpp"
#include "model/encoding.hpp"
#include "model/external.hpp"
#include "model/external_command.hpp"
#include "model/training_data.hpp"
#include "os/files.hpp"

#include <algorithm>
#include <set>

namespace mlp::model {
namespace {

namespace fs = std::filesystem;
using Rows = std::vector<std::uint32_t>;

constexpr std::size_t k_most_log_bytes = 1U << 20U;
constexpr std::size_t k_tried_rows = 1000; // where there is no validation part to try the model on

/// All that one training reads, bound together.
struct Source {
  const dataset::Table& table;
  const dataset::Roles& roles;
  const config::Project& project;
  const fs::path& project_folder;
  const ExternalPlace& place;
  dataset::Target target;
};

Artifact describe(const Source& source, const Rows& train_rows) {
  return untrained_artifact(
      source.target, source.roles, source.project,
      learn_features(source.table, train_rows, source.roles, source.project, source.place.threads));
}

/// The name of the query column; empty where the task is no ranking.
std::string query_of(const Source& source) {
  const bool ranks = source.project.model.task == Task::ranking;
  return ranks ? dataset::query_column(source.table, source.project).name : "";
}

/// Rows of a query stand together, as most trainers want them.
Rows part_rows(const Source& source, const Rows& rows) {
  return query_of(source).empty() ? rows : dataset::rows_by_query(source.table, source.project, rows);
}

/// Writes what the command is given; the variables that name it.
std::vector<std::pair<std::string, std::string>> prepare(const Source& source, const Artifact& artifact,
                                                         const Rows& train_rows, const Rows& valid_rows) {
  const fs::path& folder = source.place.folder;
  std::vector<std::string> columns = source.roles.features;
  columns.push_back(source.roles.target);
  if (source.roles.weight) {
    columns.push_back(*source.roles.weight);
  }
  const std::string query = query_of(source);
  if (!query.empty()) {
    columns.push_back(query);
  }
  write_rows(folder / "train.csv", source.table, columns, train_rows, Numbered::no);
  write_rows(folder / "valid.csv", source.table, columns, valid_rows, Numbered::no);
  Json params = Json::object();
  for (const auto& [name, value] : source.project.model.params) {
    params[name] = value;
  }
  os::FileOps& files = os::real_files();
  files.create(folder / "params.json")->write(params.dump() + "\n");
  files.create(folder / "schema.json")->write(features_json(artifact));
  files.make_directories(folder / k_external_model);
  files.make_directories(folder / k_external_files);
  return {{"MLP_TRAIN_DATA", (folder / "train.csv").string()},
          {"MLP_VALID_DATA", (folder / "valid.csv").string()},
          {"MLP_MODEL_DIR", (folder / k_external_model).string()},
          {"MLP_PARAMS", (folder / "params.json").string()},
          {"MLP_SCHEMA", (folder / "schema.json").string()},
          {"MLP_TASK", std::string(name_of(artifact.task))},
          {"MLP_TARGET", artifact.target},
          {"MLP_POSITIVE", artifact.positive.value_or("")},
          {"MLP_WEIGHT", source.roles.weight.value_or("")},
          {"MLP_QUERY", query},
          {"MLP_SEED", std::to_string(source.project.model.seed)},
          {"MLP_THREADS", std::to_string(source.place.threads)}};
}

/// Every file that the trainer left in MLP_MODEL_DIR, relative to it.
std::vector<fs::path> files_written(const fs::path& folder, const std::string& command) {
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    const fs::path relative = entry.path().lexically_relative(folder);
    if (entry.is_symlink() || !(entry.is_regular_file() || entry.is_directory())) {
      throw Error(ErrorCode::input,
                  "the training command `{}` left '{}' in MLP_MODEL_DIR, which is no plain file", command,
                  relative.string())
          .hint("a model is made of files and folders: copy what the link names");
    }
    if (entry.is_regular_file()) {
      files.push_back(relative);
    }
  }
  if (files.empty()) {
    throw Error(ErrorCode::input, "the training command `{}` wrote no file into MLP_MODEL_DIR", command)
        .hint("what the predict command needs must be written there: see `mlp help trainer`");
  }
  return files;
}

/// The files of the project that a command names, word by word: prediction needs them wherever it happens.
std::set<std::string> files_named(const std::string& command, const fs::path& project_folder) {
  std::set<std::string> files;
  constexpr std::string_view k_between = " \t\n\"';|&<>()=";
  for (std::size_t start = 0; start < command.size();) {
    const std::size_t end = std::min(command.find_first_of(k_between, start), command.size());
    const fs::path word = fs::path(command.substr(start, end - start)).lexically_normal();
    start = end + 1;
    std::error_code ignored;
    const bool inside = !word.empty() && word.is_relative() && *word.begin() != "..";
    if (inside && fs::is_regular_file(project_folder / word, ignored)) {
      files.insert(word.generic_string());
    }
  }
  return files;
}

/// Takes the model's files into the store: the items of the artefact.
ExternalModel keep(const Source& source, store::ObjectStore& store, std::uint64_t& bytes) {
  const config::ExternalTrainer& trainer = *source.project.model.external;
  const fs::path& folder = source.place.folder;
  ExternalModel model{trainer.predict, {}};
  const auto take = [&](const fs::path& place, const fs::path& file) {
    bytes += fs::file_size(place);
    model.files.push_back(
        {file.generic_string(), store.put_file(place, source.place.progress, source.place.interrupt)});
  };
  for (const std::string& named : files_named(trainer.predict, source.project_folder)) {
    const fs::path copy = folder / k_external_files / named;
    fs::create_directories(copy.parent_path());
    fs::copy_file(source.project_folder / named, copy);
    take(copy, fs::path(k_external_files) / named);
  }
  for (const fs::path& file : files_written(folder / k_external_model, trainer.command)) {
    take(folder / k_external_model / file, fs::path(k_external_model) / file);
  }
  std::sort(model.files.begin(), model.files.end(),
            [](const store::TreeItem& a, const store::TreeItem& b) { return a.path < b.path; });
  return model;
}

std::string end_of(const fs::path& log) {
  std::string text = os::read_file(log);
  if (text.size() > k_most_log_bytes) {
    text.erase(0, text.size() - k_most_log_bytes);
  }
  return text;
}

/// The metric of the validation part, which also shows that the model can predict.
void try_out(const Source& source, const Rows& train_rows, const Rows& valid_rows, TrainResult& result) {
  const bool has_valid = !valid_rows.empty();
  Rows rows = has_valid ? valid_rows : train_rows;
  rows.resize(has_valid ? rows.size() : std::min(rows.size(), k_tried_rows));
  const ExternalPredictor predictor(result.artifact, source.place);
  const std::vector<double> scores = predictor.scores(source.table, rows);
  if (!has_valid) {
    return;
  }
  const auto target = gathered(source.target.values, rows);
  const auto weights = weights_of(source.table, source.roles, rows);
  metrics::Sample sample;
  sample.task = source.project.model.task;
  sample.target = target;
  sample.scores = scores;
  sample.weights = weights;
  sample.classes = sample.task == Task::multiclass ? source.target.classes.size() : 1;
  sample.threshold = result.artifact.threshold;
  if (sample.task == Task::multiclass) {
    sample.class_names = source.target.classes;
  }
  Rows queries;
  if (sample.task == Task::ranking) {
    queries = dataset::query_numbers(source.table, source.project, rows);
    sample.dependence = metrics::Dependence::clusters;
    sample.places = queries;
  }
  result.valid_metric = stopping_metric(source.project);
  result.valid_value = metrics::measure(result.valid_metric, sample).value;
}

} // namespace

TrainResult train_external(const dataset::Table& table, const dataset::Split& split,
                           const dataset::Roles& roles, const config::Project& project,
                           const fs::path& project_folder, store::ObjectStore& store,
                           const ExternalPlace& place) {
  const Source source{table, roles, project, project_folder, place, dataset::target_of(table, project)};
  const Rows train_rows = part_rows(source, split.rows_of(dataset::Part::train));
  const Rows valid_rows = part_rows(source, split.rows_of(dataset::Part::valid));
  require_trainable(roles, project.model.task, gathered(source.target.values, train_rows),
                    weights_of(table, roles, train_rows));
  TrainResult result;
  result.artifact = describe(source, train_rows);
  result.params = project.model.params;
  const std::string& command = project.model.external->command;
  const auto variables = prepare(source, result.artifact, train_rows, valid_rows);
  ExternalRun run;
  run.seconds = run_external({"training", command, project_folder, variables}, place);
  run.log = end_of(place.folder / "log");
  result.artifact.external = keep(source, store, run.bytes);
  result.trainer_seconds = run.seconds;
  result.external = std::move(run);
  try_out(source, train_rows, valid_rows, result);
  return result;
}

} // namespace mlp::model
