#include "workflow/trained_rows.hpp"

#include "base/error.hpp"
#include "dataset/fingerprints.hpp"

#include <algorithm>

namespace mlp::workflow {
namespace {

using dataset::Part;

/// By the model's own inputs: a column that other data have beside them must not hide that a row was seen.
std::vector<std::string> columns_of(const model::Artifact& artifact) {
  std::vector<std::string> columns = {artifact.target};
  for (const model::Feature& feature : artifact.features) {
    columns.push_back(feature.name);
  }
  return columns;
}

bool is_split_as_then(const LoadedModel& model, const TestRows& test) {
  return model.run.body["split"]["id"].string_or() == test.split.hex();
}

std::vector<bool> learnt_rows(const dataset::Split& split) {
  std::vector<bool> learnt(split.part.size());
  std::transform(split.part.begin(), split.part.end(), learnt.begin(),
                 [](Part part) { return part == Part::train || part == Part::valid; });
  return learnt;
}

/// Of rows that look like trained ones, those that also have the id of one. A store may lack the table by
/// now.
std::vector<bool> of_the_same_id(Workspace& workspace, const config::Project& project,
                                 const LoadedModel& model, const TestRows& test, std::vector<bool> alike) {
  const auto& id = model.artifact.id_column;
  const auto dataset = ContentId::from_hex(model.run.body["dataset"].string_or());
  if (!id || test.table.find(*id) == nullptr || !dataset || !workspace.store().contains(*dataset) ||
      std::ranges::find(alike, true) == alike.end()) {
    return alike;
  }
  std::optional<dataset::Table> other;
  const dataset::Table& table = trained_table(workspace, project, model, test, other);
  if (table.find(*id) == nullptr) {
    return alike;
  }
  auto columns = columns_of(model.artifact);
  columns.push_back(*id);
  const unsigned threads = workspace.context().threads;
  const std::string known =
      dataset::serialise_fingerprints(dataset::row_fingerprints(table, columns, threads));
  const auto seen = dataset::seen_rows(known, dataset::row_fingerprints(test.table, columns, threads));
  for (std::size_t row = 0; row < alike.size(); ++row) {
    alike[row] = alike[row] && seen[row];
  }
  return alike;
}

} // namespace

void mark_alike(Workspace& workspace, const LoadedModel& model, const dataset::Table& table,
                std::vector<bool>& alike) {
  const auto object = ContentId::from_hex(model.run.body["fingerprints"].string_or());
  if (!object || !workspace.store().contains(*object)) {
    throw Error(ErrorCode::not_found, "the row fingerprints of run {} are not in this store",
                model.run.id.brief())
        .hint("set MLP_STORE to the store that holds the run's objects, or train again");
  }
  const std::string bytes = workspace.store().get(*object);
  const auto prints =
      dataset::row_fingerprints(table, columns_of(model.artifact), workspace.context().threads);
  const std::vector<bool> seen = dataset::seen_rows(bytes, prints);
  for (std::size_t row = 0; row < seen.size(); ++row) {
    alike[row] = alike[row] || seen[row];
  }
}

TrainedRows trained_rows(Workspace& workspace, const config::Project& project, const LoadedModel& model,
                         const TestRows& test) {
  TrainedRows rows;
  rows.alike.resize(test.table.rows);
  mark_alike(workspace, model, test.table, rows.alike);
  const Json& run = model.run.body;
  const std::string dataset = test.dataset.hex();
  const bool is_own = dataset == run["dataset"].string_or();
  const bool is_test_file = dataset == run["test_file"]["dataset"].string_or();
  const bool as_then = is_split_as_then(model, test);
  if (as_then && (is_test_file || (is_own && test.part == "test"))) {
    rows.trained.resize(test.table.rows);
  } else if (as_then && is_own) {
    rows.trained = learnt_rows(dataset::split_of(test.table, project, workspace.context().threads));
  } else {
    rows.trained = of_the_same_id(workspace, project, model, test, rows.alike);
  }
  for (std::size_t row = 0; row < rows.alike.size(); ++row) {
    rows.alike[row] = rows.alike[row] && !rows.trained[row];
  }
  return rows;
}

} // namespace mlp::workflow
