#include "commands/commands.hpp"
#include "context.hpp"
#include "report/numbers.hpp"
#include "workflow/collecting.hpp"

#include <fmt/format.h>

#include <memory>
#include <ostream>

namespace mlp::cli {
namespace {

using report::bytes_text;
using report::thousands;

Exit run(bool remove, Session& session) {
  const auto context = context_of(session);
  workflow::Workspace workspace = workflow::Workspace::anywhere(context);
  const store::Collected found = workflow::collect_garbage(workspace, remove);
  if (session.json) {
    session.print(Json::object({{"schema", "mlp.gc/1"},
                                {"removed", remove},
                                {"objects", found.objects},
                                {"bytes", found.bytes},
                                {"trash_bytes", found.trash_bytes}}));
    return Exit::ok;
  }
  if (found.objects == 0 && found.trash_bytes == 0) {
    session.out << "nothing to collect\n";
    return Exit::ok;
  }
  session.out << fmt::format("{}   {} objects that nothing needs, {}\n", remove ? "trashed" : "unused ",
                             thousands(static_cast<std::int64_t>(found.objects)), bytes_text(found.bytes));
  if (found.trash_bytes > 0) {
    session.out << fmt::format("{}   {} that went to the trash more than 14 days ago\n",
                               remove ? "removed" : "trash  ", bytes_text(found.trash_bytes));
  }
  if (!remove) {
    session.out << "next      mlp gc --yes\n";
  }
  return Exit::ok;
}

} // namespace

Command gc_command() {
  return {.name = "gc",
          .group = "Share and keep",
          .summary = "Collect what nothing needs from the object store",
          .description =
              "Finds objects that no record of the ledger, dataset pointer, commit, index or worktree leads "
              "to, such as interrupted commands leave behind, and only says how much that is. With --yes "
              "they move to trash/ in the store, which is emptied after 14 days.",
          .example = "mlp gc\nmlp gc --yes",
          .exits = {{0, "done, or nothing to do"},
                    {4, "something needed is damaged, so nothing was taken"},
                    {5, "another command is at work, or the store is shared"}},
          .declare = [](Options& options) {
            auto remove = std::make_shared<bool>(false);
            options.flag("--yes", *remove, "move it to the trash");
            return [remove](Session& session) { return run(*remove, session); };
          }};
}

} // namespace mlp::cli
