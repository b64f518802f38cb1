#pragma once

#include "base/task.hpp"
#include "metrics/calibration.hpp"
#include "metrics/metric.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace mlp::metrics {

/// A rising step line: linear between knots, level outside of them. Both have one size, at least 1.
struct IsotonicMap {
  std::vector<double> scores;        ///< ascending
  std::vector<double> probabilities; ///< not falling
};

/// What the log-odds are divided by: above 1 makes probabilities less extreme.
struct Temperature {
  double value = 1.0; ///< above 0
};

/// What turns a model's probability into a calibrated one; it never turns two scores round.
using ScoreMap = std::variant<LogitLine, IsotonicMap, Temperature>;

[[nodiscard]] double calibrated(const ScoreMap& map, double score);

/// Binary: one map, of the positive class. Multiclass: one a class (one against the rest); the results are
/// divided by their sum (Zadrozny & Elkan 2002). A temperature is one map, of all classes together.
struct Calibrator {
  Calibration method = Calibration::none; ///< never none
  std::vector<ScoreMap> maps;             ///< all of the method's kind
};

/// How many maps the calibrator of a model has. classes: as Sample's, 1 of a binary task
[[nodiscard]] std::size_t maps_of(Calibration method, std::size_t classes);

/// Calibrates scores in Sample's layout ([n·k]), in place.
void calibrate(const Calibrator& calibrator, std::size_t classes, std::span<double> scores);

/// Isotonic regression has as many parameters as steps: with fewer rows it learns their noise.
inline constexpr std::size_t k_isotonic_min_rows = 1000;
/// A class with fewer rows that weigh something says nothing reliable about its probabilities.
inline constexpr std::size_t k_calibration_min_class_rows = 10;

/// Why a method cannot be fitted to these labels, as a person is told it; nothing where it can.
/// target: as Sample; classes: k of a multiclass task, else 2
[[nodiscard]] std::optional<std::string> calibration_problem(Calibration method,
                                                             std::span<const double> target,
                                                             std::span<const double> weights,
                                                             std::size_t classes);

/// platt: greatest likelihood of σ(a + b·logit(score)), its targets (n₊ + 1)/(n₊ + 2) and 1/(n₋ + 2) instead
/// of 1 and 0, n₊ and n₋ being rows. Source: Platt 1999, by Newton's method as Lin, Lin & Weng 2007.
///
/// isotonic: pool adjacent violators over rows pooled by score; interpolated between the ends of the pools,
/// as scikit-learn does. A lowest pool without a positive, or a highest one without a negative, would give a
/// probability of 0 or 1, which no number of rows can justify: its n rows count as 1/(n + 2) or (n + 1)/(n +
/// 2), though never beyond the pool beside it. Source: Barlow et al. 1972; Zadrozny & Elkan 2002.
///
/// temperature: see temperature.hpp. One number, so that a rare class needs no rows of its own.
///
/// sample: validated rows of a classification, whose calibration_problem() is nothing
/// throws Error{input} where the best line falls: higher scores were positive less often
[[nodiscard]] Calibrator fit_calibrator(Calibration method, const Sample& sample);

/// Each row's scores as calibrated by what was fitted to the other folds of the same rows: what calibration
/// is worth there, told by rows that it was not fitted to. Folds hold the classes in equal shares; which row
/// is in which depends on its position alone. [n·k]
[[nodiscard]] std::vector<double> cross_fitted_scores(Calibration method, const Sample& sample);

} // namespace mlp::metrics
