#pragma once

#include "config/project.hpp"
#include "config/text_pattern.hpp"
#include "config/yaml.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mlp::config {

enum class Monotone { increasing, decreasing };

/// What schema.yaml promises of one column. What is absent is not promised.
struct ColumnSchema {
  std::optional<std::string> type; ///< number | boolean | category | datetime | text
  bool nullable = true;
  std::optional<double> max_missing; ///< share, 0–1
  std::optional<std::vector<std::string>> values;
  std::optional<double> min;
  std::optional<double> max;
  std::string regex;
  std::optional<TextPattern> pattern; ///< of regex
  bool unique = false;
  std::optional<Monotone> monotone; ///< in the order of the rows, equal neighbours allowed
  // What a person knows of it.
  std::optional<Role> role;
  /// When the value is known: a duration after the moment of the prediction, or the name of a datetime
  /// column.
  std::string available_at;
  std::string unit;
  std::string owner;
  std::optional<bool> pii; ///< whether it is personal; nothing: the values decide
  Position position;
};

/// schema.yaml: what the data of mlp.yaml promise, beside it in the project's folder.
///
///   schema: mlp.data_schema/1
///   closed: true
///   columns:
///     NAME: {type: number, nullable: false, min: 0, max: 72, unit: months}
struct DataSchema {
  bool closed = false;                                       ///< no other columns may be there
  std::vector<std::pair<std::string, ColumnSchema>> columns; ///< in the order of the file
  [[nodiscard]] const ColumnSchema* find(std::string_view name) const;
};

inline constexpr const char* k_schema_file = "schema.yaml";

struct LoadedSchema {
  DataSchema schema;
  std::vector<Finding> findings; ///< all at once; `schema` is usable where none is an error
};
/// throws Error{input} only where the text is no YAML
[[nodiscard]] LoadedSchema load_data_schema(std::string_view text, const std::string& file);

/// As load_data_schema reads it, one line a column; `comment` lines stand above.
[[nodiscard]] std::string format_data_schema(const DataSchema& schema,
                                             const std::vector<std::string>& comment);

} // namespace mlp::config
