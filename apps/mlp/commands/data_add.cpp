#include "commands/commands.hpp"
#include "context.hpp"
#include "report/display.hpp"
#include "report/findings.hpp"
#include "report/numbers.hpp"
#include "workflow/datasets.hpp"

#include <fmt/format.h>

#include <memory>
#include <ostream>

namespace mlp::cli {
namespace {

using report::thousands;

Json to_json(const workflow::AddedData& added) {
  Json checks = Json::array();
  for (const Check& check : added.checks) {
    checks.push_back(to_json(check));
  }
  return Json::object({{"schema", "mlp.dataset/1"},
                       {"name", added.name},
                       {"path", added.path},
                       {"dataset", added.dataset.hex()},
                       {"bytes", added.bytes},
                       {"rows", added.rows},
                       {"columns", added.columns},
                       {"files", added.files},
                       {"unchanged", added.unchanged},
                       {"checks", std::move(checks)},
                       {"notes", added.notes}});
}

Exit run(const workflow::AddDataRequest& request, Session& session) {
  const auto context = context_of(session);
  workflow::Workspace workspace(context);
  for (const workflow::AddedData& added : workflow::add_data(workspace, request)) {
    if (session.json) {
      session.print(to_json(added));
      continue;
    }
    const std::string extent = added.table
                                   ? fmt::format("{} rows × {} columns", thousands(added.rows), added.columns)
                                   : fmt::format("{} files", thousands(added.files));
    session.out << fmt::format("{} {}   {}, {}{}\n", report::printable(added.name), added.dataset.brief(),
                               extent, report::bytes_text(added.bytes), added.unchanged ? ", unchanged" : "");
    session.err << report::first_checks_list(
        added.checks, report::Style(session.err_is_terminal && session.color), "`mlp data validate` has all");
    for (const std::string& note : added.notes) {
      session.err << "note: " << report::printable(note) << "\n";
    }
    if (!added.unchanged) {
      session.out << fmt::format("pointer   {}   (commit it)\n", report::printable(added.pointer));
    }
  }
  return Exit::ok;
}

} // namespace

Command data_add_command() {
  return {.name = "data add",
          .group = "Data",
          .summary = "Make files or folders dataset versions",
          .description =
              "Stores the bytes by content hash, profiles the table, records the version and writes "
              "PATH.mlp, the small pointer that git keeps; data that did not change cost a stat. How a "
              "file is written is detected, or said by data.format in mlp.yaml: {delimiter: \";\", "
              "header: true, missing: [NA], encoding: latin-1, decimal: \",\", thousands: \" \"} (beside "
              "a decimal comma, thousands may have points; numbers that hold the delimiter stand in "
              "quotes).",
          .example = "mlp data add data/adult.csv --source https://example.org/adult --licence CC-BY-4.0",
          .exits = {{0, "added, or unchanged"}, {3, "a file is missing or malformed"}},
          .declare = [](Options& options) {
            auto request = std::make_shared<workflow::AddDataRequest>();
            options.positional("PATH", &request->paths, "files or folders").required = true;
            options.option("--name", "N", &request->name,
                           "name of the dataset; the file's stem where left out");
            options.option("--source", "URL", &request->source, "where it came from");
            options.option("--licence", "SPDX", &request->licence,
                           "under which terms: an SPDX id, or LicenseRef-… of your own");
            options.option("-m,--message", "TEXT", &request->message, "what changed");
            options.option("--note", "TEXT", &request->message, "another word for --message");
            return [request](Session& session) { return run(*request, session); };
          }};
}

} // namespace mlp::cli
