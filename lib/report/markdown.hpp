#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mlp::report {

/// What Markdown or HTML would read as more than text is escaped; control characters as printable() shows
/// them.
[[nodiscard]] std::string markdown_text(std::string_view text);

/// A line of a table, its cells escaped.
void markdown_row(std::string& out, const std::vector<std::string>& cells);

} // namespace mlp::report
