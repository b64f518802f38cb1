#include "metrics/registry.hpp"
#include "metrics/row_means.hpp"

#include <array>

// What decisions cost, from the sample's own cost of either decision on each row.

namespace mlp::metrics {
namespace {

constexpr double k_cases = 1000.0;

struct Entry {
  MetricInfo info;
  double scale; ///< of a row's cost
};

constexpr std::array<Entry, 2> k_table = {{
    {{"cost", Task::binary, Direction::lower_is_better, IntervalMethod::bootstrap, "any amount",
      "mean cost of a case, by evaluation.decision.costs", "Elkan 2001", "", false},
     1.0},
    {{"value_per_1000", Task::binary, Direction::higher_is_better, IntervalMethod::bootstrap, "any amount",
      "what 1,000 cases are worth by evaluation.decision.costs: -1000 * cost", "Elkan 2001", "", false},
     -k_cases},
}};

RowMean mean_of(const Rows& rows, const Entry& entry) {
  RowMean mean;
  if (rows.call_cost.empty()) {
    mean.why = "mlp.yaml gives no evaluation.decision.costs";
    return mean;
  }
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const bool called = rows.scores[row] >= rows.threshold;
    mean.values.push_back(entry.scale * (called ? rows.call_cost[row] : rows.pass_cost[row]));
  }
  return mean;
}

} // namespace

Family binary_costs() {
  return {infos_of(k_table), [](const Rows& rows, std::span<const Wanted> wanted) {
            std::vector<RowMean> means;
            for (const Wanted& one : wanted) {
              means.push_back(mean_of(rows, k_table.at(one.metric)));
            }
            return std::unique_ptr<Statistic>(std::make_unique<RowMeans>(std::move(means)));
          }};
}

} // namespace mlp::metrics
