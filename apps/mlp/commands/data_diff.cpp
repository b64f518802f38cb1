#include "commands/commands.hpp"
#include "context.hpp"
#include "report/data_diff_html.hpp"
#include "report/data_diff_text.hpp"
#include "report/display.hpp"
#include "version.hpp"
#include "workflow/data_diffing.hpp"
#include "workflow/reporting.hpp"

#include <fmt/format.h>

#include <memory>
#include <ostream>

namespace mlp::cli {
namespace {

struct DiffDataOptions {
  workflow::DiffDataRequest request;
  std::string html;
};

Exit run(const DiffDataOptions& options, Session& session) {
  const auto context = context_of(session);
  workflow::Workspace workspace = workflow::Workspace::wherever(context);
  workflow::require_page_place(workspace, options.html);
  const Json document = workflow::diff_data(workspace, options.request);
  workflow::write_page(workspace, options.html,
                       [&] { return report::data_diff_html(document, fmt::format("mlp {}", k_version)); });
  if (session.json) {
    session.print(document);
  } else {
    for (const Json& note : document["notes"].as_array()) {
      session.err << "note: " << report::printable(note.as_string()) << "\n";
    }
    session.page(session.plain(report::data_diff_text(document, report::Style(session.color))));
  }
  return document["equal"].as_bool() ? Exit::ok : Exit::no;
}

} // namespace

Command data_diff_command() {
  return {.name = "data diff",
          .group = "Data",
          .summary = "Show what changed between two versions of data",
          .description =
              "Compares the files of folders, the columns, the rows (by id, else by content) and how each "
              "column's distribution moved; of files in a project or anywhere else. Cells of protected and "
              "id columns, of free text and of words that name rows are named by row and column, never by "
              "value.",
          .example = "mlp data diff 3f2a9c1 adult\nmlp data diff adult data/adult.csv --html changes.html",
          .exits = {{0, "the same table"}, {1, "they differ"}, {3, "A or B names no data, or is no table"}},
          .declare = [](Options& options) {
            auto given = std::make_shared<DiffDataOptions>();
            options.positional("A", &given->request.left, "name, id prefix, or path of data; ./x is a path")
                .required = true;
            options.positional("B", &given->request.right, "name, id prefix, or path of data; ./x is a path")
                .required = true;
            options.option("--id", "COL,…", &given->request.ids,
                           "columns that name a row; the id column of mlp.yaml where left out");
            options.option("--html", "FILE", &given->html, "write the difference as a page of its own");
            return [given](Session& session) { return run(*given, session); };
          }};
}

} // namespace mlp::cli
