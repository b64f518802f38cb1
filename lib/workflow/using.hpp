#pragma once

#include "model/predict.hpp"
#include "workflow/references.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace mlp::workflow {

struct PredictRequest {
  std::string model;      ///< REF; empty = the holder of the last stage, else the newest
  std::string input;      ///< path
  std::string output;     ///< path; empty = `take`
  std::string on_invalid; ///< reject | flag; empty = as mlp.yaml says
};
struct PredictResult {
  std::string name;
  ContentId model;
  std::int64_t rows = 0;
  std::int64_t rejected = 0; ///< rows whose prediction is left empty
  model::InputReport report;
  std::vector<std::int64_t> first_invalid; ///< row numbers (1 = the first data row), at most 10
  std::string note;
};
/// Streams the input in bounded memory and writes predictions in cli.md's format; a file appears whole or not
/// at all. throws Error{input} naming columns that are missing or do not fit. A retired model is never the
/// default; named, it predicts with a note
[[nodiscard]] PredictResult predict(Workspace& workspace, const PredictRequest& request,
                                    const std::function<void(std::string_view)>& take);
[[nodiscard]] Json to_json(const PredictResult& result);

struct ExportRequest {
  std::string model;
  std::string to;
};
struct ExportResult {
  std::string name;
  ContentId model;
  std::string folder;
  std::vector<std::string> files;
  std::string note;
};
/// A plain folder: model.ubj, features.json, README.md and SHA256SUMS, whose own SHA-256 is the model's id;
/// it appears whole or not at all. throws Error{input} where the folder exists and is not empty
[[nodiscard]] ExportResult export_model(Workspace& workspace, const ExportRequest& request);

} // namespace mlp::workflow
