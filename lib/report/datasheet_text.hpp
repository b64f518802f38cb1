#pragma once

#include "base/json.hpp"

#include <string>

namespace mlp::report {

/// A `mlp.datasheet/1` as Markdown: the facts of each section in a table with the first digits of their
/// evidence, people's words below, NOT PROVIDED where there are none, and each evidence in full at the end.
[[nodiscard]] std::string datasheet_markdown(const Json& sheet);

} // namespace mlp::report
