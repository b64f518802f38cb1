#include "commands/commands.hpp"
#include "context.hpp"
#include "workflow/listing.hpp"

#include <fmt/format.h>

#include <memory>
#include <ostream>

namespace mlp::cli {
namespace {

struct NoteOptions {
  std::string reference;
  std::string text;
};

Exit run(const NoteOptions& options, Session& session) {
  const auto context = context_of(session);
  workflow::Workspace workspace(context);
  const ledger::Record record = workflow::add_note(workspace, options.reference, options.text);
  if (session.json) {
    session.print(Json::object({{"schema", "mlp.note/1"},
                                {"note", record.id.hex()},
                                {"about", record.body["about"]},
                                {"text", options.text}}));
  } else {
    session.out << fmt::format("recorded  note {}\n", record.id.brief());
  }
  return Exit::ok;
}

} // namespace

Command note_command() {
  return {.name = "note",
          .group = "Experiment",
          .summary = "Record a note about a model, dataset or record",
          .description = "Notes are records like any other: they are never changed and `mlp show` lists "
                         "them. Write no secrets and "
                         "no personal data.",
          .example = "mlp note income \"labels of May arrived late\"",
          .exits = {{0, "recorded"}, {3, "REF names nothing, or more than one thing"}},
          .declare = [](Options& options) {
            auto given = std::make_shared<NoteOptions>();
            options.positional("REF", &given->reference, "what it is about").required = true;
            options.positional("TEXT", &given->text, "what there is to say").required = true;
            return [given](Session& session) { return run(*given, session); };
          }};
}

} // namespace mlp::cli
