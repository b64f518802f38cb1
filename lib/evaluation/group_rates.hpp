#pragma once

#include "evaluation/scored.hpp"
#include "evaluation/slices.hpp"
#include "metrics/intervals.hpp"
#include "metrics/metric.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mlp::evaluation {

/// One number about one group, with what comparing it needs.
struct GroupRate {
  std::string name;       ///< selection_rate, recall, fpr, precision, accuracy, prevalence, roc_auc,
                          ///< calibration_intercept; mean_prediction, mean_error, mae
  std::string class_name; ///< multiclass: this class against the rest; else empty
  metrics::Status status = metrics::Status::ok; ///< undefined: no denominator; insufficient: not eligible
  std::optional<double> value;                  ///< absent only where undefined
  std::int64_t n = 0;                           ///< rows in its denominator
  double effective_n = 0.0; ///< (Σw)²/Σw² of these; of clustered rows so many as say as much of a share,
                            ///< else the clusters
  bool is_share = true;     ///< Wilson's interval; else value ± t·standard_error
  double standard_error = 0.0;
  std::string why; ///< of a status that is not ok

  [[nodiscard]] bool eligible() const { return status == metrics::Status::ok; }
  [[nodiscard]] metrics::Interval interval(double level) const;
};

/// The least that a group and a denominator must hold to be judged.
struct Eligibility {
  std::int64_t rows = 100;
  std::int64_t denominator = 30;
};

struct GroupRates {
  std::string label; ///< "sex=Female"
  std::int64_t n = 0;
  std::optional<std::int64_t> n_pos; ///< binary
  std::optional<std::int64_t> n_neg;
  bool is_reference = false; ///< the largest group: the others are compared with it
  std::vector<GroupRate> rates;

  [[nodiscard]] const GroupRate* find(std::string_view name, std::string_view class_name = "") const;
};

/// Binary: the rates of the decision score ≥ threshold, prevalence, AUC and calibration in the large.
/// Multiclass: accuracy, and for each class against the rest selection rate, recall, fpr and precision.
/// Regression: mean prediction, mean error (prediction − target) and MAE. Where rows belong together
/// (Dependence::clusters), the certainty is that of the clusters.
[[nodiscard]] std::vector<GroupRates> rates_of(const Scored& scored, const std::vector<Slice>& groups,
                                               const Eligibility& eligibility);

} // namespace mlp::evaluation
