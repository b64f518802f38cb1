#pragma once

#include "base/progress.hpp"
#include "metrics/metric.hpp"
#include "model/probe.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace mlp::model {

/// By how much a metric gets worse when a feature no longer tells anything.
struct Importance {
  std::optional<double> value; ///< in the metric's unit; above 0 = the feature helps
  std::optional<double> lower;
  std::optional<double> upper;
  std::string why; ///< of a value or interval that is absent
};

struct ImportanceOptions {
  std::int64_t repeats = 10; ///< shuffles of each feature, ≥ 2
  double level = 0.95;
  std::uint64_t seed = 0;
  unsigned threads = 1; ///< never changes a result
  Progress* progress = nullptr;
  const Interrupt* interrupt = nullptr;
};

/// Permutation importance of each feature: the mean, over `repeats` shuffles of its values among the rows, of
/// how much worse `metric` gets; exactly 0 for a feature that no tree asks for.
///
/// The interval is value ± t·s with repeats − 1 degrees of freedom, s being the standard deviation of the
/// repeats when each one also draws the rows anew with replacement: so it holds both the luck of the shuffles
/// and that of the rows, and is a little too wide rather than too narrow. Rows that depend on each
/// other are drawn as the bootstrap of the metric draws them: clusters whole (of a ranking its queries),
/// stretches of time. Every draw depends on (seed, feature, repeat, row) alone. Features that say the same
/// thing share importance: each can stand in for the other.
///
/// probe    of the rows
/// judged   target and weights of the same rows; its scores are not read
/// metric   of the task, with a better direction
/// source   Breiman 2001 (Random forests, section 10); Fisher, Rudin & Dominici 2019; Efron 1979
/// throws   as probe.scores_after(); Error{interrupted}
[[nodiscard]] std::vector<Importance> permutation_importance(const Probe& probe,
                                                             const metrics::Sample& judged,
                                                             const std::string& metric,
                                                             const ImportanceOptions& options);

} // namespace mlp::model
