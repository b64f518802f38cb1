#include "commands/commands.hpp"
#include "context.hpp"
#include "report/display.hpp"
#include "report/numbers.hpp"
#include "report/text_table.hpp"
#include "workflow/datasets.hpp"

#include <ostream>

namespace mlp::cli {
namespace {

Exit run(Session& session) {
  const auto context = context_of(session);
  workflow::Workspace workspace(context);
  const std::vector<workflow::DataLine> lines = workflow::list_data(workspace);
  using report::Align;
  report::TextTable table({Align::left, Align::left, Align::right, Align::right, Align::right, Align::right,
                           Align::left, Align::left});
  table.row({"name", "newest", "rows", "columns", "size", "versions", "added", "path"});
  for (const workflow::DataLine& line : lines) {
    if (session.json) {
      session.print(to_json(line));
    }
    table.row({report::printable(line.name), line.dataset.brief(), report::thousands(line.rows),
               report::thousands(line.columns), report::bytes_text(static_cast<std::uint64_t>(line.bytes)),
               report::thousands(line.versions), line.time.substr(0, 10), report::printable(line.path)});
  }
  if (!session.json) {
    session.page(lines.empty() ? std::string("no dataset yet: run `mlp data add PATH`\n") : table.text());
  }
  return Exit::ok;
}

} // namespace

Command data_list_command() {
  return {.name = "data list",
          .group = "Data",
          .summary = "List the datasets and their newest versions",
          .description = "One line a dataset that was added, with its newest version. Data that were only "
                         "read by `mlp train` stand "
                         "in its run (`mlp log --kind run`).",
          .example = "mlp data list",
          .exits = {{0, "listed"}, {3, "no project here"}},
          .declare = [](Options&) { return [](Session& session) { return run(session); }; }};
}

} // namespace mlp::cli
