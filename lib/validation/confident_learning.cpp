#include "validation/confident_learning.hpp"

#include <algorithm>

namespace mlp::validation {

NoisyLabels noisy_labels(std::span<const std::size_t> labels, std::span<const double> probabilities,
                         std::size_t classes) {
  std::vector<double> thresholds(classes);
  std::vector<double> counts(classes);
  for (std::size_t row = 0; row < labels.size(); ++row) {
    thresholds[labels[row]] += probabilities[row * classes + labels[row]];
    counts[labels[row]] += 1;
  }
  for (std::size_t k = 0; k < classes; ++k) {
    thresholds[k] = counts[k] > 0 ? thresholds[k] / counts[k] : 2; // a class without rows is never reached
  }
  NoisyLabels noisy;
  std::vector<double> surer(labels.size());
  for (std::size_t row = 0; row < labels.size(); ++row) {
    const auto p = probabilities.subspan(row * classes, classes);
    std::size_t best = classes;
    for (std::size_t k = 0; k < classes; ++k) {
      if (p[k] >= thresholds[k] && (best == classes || p[k] > p[best])) {
        best = k;
      }
    }
    if (best != classes && best != labels[row]) {
      surer[row] = p[best] - p[labels[row]];
      noisy.suspects.push_back(row);
    }
  }
  std::stable_sort(noisy.suspects.begin(), noisy.suspects.end(),
                   [&](std::size_t a, std::size_t b) { return surer[a] > surer[b]; });
  if (!labels.empty()) {
    noisy.share = static_cast<double>(noisy.suspects.size()) / static_cast<double>(labels.size());
  }
  return noisy;
}

} // namespace mlp::validation
