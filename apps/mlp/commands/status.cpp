#include "commands/commands.hpp"
#include "context.hpp"
#include "report/display.hpp"
#include "report/text_table.hpp"
#include "workflow/checking.hpp"

#include <fmt/ranges.h>

#include <memory>
#include <ostream>

namespace mlp::cli {
namespace {

void add_lines(report::TextTable& table, const std::string& title, const std::vector<std::string>& lines) {
  for (const std::string& line : lines) {
    table.row({title, line});
  }
}

std::string stage_text(const workflow::StageLine& line) {
  return line.name.empty()
             ? "nobody"
             : fmt::format("{} {} since {}", line.name, line.model.substr(0, 7), line.since.substr(0, 10));
}

Exit run(Session& session) {
  const auto context = context_of(session);
  workflow::Workspace workspace(context);
  const workflow::StatusResult result = workflow::status(workspace);
  if (session.json) {
    session.print(to_json(result));
    return Exit::ok;
  }
  const report::Style style(session.color);
  report::TextTable table({report::Align::left, report::Align::left});
  table.row({"project", fmt::format("{} ({}), {} records", result.name, result.project, result.records)});
  if (!result.usable) {
    table.row({"mlp.yaml", style.red("has errors")});
  }
  table.row({"charter", result.charter_missing.empty()
                            ? "complete"
                            : fmt::format("{} missing", fmt::join(result.charter_missing, ", "))});
  table.row({"last run",
             !result.last_run
                 ? "none yet"
                 : fmt::format("{} {}, run {} of {}", result.last_run->name, result.last_model.substr(0, 7),
                               result.last_run->id.brief(), result.last_run->time.substr(0, 16))});
  add_lines(table, "changed", result.changed);
  for (const workflow::StageLine& line : result.stages) {
    table.row({line.stage, stage_text(line)});
  }
  add_lines(table, "waiting", result.waiting);
  add_lines(table, style.red("conflict"), result.conflicts);
  if (result.unreadable > 0) {
    table.row({"unreadable", fmt::format("{} records: `mlp audit` says which", result.unreadable)});
  }
  if (result.unpushed && *result.unpushed > 0) {
    table.row({"not pushed", fmt::format("{} records", *result.unpushed)});
  }
  table.row({"next", style.bold(result.next)});
  session.out << table.text();
  return Exit::ok;
}

} // namespace

Command status_command() {
  return {
      .name = "status",
      .group = "Start",
      .summary = "Show on one screen where the project stands",
      .description =
          "Says whether the charter is complete, what changed since the last run, which model holds which "
          "stage since when, and what waits. Ends with the most useful next command.",
      .example = "mlp status",
      .exits = {{0, "shown"}, {3, "no project here"}},
      .declare = [](Options&) { return [](Session& session) { return run(session); }; }};
}

} // namespace mlp::cli
