#pragma once

#include <span>
#include <string_view>

namespace mlp::validation {

/// What a check needs beside the table, and so where it runs.
enum class Scope {
  table,    ///< any table
  training, ///< mlp.yaml: what the columns are for
  examined, ///< what examine() does
  deep,     ///< `mlp data validate` alone
  schema,   ///< schema.yaml
  model     ///< a model and the rows it is judged on
};

struct CheckInfo {
  std::string_view id;
  Scope scope;
  std::string_view statistic; ///< what is measured
  std::string_view judgement; ///< from where on it warns or fails
  std::string_view why;
};

/// Every check on data, in the order in which help shows them.
[[nodiscard]] std::span<const CheckInfo> catalogue();

} // namespace mlp::validation
