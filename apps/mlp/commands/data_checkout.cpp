#include "commands/commands.hpp"
#include "context.hpp"
#include "workflow/datasets.hpp"

#include <fmt/format.h>

#include <memory>
#include <ostream>

namespace mlp::cli {
namespace {

Exit run(const workflow::CheckoutRequest& request, Session& session) {
  const auto context = context_of(session);
  workflow::Workspace workspace(context);
  const workflow::CheckoutResult result = workflow::checkout_data(workspace, request);
  if (session.json) {
    session.print(Json::object({{"schema", "mlp.checkout/1"},
                                {"name", result.name},
                                {"dataset", result.dataset.hex()},
                                {"path", result.path},
                                {"already_there", result.already_there}}));
  } else {
    session.out << fmt::format("{} {}   {}{}\n", result.name, result.dataset.brief(), result.path,
                               result.already_there ? "   (was there already)" : "");
  }
  return Exit::ok;
}

} // namespace

Command data_checkout_command() {
  return {.name = "data checkout",
          .group = "Data",
          .summary = "Bring a stored dataset version back to the working tree",
          .description = "Writes the version's bytes, verified against their hash, to where it was added "
                         "from or to --to. Bytes that no "
                         "stored version keeps are never overwritten without --force.",
          .example = "mlp data checkout adult\nmlp data checkout 3f2a9c1 --to old/adult.csv",
          .exits = {{0, "it is there"},
                    {3, "no such version, or other bytes stand in the way"},
                    {4, "stored bytes are damaged"}},
          .declare = [](Options& options) {
            auto request = std::make_shared<workflow::CheckoutRequest>();
            options.positional("REF", &request->dataset, "name, id prefix, or a data path with a pointer")
                .required = true;
            options.option("--to", "PATH", &request->to, "where to write it");
            options.flag("--force", request->force, "overwrite bytes that no version keeps");
            return [request](Session& session) { return run(*request, session); };
          }};
}

} // namespace mlp::cli
