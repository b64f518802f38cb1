#include "commands/commands.hpp"
#include "context.hpp"
#include "workflow/deciding.hpp"

#include <fmt/format.h>

#include <memory>
#include <ostream>

namespace mlp::cli {
namespace {

Exit run(const workflow::RollbackRequest& request, Session& session) {
  const auto context = context_of(session);
  workflow::Workspace workspace(context);
  const workflow::RollbackResult result = workflow::rollback(workspace, request);
  if (session.json) {
    session.print(Json::object({{"schema", "mlp.decision/1"},
                                {"decision", result.record.id.hex()},
                                {"kind", "rollback"},
                                {"stage", result.stage},
                                {"model", result.to.model},
                                {"name", result.to.name},
                                {"from", result.from.model}}));
    return Exit::ok;
  }
  session.out << fmt::format("{:<9} {} {}   was {} {}   recorded decision {}\n", result.stage, result.to.name,
                             result.to.model.substr(0, 7), result.from.name, result.from.model.substr(0, 7),
                             result.record.id.brief());
  return Exit::ok;
}

} // namespace

Command rollback_command() {
  return {
      .name = "rollback",
      .group = "Decide",
      .summary = "Put the model before the present one back on a stage",
      .description = "Takes the newest earlier holder that is not retired; gates are not asked, because "
                     "leaving a bad model "
                     "up is worse. Records the decision with its reason.",
      .example = "mlp rollback production --reason \"recall fell after the price change\"",
      .exits = {{0, "rolled back"}, {1, "the stage moved meanwhile"}, {3, "nobody held the stage before"}},
      .declare = [](Options& options) {
        auto request = std::make_shared<workflow::RollbackRequest>();
        options.positional("STAGE", &request->stage, "stage to roll back").required = true;
        options.option("--reason", "TEXT", &request->reason, "why; kept in the record").required = true;
        return [request](Session& session) { return run(*request, session); };
      }};
}

} // namespace mlp::cli
