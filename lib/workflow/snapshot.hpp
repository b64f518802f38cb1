#pragma once

#include "workflow/workspace.hpp"

#include <string>
#include <vector>

namespace mlp::workflow {

/// The code of a run: git's view of it, and the tracked files as they stood, kept in the store.
struct CodeSnapshot {
  git::CodeState state;
  ContentId tree;                   ///< folder object of the tracked files
  std::vector<std::string> omitted; ///< tracked files larger than the limit, or unreadable
};

/// Tracked files above this size are named but not kept; git config `mlp.snapshotMaxBytes` overrides it.
inline constexpr std::uint64_t k_snapshot_max_bytes = 10ULL << 20U;

/// Reads only: index, HEAD, stash and work tree stay as they are. Files unchanged since they were last hashed
/// are not read again.
[[nodiscard]] CodeSnapshot snapshot_code(Workspace& workspace);

/// As a run record holds it (lib/README.md); long lists are cut at 100 names, with their full length beside.
[[nodiscard]] Json to_json(const CodeSnapshot& snapshot);

} // namespace mlp::workflow
