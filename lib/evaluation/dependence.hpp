#pragma once

#include "dataset/table.hpp"
#include "evaluation/scored.hpp"

#include <cstdint>
#include <vector>

namespace mlp::evaluation {

/// Says which rows belong together, as mlp.yaml declares it: the rows of one value of the column of role
/// `group` (a missing value is a group of its own), else rows that follow each other by the column of role
/// `time` (not where a row has no time). `rows` of `table` are the scored ones.
void set_dependence(Scored& scored, const dataset::Table& table, const std::vector<std::uint32_t>& rows,
                    const config::Project& project);

} // namespace mlp::evaluation
