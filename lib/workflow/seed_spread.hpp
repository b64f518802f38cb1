#pragma once

#include "base/json.hpp"
#include "config/project.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace mlp::workflow {

/// How much a metric of the validation part moves when nothing but the trainer's seed changes: what is no
/// larger between two models may be luck.
struct SeedSpread {
  std::string metric;
  std::vector<double> values; ///< of model.seed, model.seed + 1, …: at least two
  [[nodiscard]] double mean() const;
  [[nodiscard]] double deviation() const; ///< standard deviation, n − 1
};

inline constexpr std::int64_t k_most_seeds = 100;

/// throws Error{usage} for a number of seeds outside 1 … k_most_seeds
void require_seeds(std::int64_t seeds);

/// Asks for the value of each further seed. value_of: the project with that seed → the metric's value, or
/// nothing where the part leaves it undefined; then there is no spread. first: of model.seed itself
[[nodiscard]] std::optional<SeedSpread>
seed_spread(std::string metric, std::optional<double> first, std::int64_t seeds,
            const config::Project& project,
            const std::function<std::optional<double>(const config::Project&)>& value_of);

/// The member `seeds` of a run: {"metric","values","mean","deviation"}
[[nodiscard]] Json to_json(const SeedSpread& spread);

/// The larger deviation that two runs recorded of this metric; nothing where neither did.
[[nodiscard]] std::optional<double> recorded_deviation(const Json& left_run, const Json& right_run,
                                                       const std::string& metric);

} // namespace mlp::workflow
