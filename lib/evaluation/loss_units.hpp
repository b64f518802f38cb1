#pragma once

#include "config/project.hpp"
#include "dataset/table.hpp"
#include "evaluation/scored.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace mlp::evaluation {

/// What has a loss of its own: a row; of a ranking a query with a relevant row.
struct LossUnit {
  std::uint32_t row = 0; ///< of the table; of a query its first
  double loss = 0.0;     ///< -ln p, squared error, 1 - ndcg
  double weight = 1.0;
};

/// In the order of `rows`, which `scored` holds; of a ranking in that of the queries.
[[nodiscard]] std::vector<LossUnit> loss_units(const Scored& scored, const std::vector<std::uint32_t>& rows);

/// Columns by which units may be told apart, in table order: features, protected ones and those that mlp.yaml
/// slices by; of personal data the last alone, as the label of a slice is a value. Of a ranking only those
/// that say the same of all rows of each query.
[[nodiscard]] std::vector<std::string> searched_columns(const Scored& scored, const dataset::Table& table,
                                                        const std::vector<std::uint32_t>& rows,
                                                        const config::Project& project);

} // namespace mlp::evaluation
