#include "base/error.hpp"
#include "commands/commands.hpp"
#include "context.hpp"
#include "report/data_html.hpp"
#include "report/datasheet_text.hpp"
#include "report/display.hpp"
#include "report/findings.hpp"
#include "report/numbers.hpp"
#include "report/profile_text.hpp"
#include "version.hpp"
#include "workflow/data_choice.hpp"
#include "workflow/datasheet.hpp"
#include "workflow/reporting.hpp"

#include <fmt/format.h>

#include <memory>
#include <ostream>

namespace mlp::cli {
namespace {

struct ShowDataOptions {
  std::string reference;
  workflow::ColumnChoice choice;
  std::string html;
  bool datasheet = false;
  std::string output;
};

std::string text_of(const workflow::ShownData& shown, const std::vector<std::size_t>& columns,
                    const workflow::ColumnChoice& choice, const Session& session) {
  const report::Style style(session.color);
  std::string text = fmt::format("{} {}   {} rows × {} columns\n", style.bold(report::printable(shown.name)),
                                 shown.dataset.brief(), report::thousands(shown.profile.rows),
                                 report::thousands(static_cast<std::int64_t>(shown.profile.columns.size())));
  text += shown.format.is_null() ? "" : fmt::format("read as   {}\n", report::format_text(shown.format));
  for (const auto& [name, value] : workflow::provenance_of(shown)) {
    text += value.empty() ? "" : fmt::format("{:<10}{}\n", name, report::printable(value));
  }
  text += "\n" + report::profile_table(shown.profile, columns, session.width);
  if (choice.names.empty() && columns.size() < shown.profile.columns.size()) {
    text += fmt::format(
        "  … {} more columns: --limit 0 shows all, --columns a,b some\n",
        report::thousands(static_cast<std::int64_t>(shown.profile.columns.size() - columns.size())));
  }
  if (!shown.checks.empty()) {
    text += "\n" + report::first_checks_list(shown.checks, style, "--json has all");
  }
  for (const std::string& note : shown.notes) {
    text += "note: " + report::printable(note) + "\n";
  }
  return text;
}

Exit write_datasheet(workflow::Workspace& workspace, const ShowDataOptions& options, Session& session) {
  workflow::require_page_place(workspace, options.output);
  const Json sheet = workflow::datasheet(workspace, options.reference);
  workflow::write_page(workspace, options.output, [&] { return report::datasheet_markdown(sheet); });
  if (session.json) {
    session.print(sheet);
  } else if (options.output.empty()) {
    session.page(report::datasheet_markdown(sheet));
  } else {
    session.out << "wrote     " << options.output << "\n";
  }
  return Exit::ok;
}

Exit run(const ShowDataOptions& options, Session& session) {
  if (!options.output.empty() && !options.datasheet) {
    throw Error(ErrorCode::usage, "-o needs --datasheet").hint("run `mlp data show REF --datasheet -o FILE`");
  }
  const auto context = context_of(session);
  if (options.datasheet) {
    workflow::Workspace project(context);
    return write_datasheet(project, options, session);
  }
  workflow::Workspace workspace = workflow::Workspace::wherever(context);
  workflow::require_page_place(workspace, options.html);
  const workflow::ShownData shown = workflow::show_data(workspace, options.reference);
  const std::vector<std::size_t> columns = workflow::chosen_columns(shown, options.choice);
  workflow::write_page(workspace, options.html, [&] {
    return report::data_html(shown.profile, columns, shown.checks,
                             workflow::data_page(shown, fmt::format("mlp {}", k_version)));
  });
  if (session.json) {
    session.print(to_json(shown));
  } else {
    session.page(session.plain(text_of(shown, columns, options.choice, session)));
  }
  return Exit::ok;
}

} // namespace

Command data_show_command() {
  return {.name = "data show",
          .group = "Data",
          .summary = "Show a dataset's schema, profile and warnings, or its datasheet",
          .description =
              "One line a column: type, missing and distinct values, its shape and range, then what is "
              "odd; a path that was never added is read, in a project or anywhere else. A datasheet holds "
              "what is known with the hash of "
              "its evidence, what datasheets/NAME.md says at HEAD, and NOT PROVIDED for the rest.",
          .example = "mlp data show adult\nmlp data show new.csv --html new.html\n"
                     "mlp data show adult --datasheet -o adult.md",
          .exits = {{0, "shown"}, {3, "REF names no dataset"}, {4, "stored bytes are damaged"}},
          .declare = [](Options& options) {
            auto given = std::make_shared<ShowDataOptions>();
            options.positional("REF", &given->reference, "name, id prefix, or path of data").required = true;
            options.option("--columns", "COL,…", &given->choice.names, "only these columns");
            options.option("--limit", "N", &given->choice.limit,
                           "columns to show at most, 200 unless given; 0 = all");
            options.option("--html", "FILE", &given->html, "write a page with a picture of each column");
            options.flag("--datasheet", given->datasheet, "write a datasheet (Markdown) instead");
            options.option("-o,--output", "FILE", &given->output, "where the datasheet goes");
            return [given](Session& session) { return run(*given, session); };
          }};
}

} // namespace mlp::cli
