#pragma once

#include "base/json.hpp"
#include "report/markup.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace mlp::report {

// What the pages have in common: a page of its own, with no network and no other file; for a phone, in the
// dark, on paper, with a keyboard.

struct PageHead {
  std::string title;     ///< the heading
  std::string kind;      ///< behind it in the browser's tab: "evaluation"
  std::string beside;    ///< one line below the heading
  std::string skip_to;   ///< id of the part that the keyboard may skip to
  std::string skip_text; ///< "Skip to the numbers"
};
[[nodiscard]] std::string html_page(const PageHead& head, const std::function<void(Markup&)>& main);

/// A number in a box; `beside` below it may be empty. Stands in a `dl` of class facts.
void write_fact(Markup& page, std::string_view name, std::string_view value, std::string_view beside);

/// A table with a heading row, in a box that scrolls. `css`: of each column, "number" for numbers.
struct PageColumn {
  std::string_view name;
  std::string_view css;
};
void write_table(Markup& page, const std::vector<PageColumn>& columns, const std::function<void()>& rows);
void write_cell(Markup& page, std::string_view text, std::string_view css = "");

/// Name and value of each line, in a table; lines without a value are left out.
void write_terms(Markup& page, const std::vector<std::pair<std::string, std::string>>& terms);

/// A table of checks as every `--json` shows them.
void write_check_rows(Markup& page, const Json& checks);

} // namespace mlp::report
