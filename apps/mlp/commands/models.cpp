#include "commands/commands.hpp"
#include "context.hpp"
#include "report/numbers.hpp"
#include "report/text_table.hpp"
#include "workflow/deciding.hpp"

#include <fmt/ranges.h>

#include <memory>
#include <ostream>

namespace mlp::cli {
namespace {

std::string metric_cell(const workflow::ModelLine& line) {
  if (!line.metric) {
    return "–";
  }
  return fmt::format("{} {}", *line.metric, line.value ? report::metric_text(*line.value) : "undefined");
}

Exit run(const std::string& at, Session& session) {
  const auto context = context_of(session);
  workflow::Workspace workspace(context);
  const std::vector<workflow::ModelLine> lines = workflow::list_models(workspace, at);
  if (session.json) {
    for (const workflow::ModelLine& line : lines) {
      session.print(to_json(line));
    }
    return Exit::ok;
  }
  if (lines.empty()) {
    session.out << (at.empty() ? "no model yet: run `mlp train`\n" : "there was no model then\n");
    return Exit::ok;
  }
  report::TextTable table(std::vector<report::Align>(7, report::Align::left));
  table.row({"name", "model", "stage", "since", "owner", "metric", "health"});
  for (const workflow::ModelLine& line : lines) {
    table.row({line.name, line.model.brief(),
               line.stages.empty() ? "–" : fmt::format("{}", fmt::join(line.stages, ", ")),
               line.since.substr(0, 10), line.owner.empty() ? "–" : line.owner, metric_cell(line),
               line.health});
  }
  session.page(table.text());
  return Exit::ok;
}

} // namespace

Command models_command() {
  return {
      .name = "models",
      .group = "Decide",
      .summary = "List the models and which stage each holds",
      .description =
          "Holders of a stage come first, then the newest. With --at, shows the state at that date as far as "
          "recorded times can be believed.",
      .example = "mlp models --at 2026-06-30",
      .exits = {{0, "listed"}, {3, "no project here"}},
      .declare = [](Options& options) {
        auto at = std::make_shared<std::string>();
        options.option("--at", "DATE", at.get(), "the state then (2026-11-23, or with a time)");
        return [at](Session& session) { return run(*at, session); };
      }};
}

} // namespace mlp::cli
