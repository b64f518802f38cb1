#pragma once

#include "config/data_schema.hpp"
#include "workflow/workspace.hpp"

#include <map>
#include <optional>
#include <string>

namespace mlp::workflow {

/// A schema and the bytes that it was read from.
struct ReadSchema {
  config::DataSchema schema;
  std::string text;
};
/// schema.yaml of the project's folder; nothing where there is none.
/// throws Error{input} with the first finding where it has errors
[[nodiscard]] std::optional<ReadSchema> project_schema(const Workspace& workspace);
/// The schema in `file`, relative to where the command was called. throws as above, and Error{not_found}
[[nodiscard]] ReadSchema read_schema(const Workspace& workspace, const std::string& file);

/// Which columns its `pii` calls personal, or not.
/// throws as project_schema does: what is personal must not come to light because a file is broken
[[nodiscard]] std::map<std::string, bool> declared_personal(const Workspace& workspace);
/// The same as far as it can be read, so that a broken schema.yaml can be written anew.
[[nodiscard]] std::map<std::string, bool> readable_personal(const Workspace& workspace);

struct DataSchemaRequest {
  std::string data;   ///< path or REF; empty = the data of mlp.yaml
  bool write = false; ///< else only shown
  std::string output; ///< where to write; empty = schema.yaml of the project
  bool force = false; ///< replace a file that says something else
};
struct WrittenSchema {
  std::string name;
  ContentId dataset;
  std::string text;       ///< of the file
  std::string path;       ///< where it was written; empty: shown only
  bool unchanged = false; ///< the file said this already
  Json columns;
};
/// What these data keep, as a schema to edit (validation/infer_schema.hpp). Written whole or not at all.
/// throws Error{input} where the file is there and says something else, unless forced
[[nodiscard]] WrittenSchema data_schema(Workspace& workspace, const DataSchemaRequest& request);

/// `{"schema":"mlp.data_schema/1","name","dataset","path","columns":{NAME:{…}},"yaml"}`
[[nodiscard]] Json to_json(const WrittenSchema& written);

} // namespace mlp::workflow
