#include "commands/commands.hpp"
#include "context.hpp"
#include "workflow/using.hpp"

#include <fmt/ranges.h>

#include <memory>
#include <ostream>

namespace mlp::cli {
namespace {

Exit run(const workflow::ExportRequest& request, Session& session) {
  const auto context = context_of(session);
  workflow::Workspace workspace(context);
  const workflow::ExportResult result = workflow::export_model(workspace, request);
  if (!result.note.empty()) {
    session.err << "note: " << result.note << "\n";
  }
  if (session.json) {
    session.print(Json::object({{"schema", "mlp.export/1"},
                                {"model", result.model.hex()},
                                {"name", result.name},
                                {"folder", result.folder},
                                {"files", result.files}}));
  } else {
    session.out << fmt::format("{}   {} {}: {}\n", result.folder, result.name, result.model.brief(),
                               fmt::join(result.files, ", "));
  }
  return Exit::ok;
}

} // namespace

Command export_command() {
  return {.name = "export",
          .group = "Operate",
          .summary = "Write a model as a plain folder",
          .description = "The folder holds model.ubj, which loads in any XGBoost binding, features.json, a "
                         "README and SHA256SUMS. "
                         "The SHA-256 of SHA256SUMS is the model's id.",
          .example = "mlp export income@production --to served/",
          .exits = {{0, "written"}, {3, "no such model, or the folder is not empty"}},
          .declare = [](Options& options) {
            auto request = std::make_shared<workflow::ExportRequest>();
            options.positional("MODEL", &request->model, "the last stage's holder where left out");
            options.option("--to", "DIR", &request->to, "folder to make").required = true;
            return [request](Session& session) { return run(*request, session); };
          }};
}

} // namespace mlp::cli
