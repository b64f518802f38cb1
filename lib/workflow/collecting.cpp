#include "workflow/collecting.hpp"

#include "base/error.hpp"
#include "workflow/needed_objects.hpp"

namespace mlp::workflow {

store::Collected collect_garbage(Workspace& workspace, bool remove) {
  const Context& context = workspace.context();
  if (context.store) {
    throw Error(ErrorCode::environment,
                "cannot collect in '{}': other repositories may need what this one does not",
                context.store->string())
        .hint("unset MLP_STORE to collect in this repository's own store");
  }
  if (!workspace.ledger().quarantined().empty()) {
    throw Error(ErrorCode::corrupt,
                "cannot collect: {} records of the ledger cannot be read, and may need anything",
                workspace.ledger().quarantined().size())
        .hint("run `mlp fsck`");
  }
  return workspace.store().collect(
      {.remove = remove, .now = context.now()}, [&] { return needed_objects(workspace); }, &context.progress,
      &context.interrupt);
}

} // namespace mlp::workflow
