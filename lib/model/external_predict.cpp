#include "base/error.hpp"
#include "model/encoding.hpp"
#include "model/external.hpp"
#include "model/external_command.hpp"
#include "model/given_predictions.hpp"
#include "os/files.hpp"

#include <algorithm>
#include <numeric>

namespace mlp::model {
namespace {

namespace fs = std::filesystem;

/// What is odd in the input, as the built-in models report it.
void report_oddities(const Artifact& artifact, const dataset::Table& table,
                     const std::vector<std::uint32_t>& rows, unsigned threads, InputReport* report,
                     std::vector<bool>* invalid) {
  const Encoder encoder(artifact.features, table); // refuses columns that are missing or do not fit
  EncodingReport found;
  static_cast<void>(encoder.encode(rows, threads, &found));
  if (report != nullptr) {
    add(artifact.features, found, *report);
  }
  if (invalid != nullptr) {
    invalid->assign(found.invalid.begin(), found.invalid.end());
  }
}

[[noreturn]] void refuse(const Artifact& artifact, const std::string& why) {
  throw Error(ErrorCode::input, "the predict command `{}` cannot be believed: {}", artifact.external->predict,
              why)
      .hint(
          "it must write one prediction for each row of MLP_PREDICT_DATA into MLP_PREDICTIONS: see `mlp help "
          "trainer`");
}

/// The scores in the order of the rows that were asked for.
std::vector<double> believed(const Artifact& artifact, const fs::path& file, std::size_t rows,
                             const ExternalPlace& place) {
  const auto bytes = os::read_file_if_exists(file);
  if (!bytes) {
    refuse(artifact, "it wrote no file MLP_PREDICTIONS");
  }
  const PredictedTarget target{artifact.task, artifact.target, artifact.classes, {}};
  const auto given =
      read_predictions("MLP_PREDICTIONS", *bytes, target, {place.threads, place.progress, place.interrupt});
  if (given.labels_only) {
    refuse(artifact, "it wrote labels without probabilities");
  }
  if (given.rows != rows) {
    refuse(artifact, fmt::format("it was given {} rows and predicted {}", rows, given.rows));
  }
  dataset::Table asked;
  asked.rows = rows;
  std::vector<std::uint32_t> all(rows);
  std::iota(all.begin(), all.end(), 0U);
  const auto match = match_predictions(
      given, target,
      {.table = asked, .name = "MLP_PREDICT_DATA", .remedy = "copy its column `row`", .part = all});
  if (const auto empty = std::find(given.empty.begin(), given.empty.end(), true);
      empty != given.empty.end()) {
    refuse(artifact, fmt::format("the prediction in row {} is empty", empty - given.empty.begin() + 1));
  }
  const std::size_t width = given.scores.size() / rows;
  std::vector<double> scores;
  scores.reserve(given.scores.size());
  for (const std::int64_t entry : match.entry_of) {
    const auto first = given.scores.begin() + entry * static_cast<std::ptrdiff_t>(width);
    scores.insert(scores.end(), first, first + static_cast<std::ptrdiff_t>(width));
  }
  return scores;
}

} // namespace

void place_external_files(const ExternalModel& model, const store::ObjectStore& store,
                          const fs::path& folder) {
  fs::create_directories(folder / k_external_model);
  fs::create_directories(folder / k_external_files);
  for (const store::TreeItem& item : model.files) {
    const fs::path target = folder / item.path;
    fs::create_directories(target.parent_path());
    store.checkout(item.id, target);
    if (item.path.starts_with(k_external_files)) { // `predict` may call them by themselves
      fs::permissions(target, fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec,
                      fs::perm_options::add);
    }
  }
}

ExternalPredictor::ExternalPredictor(Artifact artifact, ExternalPlace place)
    : artifact_(std::move(artifact)), place_(std::move(place)) {}

std::map<std::string, dataset::ColumnType> ExternalPredictor::types() const {
  std::map<std::string, dataset::ColumnType> types;
  for (const Feature& feature : artifact_.features) {
    types.emplace(feature.name, feature.type);
  }
  return types;
}

std::vector<double> ExternalPredictor::scores(const dataset::Table& table,
                                              const std::vector<std::uint32_t>& rows, InputReport* report,
                                              std::vector<bool>* invalid) const {
  report_oddities(artifact_, table, rows, place_.threads, report, invalid);
  if (rows.empty()) {
    return {};
  }
  const fs::path input = place_.folder / "predict.csv";
  const fs::path output = place_.folder / "predictions.csv";
  const fs::path schema = place_.folder / "features.json";
  os::FileOps& files = os::real_files();
  for (const fs::path& file : {input, output, schema}) {
    files.remove(file);
  }
  std::vector<std::string> columns;
  for (const Feature& feature : artifact_.features) {
    columns.push_back(feature.name);
  }
  write_rows(input, table, columns, rows, Numbered::yes);
  files.create(schema)->write(features_json(artifact_));
  run_external({"predict",
                artifact_.external->predict,
                place_.folder / k_external_files,
                {{"MLP_PREDICT_DATA", input.string()},
                 {"MLP_PREDICTIONS", output.string()},
                 {"MLP_MODEL_DIR", (place_.folder / k_external_model).string()},
                 {"MLP_SCHEMA", schema.string()},
                 {"MLP_TASK", std::string(name_of(artifact_.task))},
                 {"MLP_TARGET", artifact_.target},
                 {"MLP_POSITIVE", artifact_.positive.value_or("")},
                 {"MLP_THREADS", std::to_string(place_.threads)}}},
               place_);
  try {
    return believed(artifact_, output, rows.size(), place_);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::input ||
        std::string_view(error.what()).starts_with("the predict command")) {
      throw;
    }
    refuse(artifact_, error.what());
  }
}

} // namespace mlp::model
