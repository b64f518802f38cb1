#include "commands/commands.hpp"
#include "context.hpp"
#include "report/display.hpp"
#include "report/numbers.hpp"
#include "workflow/restoring.hpp"

#include <fmt/format.h>

#include <memory>
#include <ostream>

namespace mlp::cli {
namespace {

using report::thousands;

Exit run(const workflow::CheckoutRequest& request, Session& session) {
  const auto context = context_of(session);
  workflow::Workspace workspace(context);
  const workflow::CheckoutResult result = workflow::checkout_data(workspace, request);
  if (session.json) {
    session.print(Json::object({{"schema", "mlp.checkout/1"},
                                {"name", result.name},
                                {"dataset", result.dataset.hex()},
                                {"path", result.path},
                                {"files", result.files},
                                {"written", result.written},
                                {"already_there", result.written == 0}}));
  } else {
    const std::string extent = result.written == 0 ? "   (was there already)"
                               : result.files == 1 ? ""
                               : result.written == result.files
                                   ? fmt::format("   {} files", thousands(result.files))
                                   : fmt::format("   {} of {} files, the others were there",
                                                 thousands(result.written), thousands(result.files));
    session.out << fmt::format("{} {}   {}{}\n", report::printable(result.name), result.dataset.brief(),
                               report::printable(result.path), extent);
  }
  return Exit::ok;
}

} // namespace

Command data_checkout_command() {
  return {.name = "data checkout",
          .group = "Data",
          .summary = "Bring a stored dataset version back to the working tree",
          .description =
              "Writes the version's bytes, verified against their hash, to where it was added from or "
              "to --to, as copies or as git config mlp.checkout says (copy, reflink, hardlink); what is "
              "there already is not written again. Bytes that no stored version keeps are never "
              "overwritten without --force.",
          .example = "mlp data checkout adult\nmlp data checkout 3f2a9c1 --to old/adult.csv\n"
                     "mlp data checkout images --only train/cats",
          .exits = {{0, "it is there"},
                    {3, "no such version, or other bytes stand in the way"},
                    {4, "stored bytes are damaged"}},
          .declare = [](Options& options) {
            auto request = std::make_shared<workflow::CheckoutRequest>();
            options.positional("REF", &request->dataset, "name, id prefix, or a data path with a pointer")
                .required = true;
            options.option("--to", "PATH", &request->to, "where to write it");
            options.option("--only", "PATH", &request->only,
                           "of a folder: this file or folder in it (repeatable)");
            options.flag("--force", request->force, "overwrite bytes that no version keeps");
            return [request](Session& session) { return run(*request, session); };
          }};
}

} // namespace mlp::cli
