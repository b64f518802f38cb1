#include "commands/commands.hpp"
#include "context.hpp"
#include "workflow/deciding.hpp"

#include <fmt/format.h>

#include <memory>
#include <ostream>

namespace mlp::cli {
namespace {

void print(Session& session, const workflow::RetireResult& result) {
  session.out << fmt::format("retired   {} {}   recorded decision {}\n", result.name, result.model.brief(),
                             result.record.id.brief());
  for (const std::string& stage : result.stages) {
    session.out << fmt::format("{:<9} nobody holds it now\n", stage);
    if (result.replaced_by) {
      session.out << fmt::format("next      mlp promote {} --to {}\n", result.replaced_by->id.brief(), stage);
    }
  }
}

Exit run(const workflow::RetireRequest& request, Session& session) {
  const auto context = context_of(session);
  workflow::Workspace workspace(context);
  const workflow::RetireResult result = workflow::retire(workspace, request);
  if (session.json) {
    session.print(
        Json::object({{"schema", "mlp.decision/1"},
                      {"decision", result.record.id.hex()},
                      {"kind", "retirement"},
                      {"model", result.model.hex()},
                      {"name", result.name},
                      {"stages", result.stages},
                      {"replaced_by", result.replaced_by ? Json(result.replaced_by->id.hex()) : Json()}}));
  } else {
    print(session, result);
  }
  return Exit::ok;
}

} // namespace

Command retire_command() {
  return {.name = "retire",
          .group = "Decide",
          .summary = "Take a model out of use for good",
          .description =
              "A retired model leaves its stages, cannot be promoted again and is no longer a default for "
              "prediction; "
              "its records and bytes stay. A stage that it held is empty until another model is promoted.",
          .example = "mlp retire 7c1e04b --reason \"replaced by the 2026 model\" --replaced-by income",
          .exits = {{0, "retired"},
                    {1, "it holds a stage and nothing replaces it, or it is retired already"},
                    {3, "no such model"}},
          .declare = [](Options& options) {
            auto request = std::make_shared<workflow::RetireRequest>();
            options.positional("MODEL", &request->model, "model to retire").required = true;
            options.option("--reason", "TEXT", &request->reason, "why; kept in the record").required = true;
            options.option("--replaced-by", "MODEL", &request->replaced_by,
                           "its successor; kept in the record");
            options.flag("--force", request->force, "retire a stage's holder although nothing replaces it");
            return [request](Session& session) { return run(*request, session); };
          }};
}

} // namespace mlp::cli
