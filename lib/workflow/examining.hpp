#pragma once

#include "dataset/split.hpp"
#include "validation/validate.hpp"
#include "workflow/workspace.hpp"

#include <optional>
#include <string>

namespace mlp::workflow {

/// What the checks need of data that mlp.yaml is about. `split` and `test_table` may be null: then nothing is
/// compared across the split. All must outlive the result.
struct Examined {
  const dataset::Table& table;
  const dataset::Profile& profile;
  const config::Project& project;
  const dataset::Roles& roles;
  const dataset::Split* split = nullptr;
  const dataset::Table* test_table = nullptr; ///< of a split by file
  bool labelled = true;                       ///< the target is what the task needs
  std::optional<std::int64_t> previous_rows = std::nullopt;
};
[[nodiscard]] validation::Subject subject_of(const Context& context, const Examined& examined);

/// The rows of the version that was recorded under `name` before `dataset` was, or last where it was not.
[[nodiscard]] std::optional<std::int64_t> rows_before(Workspace& workspace, const std::string& name,
                                                      const ContentId& dataset);

} // namespace mlp::workflow
