#include "workflow/seed_spread.hpp"

#include "base/error.hpp"
#include "metrics/sums.hpp"

#include <algorithm>
#include <cmath>

namespace mlp::workflow {
namespace {

constexpr std::int64_t k_seeds_there_are = std::int64_t{1} << 31U; // xgboost keeps its seed in 32 bits

} // namespace

double SeedSpread::mean() const { return metrics::sum(values) / static_cast<double>(values.size()); }

double SeedSpread::deviation() const {
  double squares = 0.0;
  const double centre = mean();
  for (const double value : values) {
    squares += (value - centre) * (value - centre);
  }
  const bool all_equal = std::ranges::all_of(values, [&](double value) { return value == values.front(); });
  return all_equal ? 0.0 : std::sqrt(squares / static_cast<double>(values.size() - 1));
}

void require_seeds(std::int64_t seeds) {
  if (seeds < 1 || seeds > k_most_seeds) {
    throw Error(ErrorCode::usage, "--seeds {}: expected a number from 1 to {}", seeds, k_most_seeds)
        .hint("5 are enough to see whether a difference is luck");
  }
}

std::optional<SeedSpread>
seed_spread(std::string metric, std::optional<double> first, std::int64_t seeds,
            const config::Project& project,
            const std::function<std::optional<double>(const config::Project&)>& value_of) {
  if (seeds < 2 || !first) {
    return std::nullopt;
  }
  SeedSpread spread{std::move(metric), {*first}};
  config::Project seeded = project;
  for (std::int64_t i = 1; i < seeds; ++i) {
    seeded.model.seed = (project.model.seed + i) % k_seeds_there_are;
    const std::optional<double> value = value_of(seeded);
    if (!value) {
      return std::nullopt;
    }
    spread.values.push_back(*value);
  }
  return spread;
}

Json to_json(const SeedSpread& spread) {
  return Json::object({{"metric", spread.metric},
                       {"values", spread.values},
                       {"mean", spread.mean()},
                       {"deviation", spread.deviation()}});
}

std::optional<double> recorded_deviation(const Json& left_run, const Json& right_run,
                                         const std::string& metric) {
  std::optional<double> largest;
  for (const Json* run : {&left_run, &right_run}) {
    const Json& seeds = (*run)["seeds"];
    if (seeds.is_object() && seeds["metric"].string_or() == metric) {
      largest = std::max(largest.value_or(0.0), seeds["deviation"].number_or(0.0));
    }
  }
  return largest;
}

} // namespace mlp::workflow
