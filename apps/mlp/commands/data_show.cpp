#include "commands/commands.hpp"
#include "context.hpp"
#include "report/findings.hpp"
#include "report/numbers.hpp"
#include "report/profile_text.hpp"
#include "workflow/datasets.hpp"

#include <fmt/format.h>

#include <memory>
#include <ostream>

namespace mlp::cli {
namespace {

std::string format_line(const Json& format) {
  const std::string delimiter = format["delimiter"].string_or(",");
  return fmt::format(
      "delimiter {}, {}, {}{}, line ends {}", delimiter == "\t" ? "tab" : "'" + delimiter + "'",
      format["header"].bool_or(true) ? "header" : "no header", format["encoding"].string_or(),
      format["compression"].string_or("none") == "none" ? "" : ", " + format["compression"].string_or(),
      format["line_ending"].string_or());
}

Exit run(const std::string& reference, Session& session) {
  const auto context = context_of(session);
  workflow::Workspace workspace(context);
  const workflow::ShownData shown = workflow::show_data(workspace, reference);
  if (session.json) {
    session.print(to_json(shown));
    return Exit::ok;
  }
  const report::Style style(session.color);
  std::string text =
      fmt::format("{} {}   {} rows × {} columns\n", style.bold(shown.name), shown.dataset.brief(),
                  report::thousands(shown.profile.rows), shown.profile.columns.size());
  text += fmt::format("read as   {}\n", format_line(shown.format));
  for (const char* key : {"source", "licence", "message", "time"}) {
    if (const std::string value = shown.record[key].string_or(); !value.empty()) {
      text += fmt::format("{:<10}{}\n", std::string_view(key) == "time" ? "added" : key, value);
    }
  }
  text += "\n" + report::profile_table(shown.profile);
  if (!shown.checks.empty()) {
    text += "\n" + report::checks_list(shown.checks, style);
  }
  for (const std::string& note : shown.notes) {
    text += "note: " + note + "\n";
  }
  session.page(text);
  return Exit::ok;
}

} // namespace

Command data_show_command() {
  return {.name = "data show",
          .group = "Data",
          .summary = "Show a dataset's schema, profile and warnings",
          .description = "One line a column: type, missing and distinct values, range and distribution. Then "
                         "what is odd: constant, "
                         "empty, identical and id-like columns.",
          .example = "mlp data show adult",
          .exits = {{0, "shown"}, {3, "REF names no dataset"}},
          .declare = [](Options& options) {
            auto reference = std::make_shared<std::string>();
            options.positional("REF", reference.get(), "name, id prefix, or path of a dataset").required =
                true;
            return [reference](Session& session) { return run(*reference, session); };
          }};
}

} // namespace mlp::cli
