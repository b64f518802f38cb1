#include "commands/commands.hpp"
#include "context.hpp"
#include "report/display.hpp"
#include "report/numbers.hpp"
#include "report/validation_text.hpp"
#include "workflow/validating.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

namespace mlp::cli {
namespace {

std::string closing_line(const workflow::ValidatedData& validated) {
  const auto count = [&](CheckStatus status) {
    return std::count_if(validated.checks.begin(), validated.checks.end(),
                         [status](const Check& check) { return check.status == status; });
  };
  return fmt::format("{}   {} failed, {} warned, {} passed   (`mlp help checks` explains them)\n",
                     validated.ok() ? "valid" : "not valid", count(CheckStatus::fail),
                     count(CheckStatus::warn), count(CheckStatus::pass));
}

Exit run(const workflow::ValidateDataRequest& request, Session& session) {
  const auto context = context_of(session);
  workflow::Workspace workspace(context);
  const workflow::ValidatedData validated = workflow::validate_data(workspace, request);
  const Exit exit = validated.ok() ? Exit::ok : Exit::no;
  if (session.json) {
    session.print(to_json(validated));
    return exit;
  }
  const report::Style style(session.color);
  std::string text =
      fmt::format("{} {}   {} rows × {} columns\n", style.bold(report::printable(validated.name)),
                  validated.dataset.brief(), report::thousands(validated.rows), validated.columns);
  text += report::validation_text(validated.checks, validated.skipped, style);
  for (const std::string& note : validated.notes) {
    text += "note: " + note + "\n";
  }
  session.page(text + closing_line(validated));
  return exit;
}

} // namespace

Command data_validate_command() {
  return {
      .name = "data validate",
      .group = "Data",
      .summary = "Check data for leaks, errors and broken promises",
      .description =
          "Runs every check of `mlp help checks` that the data allow, with the target, roles and split "
          "of mlp.yaml where it is about these columns. Nothing is recorded; rows are named by number, "
          "values of personal columns never shown.",
      .example = "mlp data validate\nmlp data validate data/new.csv --schema "
                 "strict.yaml",
      .exits = {{0, "no check failed"}, {1, "a check failed"}, {3, "the data or the schema cannot be read"}},
      .declare = [](Options& options) {
        auto request = std::make_shared<workflow::ValidateDataRequest>();
        options.positional("DATA", &request->data,
                           "path, name or id of the data; those of mlp.yaml where left out");
        options.option("--schema", "FILE", &request->schema,
                       "judge by the promises of this file, whatever the data; schema.yaml where left "
                       "out, for the data of mlp.yaml");
        return [request](Session& session) { return run(*request, session); };
      }};
}

} // namespace mlp::cli
