#pragma once

#include "ledger/record.hpp"

#include <span>
#include <vector>

namespace mlp::ledger {

/// Two published decisions that disagree: both moved the same stage, judged against the same holder, without
/// knowing of each other. In the ledger's order the second one holds, until a new decision settles it.
struct Conflict {
  ContentId first;
  ContentId second;
  std::string stage;
  std::string name; ///< of the models
  std::string project;
  bool settled = false; ///< a later decision about the stage knew of both
};

/// Pure: `entries` in the ledger's order, as Ledger::entries gives them. O(n log n)
[[nodiscard]] std::vector<Conflict> conflicting_decisions(std::span<const Entry> entries);

} // namespace mlp::ledger
