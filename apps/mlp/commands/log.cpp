#include "commands/commands.hpp"
#include "context.hpp"
#include "report/display.hpp"
#include "report/text_table.hpp"
#include "workflow/listing.hpp"

#include <fmt/format.h>

#include <memory>
#include <ostream>

namespace mlp::cli {
namespace {

Json to_json(const workflow::LogLine& line) {
  Json document = line.record.body;
  document["id"] = line.record.id.hex();
  document["summary"] = line.summary;
  if (!line.warnings.empty()) {
    document["warnings"] = Json(line.warnings);
  }
  return document;
}

std::string nothing_text(workflow::Workspace& workspace) {
  return workspace.ledger().entries().empty() ? "nothing is recorded here\n"
                                              : "none of the records is one of these\n";
}

Exit run(const workflow::LogRequest& request, Session& session) {
  const auto context = context_of(session);
  workflow::Workspace workspace = workflow::Workspace::anywhere(context);
  const std::vector<workflow::LogLine> lines = workflow::list_records(workspace, request);
  for (const auto& bad : workspace.ledger().quarantined()) {
    session.warn(fmt::format("{}: {} (`mlp audit` says more)", bad.path, bad.why));
  }
  if (session.json) {
    for (const workflow::LogLine& line : lines) {
      session.print(to_json(line));
    }
    return Exit::ok;
  }
  const report::Style style(session.color);
  report::TextTable table(std::vector<report::Align>(5, report::Align::left));
  for (const workflow::LogLine& line : lines) {
    table.row({style.yellow(line.record.id.brief()), line.record.time.substr(0, 16), line.record.kind,
               report::printable(line.summary), style.dim(report::printable(line.actor))});
    for (const std::string& warning : line.warnings) {
      table.row({"", "", "", style.red(warning)});
    }
  }
  session.page(!lines.empty() ? table.text() : nothing_text(workspace));
  return Exit::ok;
}

} // namespace

Command log_command() {
  return {.name = "log",
          .group = "Experiment",
          .summary = "List what was recorded, newest first",
          .description = "Every dataset, run, evaluation, decision, look and note, one line each; a record's "
                         "line never changes. "
                         "Author and time are claims unless a record is signed.",
          .example = "mlp log -n 20\nmlp log --kind evaluation --sort roc_auc",
          .exits = {{0, "listed"}, {3, "not in a git repository"}},
          .declare = [](Options& options) {
            auto request = std::make_shared<workflow::LogRequest>();
            options.option("-n,--limit", "N", &request->limit, "at most this many");
            options.option("--kind", "KIND", &request->kind, "only these").choices = {
                "run", "evaluation", "decision", "dataset", "observation", "note"};
            options.option("--model", "M", &request->model, "only about this model (name or id)");
            options.option("--stage", "S", &request->stage, "only decisions about this stage");
            options.option("--since", "DATE", &request->since, "only from this date on");
            options.option("--sort", "METRIC", &request->sort,
                           "best first by a metric, those without it left out");
            return [request](Session& session) { return run(*request, session); };
          }};
}

} // namespace mlp::cli
