#include "workflow/outside_predictions.hpp"

#include "base/error.hpp"
#include "dataset/fingerprints.hpp"
#include "model/predictions.hpp"

#include <algorithm>
#include <cmath>

namespace mlp::workflow {
namespace {

using dataset::Part;

model::PredictedTarget target_of(const model::Artifact& artifact) {
  return {artifact.task, artifact.target, artifact.classes, artifact.id_column};
}

ContentId keep_fingerprints(Workspace& workspace, const dataset::Table& table,
                            const config::Project& project) {
  const unsigned threads = workspace.context().threads;
  const dataset::Split split = dataset::split_of(table, project, threads);
  const auto prints = dataset::row_fingerprints(table, project, threads);
  std::vector<std::uint64_t> seen;
  for (const Part part : {Part::train, Part::valid}) {
    for (const std::uint32_t row : split.rows_of(part)) {
      seen.push_back(prints[row]);
    }
  }
  return workspace.store().put(dataset::serialise_fingerprints(std::move(seen)));
}

model::Artifact asked_for(const dataset::Table& table, const config::Project& project) {
  const dataset::Roles roles = dataset::roles_of(table, project);
  model::Artifact artifact;
  artifact.task = project.model.task;
  artifact.target = roles.target;
  artifact.classes = dataset::target_of(table, project).classes;
  if (artifact.task == Task::binary) {
    artifact.positive = artifact.classes.at(1);
  }
  artifact.threshold = project.evaluation.decision.threshold;
  artifact.id_column = roles.id;
  for (const std::string& name : roles.features) {
    model::Feature feature;
    feature.name = name;
    feature.type = table.column(name).type;
    artifact.features.push_back(std::move(feature));
  }
  return artifact;
}

std::string read_given(Workspace& workspace, const std::string& file) {
  const fs::path path = workspace.context().directory / file;
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) {
    throw Error(ErrorCode::input, "'{}' is a folder, not a file of predictions", file)
        .hint("name one CSV file: row, then prediction and probability");
  }
  auto bytes = os::read_file_if_exists(path);
  if (!bytes) {
    throw Error(ErrorCode::not_found, "the predictions '{}' do not exist", file)
        .hint("check the path's spelling");
  }
  return std::move(*bytes);
}

/// Keeps of `values` [n·width] the rows at `kept`.
void keep(std::vector<double>& values, const std::vector<std::size_t>& kept) {
  if (values.empty()) {
    return;
  }
  std::vector<double> result;
  result.reserve(kept.size());
  for (const std::size_t i : kept) {
    result.push_back(values[i]);
  }
  values = std::move(result);
}

/// The rows of the test that are predicted, and their scores.
void narrow(TestRows& test, const model::GivenPredictions& given, const model::PredictionMatch& match,
            OutsidePredictions& out) {
  const std::size_t width = given.scores.size() / given.rows;
  std::vector<std::size_t> kept;
  std::vector<std::uint32_t> rows;
  for (std::size_t i = 0; i < test.rows.size(); ++i) {
    const std::int64_t entry = match.entry_of[test.rows[i]];
    if (entry < 0) {
      ++out.not_predicted;
      continue;
    }
    const auto at = static_cast<std::size_t>(entry);
    if (given.empty[at]) {
      ++out.empty;
      continue;
    }
    kept.push_back(i);
    rows.push_back(test.rows[i]);
    const auto first = given.scores.begin() + static_cast<std::ptrdiff_t>(at * width);
    out.scores.insert(out.scores.end(), first, first + static_cast<std::ptrdiff_t>(width));
  }
  out.outside = out.rows - static_cast<std::int64_t>(kept.size()) - out.empty;
  test.rows = std::move(rows);
  keep(test.target, kept);
  keep(test.weights, kept);
}

/// Rows whose class in the file is another than threshold and probability say.
std::int64_t unlike_predictions(const TestRows& test, const model::GivenPredictions& given,
                                const model::PredictionMatch& match, double threshold) {
  if (given.labels_only || given.called.empty() || test.classes.size() != 2) {
    return 0;
  }
  return std::count_if(test.rows.begin(), test.rows.end(), [&](std::uint32_t row) {
    const auto entry = static_cast<std::size_t>(match.entry_of[row]);
    const std::int32_t called = given.called[entry];
    return called >= 0 && called != (given.scores[entry] >= threshold ? 1 : 0);
  });
}

/// How far the given scores are from the model's own. Labels are compared with the classes that it calls.
void compare_with_model(const model::Artifact& artifact, const std::vector<double>& own,
                        OutsidePredictions& given) {
  const std::size_t width = artifact.task == Task::multiclass ? artifact.classes.size() : 1;
  const model::PredictionLayout layout{artifact.task, artifact.classes, artifact.threshold, {}, false};
  std::int64_t unlike = 0;
  for (std::size_t first = 0; first < own.size(); first += width) {
    const std::span<const double> mine(&own[first], width);
    const std::span<const double> theirs(&given.scores[first], width);
    if (given.labels_only) {
      model::PredictionLayout as_labels = layout;
      as_labels.threshold = 0.5;
      unlike += model::predicted_class(layout, mine) != model::predicted_class(as_labels, theirs) ? 1 : 0;
      continue;
    }
    double difference = 0;
    for (std::size_t i = 0; i < width; ++i) {
      difference = std::max(difference, std::abs(mine[i] - theirs[i]));
    }
    unlike += difference > 0 ? 1 : 0;
    given.largest_difference = std::max(given.largest_difference, difference);
  }
  given.unlike_model = unlike;
}

Check counted(const char* id, std::int64_t count, std::int64_t n, std::string why) {
  Check check;
  check.id = id;
  check.observed = static_cast<double>(count);
  check.n = n;
  if (count > 0) {
    check.status = CheckStatus::warn;
    check.why = std::move(why);
  }
  return check;
}

} // namespace

