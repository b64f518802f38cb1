#include "workflow/data_schema.hpp"

#include "base/error.hpp"
#include "commands/commands.hpp"
#include "context.hpp"

#include <fmt/format.h>

#include <memory>
#include <ostream>

namespace mlp::cli {
namespace {

Exit run(const workflow::DataSchemaRequest& request, Session& session) {
  if (!request.write && (!request.output.empty() || request.force)) {
    throw Error(ErrorCode::usage, "-o and --force need --write")
        .hint("run `mlp data schema --write -o new.yaml`");
  }
  const auto context = context_of(session);
  workflow::Workspace workspace(context);
  const workflow::WrittenSchema written = workflow::data_schema(workspace, request);
  if (session.json) {
    session.print(to_json(written));
  } else if (written.path.empty()) {
    session.page(written.text);
  } else {
    session.out << fmt::format("schema    {}   {} columns{}   (edit and commit it)\n", written.path,
                               written.columns.as_object().size(), written.unchanged ? ", unchanged" : "");
  }
  return Exit::ok;
}

} // namespace

Command data_schema_command() {
  return {
      .name = "data schema",
      .group = "Data",
      .summary = "Show or write what the data keep, as a schema to edit",
      .description =
          "Types, missing values, lists of values, ranges, patterns and roles as these data have them, in "
          "YAML. With --write it becomes schema.yaml beside mlp.yaml, against which `mlp data validate` and "
          "`mlp train` check the data from then on.",
      .example = "mlp data schema\nmlp data schema --write\nmlp data schema data/new.csv --write -o new.yaml",
      .exits = {{0, "done"}, {3, "the data cannot be read, or the file was edited (--force replaces it)"}},
      .declare = [](Options& options) {
        auto request = std::make_shared<workflow::DataSchemaRequest>();
        options.positional("DATA", &request->data,
                           "path, name or id of the data; those of mlp.yaml where left out");
        options.flag("--write", request->write, "write the file instead of showing it");
        options.option("-o,--output", "FILE", &request->output, "file to write instead of schema.yaml");
        options.flag("--force", request->force, "replace a file that says something else");
        return [request](Session& session) { return run(*request, session); };
      }};
}

} // namespace mlp::cli
