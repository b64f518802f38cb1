#pragma once

#include "base/task.hpp"
#include "dataset/table.hpp"

#include <optional>
#include <string>

namespace mlp::workflow {

/// How `mlp init` divides rows that follow each other in time: the last fifth tests, the fifth before that of
/// what is left validates. Whole days where the parts allow it.
struct TimeSplit {
  std::string valid_from; ///< as mlp.yaml writes it
  std::string test_from;
  double test_share = 0.0; ///< of the rows that have a time and a target
};

/// Nothing where the times do not bear it: a part would be empty or hold more than a third of the rows (few
/// different times), or more than 5% of the rows have no time (a split by time would lose them).
/// time, target  of one table; rows without a target do not count
[[nodiscard]] std::optional<TimeSplit> time_split_of(const dataset::Column& time,
                                                     const dataset::Column& target);

/// `data.split` of mlp.yaml with its comment: by time where there are dates for it, else by the group where
/// `grouped`, else by hash. A ranking is always split by whole queries.
[[nodiscard]] std::string split_line(Task task, const std::optional<TimeSplit>& by_time, bool grouped);

} // namespace mlp::workflow
