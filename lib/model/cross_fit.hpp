#pragma once

#include "base/progress.hpp"
#include "config/project.hpp"
#include "dataset/roles.hpp"
#include "dataset/table.hpp"
#include "xgb/booster.hpp"

#include <cstdint>
#include <vector>

namespace mlp::model {

/// How well features tell classes apart on rows that were not learnt from: out-of-fold probabilities of a
/// small boosted model (five folds by a hash of the row, 40 rounds of depth 3 over 32 bins, each tree of at
/// most 2,000 features drawn anew). The same on any number of threads.
///
/// rows     [n] of `table`, at least one of each class in every fold's complement
/// classes  [n] index below `count`, count ≥ 2: what is predicted
/// roles    whose `features` are used
/// returns  [n·count], row-major, rows adding up to 1
/// throws   Error{input} where there are no features, Error{interrupted}
[[nodiscard]] std::vector<double> out_of_fold_probabilities(const dataset::Table& table,
                                                            const std::vector<std::uint32_t>& rows,
                                                            const std::vector<std::size_t>& classes,
                                                            std::size_t count, const dataset::Roles& roles,
                                                            const config::Project& project,
                                                            const xgb::Library& library, unsigned threads,
                                                            Progress* progress, const Interrupt* interrupt);

} // namespace mlp::model
