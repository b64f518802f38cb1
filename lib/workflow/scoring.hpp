#pragma once

#include "dataset/read_table.hpp"
#include "dataset/roles.hpp"
#include "dataset/split.hpp"
#include "evaluation/evaluation.hpp"
#include "model/artifact.hpp"
#include "model/predict.hpp"
#include "model/stump.hpp"
#include "workflow/data_source.hpp"
#include "workflow/references.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mlp::workflow {

/// A model with what its run recorded.
struct LoadedModel {
  Reference reference;
  ledger::Record run;
  model::Artifact artifact;
};
/// throws Error{not_found} where this store lacks the model's bytes
[[nodiscard]] LoadedModel load_model(Workspace& workspace, const Reference& reference);

/// How data are read for a model: as mlp.yaml says, its features in the types that it was trained with.
[[nodiscard]] dataset::ReadOptions model_read_options(Workspace& workspace, const config::Project& project,
                                                      const model::Artifact& artifact);
/// The dataset that holds a run's test part: the test file of a split by file, else the run's own.
[[nodiscard]] ContentId tested_dataset(const Json& run);
/// Labelled rows on which models are judged, and the rows they may be compared with.
struct TestRows {
  std::string dataset_name;
  ContentId dataset;
  std::string part; ///< "test", or "all" of other data
  ContentId split;  ///< split_id of the project
  dataset::Table table;
  std::vector<std::uint32_t> part_rows; ///< of `table`, ascending: all of the part
  std::vector<std::uint32_t> rows;      ///< of `table`, ascending: those that no given model was trained on
  std::vector<double> target;           ///< [rows]
  std::vector<double> weights;          ///< [rows] or empty
  std::vector<std::string> classes;
  std::int64_t excluded = 0; ///< rows that a given model was trained on
  std::int64_t alike = 0;    ///< of `rows`, other cases with the features and target of such a row
  std::int64_t dropped = 0;  ///< rows without a target (of a ranking, or a query)
  std::string query;         ///< ranking: name of the query column; each query is here whole
};

/// The test part of the dataset that the first model's run read (`data` empty), or all rows of other labelled
/// data, less the rows that any of `models` was trained or stopped on (workflow/trained_rows.hpp). throws
/// Error{input} where no rows are left, or mlp.yaml's task, target or positive class is not the first model's
[[nodiscard]] TestRows test_rows(Workspace& workspace, const config::Project& project,
                                 const std::vector<const LoadedModel*>& models, const std::string& data);

/// The table that a model's run read: `test`'s own, or, where that is another dataset, read into `other`.
[[nodiscard]] const dataset::Table& trained_table(Workspace& workspace, const config::Project& project,
                                                  const LoadedModel& model, const TestRows& test,
                                                  std::optional<dataset::Table>& other);

/// The model's scores of the rows.
[[nodiscard]] std::vector<double> score(Workspace& workspace, const LoadedModel& model, const TestRows& test);

/// Keeps the scores as a predictions file in the store, so that every number can be computed again.
ContentId store_scores(Workspace& workspace, const LoadedModel& model, const TestRows& test,
                       const std::vector<double>& scores);

/// Scores of the baselines, fitted on the train part of the run's own dataset. `simple` stays empty where it
/// cannot be fitted (`note` says why), `stump` where no single feature tells anything.
struct BaselineScores {
  std::vector<double> dummy;
  std::vector<double> simple;
  model::Stump stump;
  std::string note;
};
[[nodiscard]] BaselineScores baseline_scores(Workspace& workspace, const config::Project& project,
                                             const LoadedModel& model, const TestRows& test);

} // namespace mlp::workflow
