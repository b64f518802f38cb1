#include "commands/commands.hpp"
#include "context.hpp"
#include "report/display.hpp"
#include "workflow/listing.hpp"

#include <fmt/format.h>

#include <memory>
#include <ostream>

namespace mlp::cli {
namespace {

Json to_json(const workflow::ShowResult& result) {
  Json related = Json::array();
  for (const ledger::Record& record : result.related) {
    related.push_back(Json::object({{"id", record.id.hex()},
                                    {"kind", record.kind},
                                    {"time", record.time},
                                    {"summary", workflow::summary_of(record.body)}}));
  }
  return Json::object({{"schema", "mlp.show/1"},
                       {"id", result.reference.id.hex()},
                       {"name", result.reference.name},
                       {"record", result.body},
                       {"related", std::move(related)}});
}

std::string text_of(const workflow::ShowResult& result, const report::Style& style) {
  const char* kind = result.reference.kind == workflow::Reference::Kind::model     ? "model"
                     : result.reference.kind == workflow::Reference::Kind::dataset ? "dataset"
                                                                                   : "";
  std::string text =
      fmt::format("{}\n", style.bold(fmt::format("{}{}{}", kind,
                                                 *kind != '\0' ? " " : result.body["kind"].string_or() + " ",
                                                 result.reference.id.hex())));
  text += fmt::format(
      "{}\nby {} <{}> at {} (claimed)\n\n", report::printable(workflow::summary_of(result.body)),
      report::printable(result.body["actor"]["name"].string_or()),
      report::printable(result.body["actor"]["email"].string_or()), result.body["time"].string_or());
  text += result.body.pretty() + "\n";
  if (!result.related.empty()) {
    text += "\nabout it\n";
  }
  for (const ledger::Record& record : result.related) {
    text += fmt::format("  {}  {}  {:<10}  {}\n", style.yellow(record.id.brief()), record.time.substr(0, 16),
                        record.kind, report::printable(workflow::summary_of(record.body)));
  }
  return text;
}

Exit run(const std::string& reference, Session& session) {
  const auto context = context_of(session);
  workflow::Workspace workspace = workflow::Workspace::anywhere(context);
  const workflow::ShowResult result = workflow::show(workspace, reference);
  if (session.json) {
    session.print(to_json(result));
  } else {
    session.page(text_of(result, report::Style(session.color)));
  }
  return Exit::ok;
}

} // namespace

Command show_command() {
  return {.name = "show",
          .group = "Experiment",
          .summary = "Show a record, model or dataset with all that is known of it",
          .description = "Prints the whole record (for a model, its newest run) and what was recorded about "
                         "it since. The bytes "
                         "themselves come from `mlp cat`.",
          .example = "mlp show income@staging",
          .exits = {{0, "shown"}, {3, "REF names nothing, or more than one thing"}},
          .declare = [](Options& options) {
            auto reference = std::make_shared<std::string>();
            options.positional("REF", reference.get(), "name, id prefix, name@stage or data path").required =
                true;
            return [reference](Session& session) { return run(*reference, session); };
          }};
}

} // namespace mlp::cli
