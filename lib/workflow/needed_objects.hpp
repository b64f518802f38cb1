#pragma once

#include "workflow/workspace.hpp"

#include <set>
#include <string_view>
#include <vector>

namespace mlp::workflow {

/// Every 64 hexadecimal digits in a text that stand alone: what may be the id of an object.
[[nodiscard]] std::vector<ContentId> ids_in(std::string_view text);

/// What a stored object leads to: the files of a folder, the ids that a JSON document names. Only what is
/// stored.
[[nodiscard]] std::vector<ContentId> leads_to(const store::ObjectStore& store, const ContentId& id);

/// Everything that this repository may need of the store: what a record of the ledger names, in this project
/// or another, what a dataset pointer names, in any commit, index or worktree, and what these lead to. Rather
/// too much than too little.
[[nodiscard]] std::set<ContentId> needed_objects(Workspace& workspace);

} // namespace mlp::workflow
