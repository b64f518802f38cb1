#include "base/error.hpp"
#include "model/external.hpp"
#include "workflow/stage_state.hpp"
#include "workflow/using.hpp"

#include <fmt/ranges.h>

namespace mlp::workflow {
namespace {

constexpr std::string_view k_readme = R"(# {name} {brief}

Exported by mlp. A {task} model of `{target}`.

- `model.ubj`: the booster; loads in any XGBoost binding (1.7 or newer).
- `features.json`: the booster's inputs in its column order: name, type, categories; target, classes, threshold.
- `SHA256SUMS`: `sha256sum -c SHA256SUMS` checks both; its own SHA-256 is the model's id,
  {id}.

## Feeding it

One float32 column a feature, in the order of `features.json`: the place of a column, not its name, says what it is.
A missing value is NaN. The booster carries the names too, unless one of them holds `[`, `]` or `<`, which XGBoost's
bindings refuse; it then has none, and `booster.feature_names` is None.

- `number`: the value. `datetime`: seconds since 1970-01-01 UTC.
- `boolean`: 1 for the second of `spellings`, 0 for the first.
- `category`: the index of the value in `categories`; a value that is not there is NaN. Mark the column as categorical
  (`feature_types=["c", …]` in Python, `enable_categorical=True`).

    import json, numpy, xgboost
    features = json.load(open("features.json"))["features"]
    booster = xgboost.Booster(model_file="model.ubj")
    matrix = xgboost.DMatrix(columns, feature_names=booster.feature_names,
                             feature_types=["c" if f["type"] == "category" else "q" for f in features],
                             enable_categorical=True)
    booster.predict(matrix)

What it predicts are probabilities (binary: of the second of `classes`), the number itself (regression), or scores by
which the rows of a query are ordered, the highest first (ranking).
)";

constexpr std::string_view k_calibrated_readme = R"(
## Calibrating it

What the booster predicts is not yet the model's answer: `calibrator` of `features.json` corrects it. `maps` holds one
map (of the positive class's probability p), or one a class, whose results are then divided by their sum. (A temperature is
always one map, of all classes.)
`threshold` acts on what comes out.

- `platt`: 1 / (1 + exp(-(intercept + slope · ln(p / (1 - p))))), p clipped to [2.2e-16, 1 - 2.2e-16].
- `isotonic`: linear between the points (`scores`, `probabilities`), level outside of them: `numpy.interp(p, scores,
  probabilities)`.
- `temperature`: binary as `platt` with an intercept of 0 and a slope of 1 / `temperature`; of several classes each p to the
  power of 1 / `temperature`, divided by their sum (p at least 2.2e-16).
)";

constexpr std::string_view k_external_readme = R"(# {name} {brief}

Exported by mlp. A {task} model of `{target}`, made by an external trainer.

- `model/`: what the trainer wrote. `files/`: the files that the predict command names.
- `features.json`: the inputs: name, type, categories; target, classes, threshold, and the predict command.
- `SHA256SUMS`: `sha256sum -c SHA256SUMS` checks them all; its own SHA-256 is the model's id,
  {id}.

## Predicting

The command runs in `files/`. It reads a CSV of a column `row` (from 1) and the features by name, and writes a CSV of `row`
and `prediction` or `probability`, one line a row. It needs the programs that it calls, in versions that its trainer knew.

    cd files
    here=$(dirname "$PWD")
    export MLP_MODEL_DIR="$here/model" MLP_SCHEMA="$here/features.json" MLP_TASK={task} MLP_TARGET='{target}' \
           MLP_POSITIVE='{positive}' MLP_THREADS=1 MLP_PREDICT_DATA=/path/to/input.csv MLP_PREDICTIONS=/path/to/output.csv
    {predict}
)";

std::vector<std::string> files_of(const model::Artifact& artifact) {
  std::vector<std::string> files = {"features.json", "README.md", "SHA256SUMS"};
  if (!artifact.external) {
    files.insert(files.begin(), "model.ubj");
    return files;
  }
  for (const store::TreeItem& item : artifact.external->files) {
    files.push_back(item.path);
  }
  return files;
}

std::string readme_of(const Reference& model, const model::Artifact& artifact) {
  std::string text(artifact.external ? k_external_readme : k_readme);
  if (artifact.calibrator) {
    text += k_calibrated_readme;
  }
  const auto replace = [&](std::string_view place, std::string_view value) {
    for (auto at = text.find(place); at != std::string::npos; at = text.find(place, at + value.size())) {
      text.replace(at, place.size(), value);
    }
  };
  replace("{name}", model.name);
  replace("{brief}", model.id.brief());
  replace("{task}", name_of(artifact.task));
  replace("{target}", artifact.target);
  replace("{id}", model.id.hex());
  if (artifact.external) {
    replace("{positive}", artifact.positive.value_or(""));
    replace("{predict}", artifact.external->predict);
  }
  return text;
}

/// A folder that is built beside its place and then renamed: there as a whole or not at all. One that is
/// there already (empty, perhaps where the user stands) is filled as it is.
class FolderDraft {
public:
  FolderDraft(os::FileOps& files, fs::path target) : files_(files), target_(std::move(target)) {
    std::error_code ignored;
    place_ = fs::exists(target_, ignored) ? target_ : os::draft_path(target_);
  }
  ~FolderDraft() {
    if (place_ != target_) {
      std::error_code ignored;
      fs::remove_all(place_, ignored);
    }
  }
  FolderDraft(const FolderDraft&) = delete;
  FolderDraft& operator=(const FolderDraft&) = delete;

  [[nodiscard]] const fs::path& place() const { return place_; }
  void publish() {
    if (place_ != target_) {
      files_.rename(place_, target_);
      place_ = target_;
      files_.sync_directory(target_.parent_path());
    }
  }

private:
  os::FileOps& files_;
  fs::path target_;
  fs::path place_;
};

} // namespace

ExportResult export_model(Workspace& workspace, const ExportRequest& request) {
  DefaultModel chosen;
  if (request.model.empty()) {
    chosen = serving_model(workspace);
  } else {
    chosen.model = resolve_model(workspace, request.model);
    if (stage_state(workspace).is_retired(chosen.model.id.hex())) {
      chosen.note = fmt::format("{} {} is retired", chosen.model.name, chosen.model.id.brief());
    }
  }
  const model::Artifact artifact = model::load_artifact(chosen.model.id, workspace.store());
  fs::path folder = workspace.context().directory / request.to;
  if (!folder.has_filename()) { // "served/"
    folder = folder.parent_path();
  }
  std::error_code ignored;
  if (fs::exists(folder, ignored) && !(fs::is_directory(folder, ignored) && fs::is_empty(folder, ignored))) {
    throw Error(ErrorCode::input, "'{}' exists and is not an empty folder", request.to)
        .hint("export to a folder that does not exist yet");
  }
  os::FileOps& files = workspace.context().files;
  FolderDraft draft(files, folder);
  if (artifact.external) {
    model::place_external_files(*artifact.external, workspace.store(), draft.place());
  } else {
    os::write_file(files, draft.place() / "model.ubj", artifact.booster);
  }
  os::write_file(files, draft.place() / "features.json", model::features_json(artifact));
  os::write_file(files, draft.place() / "README.md", readme_of(chosen.model, artifact));
  // Last: a folder with SHA256SUMS is complete. It is the listing that the id is made of.
  os::write_file(files, draft.place() / "SHA256SUMS", workspace.store().get(chosen.model.id));
  draft.publish();
  return {chosen.model.name, chosen.model.id, request.to, files_of(artifact), chosen.note};
}

} // namespace mlp::workflow
