#include "base/error.hpp"
#include "commands/commands.hpp"
#include "context.hpp"
#include "report/numbers.hpp"
#include "workflow/datasets.hpp"

#include <fmt/format.h>

#include <memory>
#include <ostream>

namespace mlp::cli {
namespace {

Exit run(const workflow::SplitDataRequest& request, Session& session) {
  if (session.json && request.output.empty()) {
    throw Error(ErrorCode::usage, "--json needs -o FILE: the rows would stand in its way")
        .hint("run `mlp data split --part test -o test.csv --json`");
  }
  const auto context = context_of(session);
  workflow::Workspace workspace(context);
  const workflow::SplitDataResult result =
      workflow::split_data(workspace, request, [&](std::string_view bytes) { session.out << bytes; });
  if (session.json) {
    session.print(Json::object({{"schema", "mlp.split/1"},
                                {"dataset", result.dataset.hex()},
                                {"name", result.dataset_name},
                                {"train", result.split.train},
                                {"valid", result.split.valid},
                                {"test", result.split.test},
                                {"dropped", result.split.dropped},
                                {"written", result.written}}));
    return Exit::ok;
  }
  std::ostream& out = request.output.empty() ? session.err : session.out;
  out << fmt::format("{} {}   train {} · valid {} · test {}   {} rows written\n", result.dataset_name,
                     result.dataset.brief(), report::thousands(result.split.train),
                     report::thousands(result.split.valid), report::thousands(result.split.test),
                     report::thousands(result.written));
  return Exit::ok;
}

} // namespace

Command data_split_command() {
  return {.name = "data split",
          .group = "Data",
          .summary = "Write the rows of a part as CSV",
          .description = "Splits the data that mlp.yaml names exactly as `mlp train` does. A first column "
                         "`row` gives each row's number "
                         "in the data (1 = the first data row); without --part a column `part` follows.",
          .example = "mlp data split --part test -o test.csv",
          .exits = {{0, "written"}, {3, "mlp.yaml or the data are wrong"}},
          .declare = [](Options& options) {
            auto request = std::make_shared<workflow::SplitDataRequest>();
            options.option("--part", "PART", &request->part, "all where left out").choices = {
                "train", "valid", "test"};
            options.option("-o,--output", "FILE", &request->output,
                           "file to write; standard output where left out");
            return [request](Session& session) { return run(*request, session); };
          }};
}

} // namespace mlp::cli
