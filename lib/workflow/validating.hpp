#pragma once

#include "validation/validate.hpp"
#include "workflow/workspace.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mlp::workflow {

struct ValidateDataRequest {
  std::string data;   ///< a path or REF; empty = the data of mlp.yaml
  std::string schema; ///< a file of promises; empty = schema.yaml, which is about the data of mlp.yaml
};

struct ValidatedData {
  std::string name;
  ContentId dataset;
  std::int64_t rows = 0;
  std::int64_t columns = 0;
  bool about_project = false; ///< the columns that mlp.yaml names are there
  std::vector<Check> checks;  ///< failures first, then warnings, then passes; each as the catalogue has them
  std::vector<validation::Skipped> skipped;
  std::optional<ContentId> schema; ///< of the bytes of the file of promises that was judged by
  std::vector<std::string> notes;

  [[nodiscard]] bool ok() const; ///< no check failed
};

/// Runs every check that the data allow. What mlp.yaml declares (columns, target, split) is checked where the
/// data have the columns that it names; other tables are checked as such. Nothing is recorded.
/// throws Error{not_found, input} where the data or the schema cannot be read
[[nodiscard]] ValidatedData validate_data(Workspace& workspace, const ValidateDataRequest& request);

/// `{"schema":"mlp.validation/1","ok","name","dataset","rows","columns","data_schema","checks":[check…],
/// "skipped":[{"id","why"}…],"notes"}`
[[nodiscard]] Json to_json(const ValidatedData& validated);

} // namespace mlp::workflow
