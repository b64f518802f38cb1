#include "commands/commands.hpp"
#include "context.hpp"
#include "workflow/listing.hpp"

#include <memory>
#include <ostream>

namespace mlp::cli {
namespace {

Exit run(const std::string& reference, Session& session) {
  const auto context = context_of(session);
  workflow::Workspace workspace = workflow::Workspace::anywhere(context);
  const std::string bytes = workflow::raw_bytes(workspace, reference);
  if (session.json) {
    session.print(Json::object({{"schema", "mlp.cat/1"}, {"bytes", bytes.size()}, {"text", bytes}}));
  } else {
    session.out << bytes;
  }
  return Exit::ok;
}

} // namespace

Command cat_command() {
  return {.name = "cat",
          .group = "Experiment",
          .summary = "Print the raw bytes that a REF or an object's id names",
          .description = "A record's JSON, a dataset's file, a folder's listing, a stored prediction: "
                         "verified against its hash "
                         "before it is printed. Piped to `sha256sum` it gives the id.",
          .example = "mlp cat 91ab3f2 | sha256sum",
          .exits = {{0, "printed"},
                    {3, "it names nothing, or more than one thing"},
                    {4, "its bytes do not match its hash"}},
          .declare = [](Options& options) {
            auto reference = std::make_shared<std::string>();
            options.positional("REF", reference.get(), "name, id prefix, name@stage or object id").required =
                true;
            return [reference](Session& session) { return run(*reference, session); };
          }};
}

} // namespace mlp::cli
