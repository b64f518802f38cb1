#pragma once

#include "metrics/calibrator.hpp"

#include <span>
#include <vector>

namespace mlp::metrics {

/// Divides the log-odds of a binary probability by the temperature.
[[nodiscard]] double tempered(const Temperature& temperature, double probability);

/// The same of a row of k probabilities: each to the power of 1/T, divided by their sum; in place. The most
/// probable class stays the most probable one.
void temper(const Temperature& temperature, std::span<double> probabilities);

/// Rows on which the model is taken at its word (T = 1), beside those that were seen: rows that are all
/// ranked rightly would else be best with certain answers. To the same end as Platt's targets.
inline constexpr double k_rows_at_their_word = 2.0;
inline constexpr double k_lowest_temperature = 0.1;

/// The temperature of greatest (weighted) likelihood of the rows and of k_rows_at_their_word more, at least
/// k_lowest_temperature; the likelihood is log-concave in 1/T, so there is one. Source: Guo et al. 2017.
///
/// used    the rows of the sample that take part
/// throws  Error{input} where the true class has no higher probability than the others: no temperature helps
[[nodiscard]] Temperature fit_temperature(const Sample& sample, const std::vector<bool>& used);

} // namespace mlp::metrics
