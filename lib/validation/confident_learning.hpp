#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace mlp::validation {

/// Labels that a model, asked of rows that it was not fitted on, is surer to be another class.
///
/// A class's threshold is the mean probability of it in the rows of that label. A row counts as one of the
/// class of the highest probability among those that reach their threshold (none, where no class does).
/// Northcutt, Jiang & Chuang 2021, "Confident learning", section 3.1.
///
/// labels         [n] index below `classes`
/// probabilities  [n·classes], row-major, of rows that the model was not fitted on
struct NoisyLabels {
  double share = 0.0; ///< of rows that count as another class than their label
  std::vector<std::size_t>
      suspects; ///< those rows, the surest first (by how far the class exceeds the label)
};
[[nodiscard]] NoisyLabels noisy_labels(std::span<const std::size_t> labels,
                                       std::span<const double> probabilities, std::size_t classes);

} // namespace mlp::validation
