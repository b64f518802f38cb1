#pragma once

#include "base/json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mlp {

/// How a check ended. Ordered from best to worst where it matters; NaN never passes.
enum class CheckStatus { pass, warn, fail, inconclusive, missing, waived };

[[nodiscard]] std::string_view name_of(CheckStatus status);

/// One judged finding: on data, on an evaluation, or by a rule of the policy.
struct Check {
  std::string id; ///< stable name of the rule, for example "constant_column"
  CheckStatus status = CheckStatus::pass;
  std::optional<double> observed;      ///< what was measured, in the rule's own unit
  std::optional<double> limit;         ///< what it was measured against
  std::optional<std::int64_t> n;       ///< rows (or cases) it was measured on
  std::string why;                     ///< one sentence for a person; empty for a plain pass
  std::string subject;                 ///< the column, slice or metric concerned; may be empty
  std::vector<std::int64_t> rows = {}; ///< the first few data rows concerned, 1 = the first; may be empty
};

/// `{"id","status","observed","limit","n","why","subject"}`, as every `--json` shows a check; with `rows`
/// where rows are named.
[[nodiscard]] Json to_json(const Check& check);
[[nodiscard]] Check check_from_json(const Json& json);

} // namespace mlp
