#pragma once

#include "base/random.hpp"
#include "metrics/metric.hpp"

#include <cmath>
#include <numbers>
#include <vector>

/// Small weighted samples whose metrics were computed with scikit-learn 1.9.1, and random ones.
namespace mlp::metrics::test {

struct Data {
  Task task = Task::binary;
  std::vector<double> target;
  std::vector<double> scores;
  std::vector<double> weights;
  std::size_t classes = 1;
  double threshold = 0.5;

  [[nodiscard]] Sample sample() const { return {task, target, scores, weights, classes, threshold}; }
};

inline Data binary_data() {
  return {Task::binary,
          {1, 0, 1, 1, 0, 0, 1, 0, 0, 1, 0, 1},
          {.9, .8, .7, .7, .6, .4, .4, .3, .2, .35, .1, .55},
          {1, 2, .5, 1.5, 1, 3, 2, 1, .25, 1, 1, .75}};
}

inline Data multiclass_data() {
  return {Task::multiclass,
          {0, 1, 2, 0, 1, 2, 0, 1, 2, 2},
          {.6, .3, .1, .2, .5, .3, .1, .2,  .7,  .3, .4, .3, .25, .5, .25,
           .5, .2, .3, .7, .2, .1, .4, .35, .25, .2, .2, .6, .1,  .5, .4},
          {1, 2, .5, 1.5, 1, 3, 2, 1, .25, 1},
          3};
}

inline Data regression_data() {
  return {Task::regression,
          {3, .5, 2, 7, 4.2, 1, 2, 5.5},
          {2.5, .2, 2, 8, 3.9, 1.4, 3, 5},
          {1, 2, .5, 1.5, 1, 3, 2, 1}};
}

/// Uniform in (0, 1).
inline double uniform(std::uint64_t seed, std::uint64_t stream, std::uint64_t counter) {
  return (static_cast<double>(random_bits(seed, stream, counter) >> 11U) + 0.5) * 0x1.0p-53;
}

/// Standard normal, by Box and Muller.
inline double normal(std::uint64_t seed, std::uint64_t stream, std::uint64_t counter) {
  return std::sqrt(-2.0 * std::log(uniform(seed, stream, 2 * counter))) *
         std::cos(2.0 * std::numbers::pi * uniform(seed, stream, 2 * counter + 1));
}

/// Rows of positive share `prevalence`; a score is σ(z), z normal, its mean `shift` for positives.
inline Data random_binary(std::size_t rows, double prevalence, double shift, std::uint64_t seed) {
  Data data;
  for (std::size_t row = 0; row < rows; ++row) {
    const double y = uniform(seed, 1, row) < prevalence ? 1.0 : 0.0;
    data.target.push_back(y);
    data.scores.push_back(1.0 / (1.0 + std::exp(-normal(seed, 2, row) - shift * y)));
  }
  return data;
}

} // namespace mlp::metrics::test