LoadedModel stand_in(Workspace& workspace, const config::Project& project) {
  const LoadedData data = load_data(workspace, project, project.data.paths);
  LoadedModel model;
  model.reference.kind = Reference::Kind::record;
  model.reference.name = project.name;
  model.artifact = asked_for(data.table, project);
  model.run.body = Json::object({{"dataset", data.version.id.hex()},
                                 {"dataset_name", data.name},
                                 {"split", Json::object({{"id", dataset::split_id(project).hex()}})},
                                 {"fingerprints", keep_fingerprints(workspace, data.table, project).hex()}});
  if (project.data.split.by == config::SplitBy::file) {
    const LoadedData test = load_data(workspace, project, {project.data.split.test_file});
    model.run.body["test_file"] =
        Json::object({{"dataset", test.version.id.hex()}, {"path", project.data.split.test_file}});
  }
  return model;
}

OutsidePredictions take_predictions(Workspace& workspace, const OutsideRequest& request,
                                    const LoadedModel& model, TestRows& test) {
  const std::string bytes = read_given(workspace, request.file);
  const Context& context = workspace.context();
  const model::PredictedTarget target = target_of(model.artifact);
  const auto given = model::read_predictions(request.file, bytes, target,
                                             {context.threads, &context.progress, &context.interrupt});
  const std::string data = fmt::format("{} {}", test.dataset_name, test.dataset.brief());
  const auto match = model::match_predictions(
      given, target,
      {.table = test.table,
       .name = data,
       .remedy = test.part == "test" ? "are these predictions of other data? name them: `--data PATH`"
                                     : "are these predictions of other data than --data names?",
       .part = test.part_rows,
       .part_has_files = test.part == "test"});

  OutsidePredictions out;
  out.name = request.name.empty() ? dataset_name(request.file) : request.name;
  out.path = request.file;
  out.labels_only = given.labels_only;
  out.matched_by = match.by;
  out.rows = static_cast<std::int64_t>(given.rows);
  narrow(test, given, match, out);
  if (test.rows.empty()) {
    throw Error(ErrorCode::input,
                "'{}' predicts none of the rows of {} that may be scored: {} rows are outside", request.file,
                data, out.outside)
        .hint("`mlp data split --part test` lists the rows of the test part");
  }
  out.unlike_prediction = unlike_predictions(test, given, match, model.artifact.threshold);
  if (request.of_model) {
    compare_with_model(model.artifact, score(workspace, model, test), out);
  }
  out.object = workspace.store().put(bytes);
  return out;
}

std::vector<Check> checks_of(const OutsidePredictions& given, const TestRows& test) {
  const auto n = static_cast<std::int64_t>(test.rows.size());
  const std::int64_t wanted = n + given.empty + given.not_predicted;
  std::vector<Check> checks = {
      counted("rows_not_predicted", given.empty + given.not_predicted, wanted,
              fmt::format("{} of {} rows have no prediction: the metrics speak of the others alone",
                          given.empty + given.not_predicted, wanted)),
      counted("prediction_unlike_probability", given.unlike_prediction, n,
              fmt::format("{} rows are called otherwise than probability and threshold say: these decide",
                          given.unlike_prediction))};
  if (given.unlike_model) {
    checks.push_back(counted(
        "predictions_unlike_model", *given.unlike_model, n,
        fmt::format(
            "{} of {} rows are predicted otherwise by the model itself{}: no evidence for a promotion",
            *given.unlike_model, n,
            given.labels_only ? "" : fmt::format(" (by up to {:.3g})", given.largest_difference))));
  }
  return checks;
}

Json to_json(const OutsidePredictions& given) {
  return Json::object({{"name", given.name},
                       {"path", given.path},
                       {"object", given.object.hex()},
                       {"labels_only", given.labels_only},
                       {"matched_by", given.matched_by},
                       {"rows", given.rows},
                       {"outside", given.outside},
                       {"empty", given.empty},
                       {"not_predicted", given.not_predicted},
                       {"unlike_model", given.unlike_model},
                       {"reproduced", given.reproduced()}});
}

bool measured_a_model(const ledger::Entry& evaluation) {
  return evaluation.headline.empty() || Json::parse(evaluation.headline)["of"].is_null();
}

} // namespace mlp::workflow
