#pragma once

#include "base/json.hpp"

#include <string>

namespace mlp::report {

/// A `mlp.data_diff/1` as a page of its own. `program`: name and version.
[[nodiscard]] std::string data_diff_html(const Json& document, const std::string& program);

} // namespace mlp::report
