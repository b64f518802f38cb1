#include "evaluation/group_rates.hpp"

#include "metrics/calibration.hpp"
#include "metrics/delong.hpp"
#include "metrics/distributions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace mlp::evaluation {
namespace {

using metrics::Status;

constexpr double k_outside = std::numeric_limits<double>::quiet_NaN(); ///< of a row not in the denominator

constexpr std::string_view k_denominator = "denominator";
constexpr std::string_view k_classes = "smaller class";

enum class WeighsRows { no, yes };
enum class IsShare { no, yes };

/// Whether some row weighs more than another.
WeighsRows weighs_rows(const std::vector<double>& weights) {
  const auto differs = std::adjacent_find(weights.begin(), weights.end(), std::not_equal_to<>());
  return differs == weights.end() ? WeighsRows::no : WeighsRows::yes;
}

/// What rows that belong together leave of a mean's certainty.
struct ClusterSpread {
  double clusters = 0.0; ///< that have a row in the denominator
  double variance = 0.0; ///< of the mean; 0 of a single cluster
};

/// From how far each row moves the mean (NaN: outside): rows of a cluster move it together. Source: the
/// sandwich of Liang & Zeger 1986; of an AUC it is Obuchowski's 1997.
ClusterSpread cluster_spread(const std::vector<double>& moves, const std::vector<std::uint32_t>& clusters) {
  const std::size_t count = *std::ranges::max_element(clusters) + std::size_t{1};
  std::vector<double> sums(count, 0.0);
  std::vector<bool> is_inside(count, false);
  for (std::size_t row = 0; row < moves.size(); ++row) {
    if (!std::isnan(moves[row])) {
      sums[clusters[row]] += moves[row];
      is_inside[clusters[row]] = true;
    }
  }
  ClusterSpread spread;
  spread.clusters = static_cast<double>(std::ranges::count(is_inside, true));
  for (const double sum : sums) {
    spread.variance += sum * sum;
  }
  spread.variance *= spread.clusters > 1.0 ? spread.clusters / (spread.clusters - 1.0) : 0.0;
  return spread;
}

/// As many independent rows as would make a share as uncertain, fewer where the variance is that of few
/// clusters (Korn & Graubard 1998).
double rows_worth(double share, const ClusterSpread& spread, double rows) {
  constexpr double k_end = 0.975;
  if (spread.clusters < 2.0) {
    return 1.0;
  }
  const double known =
      metrics::normal_quantile(k_end) / metrics::student_quantile(k_end, spread.clusters - 1.0);
  const double worth = spread.variance > 0.0 ? share * (1.0 - share) / spread.variance : spread.clusters;
  return std::clamp(worth * known * known, 1.0, rows);
}

/// One group's rows as decisions, and the rates made of them.
class GroupMeasurement {
public:
  GroupMeasurement(const Scored& part, const Eligibility& eligibility, WeighsRows weighs_rows)
      : part_(part), eligibility_(eligibility), weighs_rows_(weighs_rows),
        weights_(part.weights.empty() ? std::vector<double>(part.target.size(), 1.0) : part.weights) {}

  std::vector<GroupRate> run() {
    switch (part_.task) {
    case Task::binary:
      measure_binary();
      break;
    case Task::multiclass:
      measure_multiclass();
      break;
    case Task::regression:
      measure_regression();
      break;
    case Task::ranking: // decides nothing about a row by itself
      break;
    }
    return std::move(rates_);
  }

private:
  void measure_binary() {
    std::vector<bool> positive;
    std::vector<bool> called;
    for (std::size_t i = 0; i < part_.target.size(); ++i) {
      positive.push_back(part_.target[i] == 1.0);
      called.push_back(part_.model[i] >= part_.threshold);
    }
    add_decision_rates(positive, called, "");
    add_share("accuracy", "", [&](std::size_t i) { return positive[i] == called[i] ? 1.0 : 0.0; });
    add_share("prevalence", "", [&](std::size_t i) { return positive[i] ? 1.0 : 0.0; });
    if (weighs_rows_ == WeighsRows::no) { // DeLong's variance knows no weights
      add_auc();
    }
    add_calibration();
  }

  void measure_multiclass() {
    const std::size_t classes = part_.classes.size();
    std::vector<std::size_t> called_class;
    for (std::size_t i = 0; i < part_.target.size(); ++i) {
      const auto first = part_.model.begin() + static_cast<std::ptrdiff_t>(i * classes);
      const auto end = first + static_cast<std::ptrdiff_t>(classes);
      called_class.push_back(static_cast<std::size_t>(std::max_element(first, end) - first));
    }
    const auto true_class = [&](std::size_t i) { return static_cast<std::size_t>(part_.target[i]); };
    add_share("accuracy", "", [&](std::size_t i) { return true_class(i) == called_class[i] ? 1.0 : 0.0; });
    for (std::size_t c = 0; c < classes; ++c) {
      std::vector<bool> positive;
      std::vector<bool> called;
      for (std::size_t i = 0; i < part_.target.size(); ++i) {
        positive.push_back(true_class(i) == c);
        called.push_back(called_class[i] == c);
      }
      add_decision_rates(positive, called, part_.classes[c]);
    }
  }

  void measure_regression() {
    add_mean("mean_prediction", [&](std::size_t i) { return part_.model[i]; });
    add_mean("mean_error", [&](std::size_t i) { return part_.model[i] - part_.target[i]; });
    add_mean("mae", [&](std::size_t i) { return std::abs(part_.model[i] - part_.target[i]); });
  }

  void add_decision_rates(const std::vector<bool>& positive, const std::vector<bool>& called,
                          const std::string& class_name) {
    const auto call = [&](std::size_t i) { return called[i] ? 1.0 : 0.0; };
    add_share("selection_rate", class_name, call);
    add_share("recall", class_name, [&](std::size_t i) { return positive[i] ? call(i) : k_outside; });
    add_share("fpr", class_name, [&](std::size_t i) { return positive[i] ? k_outside : call(i); });
    add_share("precision", class_name, [&](std::size_t i) {
      return !called[i] ? k_outside : positive[i] ? 1.0 : 0.0;
    });
  }

  /// The weighted mean of row values; NaN is outside of it.
  template <typename RowValue>
  GroupRate mean_of(const char* name, RowValue row_value, IsShare is_share = IsShare::yes) const {
    GroupRate rate;
    rate.name = name;
    rate.is_share = is_share == IsShare::yes;
    std::vector<double> values(part_.target.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
      values[i] = row_value(i);
      rate.n += std::isnan(values[i]) ? 0 : 1;
    }
    const auto estimate = rate.n > 0 ? metrics::estimate_mean(values, weights_) : metrics::MeanEstimate();
    if (rate.n > 0 && std::isfinite(estimate.mean)) {
      rate.value = estimate.mean;
      rate.effective_n = estimate.effective_rows;
      rate.standard_error = std::isfinite(estimate.standard_error) ? estimate.standard_error : 0.0;
      if (has_clusters()) {
        spread_mean(rate, std::move(values));
      }
    }
    return rate;
  }

  [[nodiscard]] bool has_clusters() const { return part_.dependence == metrics::Dependence::clusters; }

  /// Rows that belong together say less than as many others: the certainty is that of the clusters.
  void spread_mean(GroupRate& rate, std::vector<double> values) const {
    double weight = 0.0;
    for (std::size_t i = 0; i < values.size(); ++i) {
      weight += std::isnan(values[i]) ? 0.0 : weights_[i];
      values[i] = weights_[i] * (values[i] - *rate.value);
    }
    for (double& value : values) {
      value /= weight;
    }
    const ClusterSpread spread = cluster_spread(values, part_.places);
    rate.standard_error = std::sqrt(spread.variance);
    rate.effective_n = rate.is_share ? rows_worth(*rate.value, spread, rate.effective_n) : spread.clusters;
  }

  void spread_other(GroupRate& rate, const std::vector<double>& moves) const {
    const ClusterSpread spread = cluster_spread(moves, part_.places);
    rate.standard_error = std::sqrt(spread.variance);
    rate.effective_n = spread.clusters;
  }

  template <typename RowValue>
  void add_share(const char* name, const std::string& class_name, RowValue row_value) {
    GroupRate rate = mean_of(name, row_value);
    rate.class_name = class_name;
    add(std::move(rate), k_denominator);
  }

  template <typename RowValue> void add_mean(const char* name, RowValue row_value) {
    add(mean_of(name, row_value, IsShare::no), k_denominator);
  }

  [[nodiscard]] std::int64_t smaller_class() const {
    const auto positive = std::count(part_.target.begin(), part_.target.end(), 1.0);
    return std::min<std::int64_t>(positive, static_cast<std::int64_t>(part_.target.size()) - positive);
  }

  [[nodiscard]] GroupRate of_both_classes(const char* name) const {
    GroupRate rate;
    rate.name = name;
    rate.is_share = false;
    rate.n = smaller_class();
    rate.effective_n = static_cast<double>(part_.target.size());
    return rate;
  }

  void add_auc() {
    GroupRate rate = of_both_classes("roc_auc");
    if (rate.n > 1) {
      const auto ranked = metrics::placements(part_.target, part_.model);
      rate.value = metrics::auc_of(ranked);
      rate.standard_error = std::sqrt(metrics::delong_variance(ranked));
      if (has_clusters()) {
        spread_other(rate, auc_moves(ranked, *rate.value));
      }
    }
    add(std::move(rate), k_classes);
  }

  void add_calibration() {
    GroupRate rate = of_both_classes("calibration_intercept");
    if (const auto estimate = metrics::calibration_intercept(part_.target, part_.model, weights_)) {
      rate.value = estimate->value;
      rate.standard_error = estimate->standard_error;
      if (has_clusters()) {
        spread_other(rate, intercept_moves(estimate->value));
      }
    }
    add(std::move(rate), k_classes);
  }

  [[nodiscard]] std::vector<double> auc_moves(const metrics::Placements& ranked, double auc) const {
    std::vector<double> moves;
    auto positive = ranked.positive.begin();
    auto negative = ranked.negative.begin();
    for (const double target : part_.target) {
      moves.push_back(target == 1.0 ? (*positive++ - auc) / static_cast<double>(ranked.positive.size())
                                    : (*negative++ - auc) / static_cast<double>(ranked.negative.size()));
    }
    return moves;
  }

  [[nodiscard]] std::vector<double> intercept_moves(double intercept) const {
    std::vector<double> moves;
    double curvature = 0.0;
    for (std::size_t i = 0; i < part_.target.size(); ++i) {
      const double p = metrics::on_line({intercept, 1.0}, part_.model[i]);
      moves.push_back(weights_[i] * (part_.target[i] - p));
      curvature += weights_[i] * p * (1.0 - p);
    }
    for (double& move : moves) {
      move /= curvature;
    }
    return moves;
  }

  void add(GroupRate rate, std::string_view denominator) {
    const auto rows = static_cast<std::int64_t>(part_.target.size());
    if (!rate.value) {
      rate.status = Status::undefined;
      rate.why =
          denominator == k_classes ? "a class is absent, or of one row" : "no row is in its denominator";
    } else if (rows < eligibility_.rows) {
      rate.status = Status::insufficient;
      rate.why = fmt::format("the group has {} rows, fewer than {}", rows, eligibility_.rows);
    } else if (rate.n < eligibility_.denominator) {
      rate.status = Status::insufficient;
      rate.why =
          fmt::format("its {} has {} rows, fewer than {}", denominator, rate.n, eligibility_.denominator);
    }
    rates_.push_back(std::move(rate));
  }

  const Scored& part_;
  const Eligibility& eligibility_;
  WeighsRows weighs_rows_;
  std::vector<double> weights_;
  std::vector<GroupRate> rates_;
};

} // namespace

metrics::Interval GroupRate::interval(double level) const {
  if (is_share) {
    return metrics::wilson_interval(*value, std::max(effective_n, 1.0), level);
  }
  const double half = effective_n > 1.0
                          ? metrics::student_quantile(0.5 + 0.5 * level, effective_n - 1.0) * standard_error
                          : std::numeric_limits<double>::infinity();
  return {*value - half, *value + half};
}

const GroupRate* GroupRates::find(std::string_view name, std::string_view class_name) const {
  const auto found = std::find_if(rates.begin(), rates.end(), [&](const GroupRate& rate) {
    return rate.name == name && rate.class_name == class_name;
  });
  return found == rates.end() ? nullptr : &*found;
}

std::vector<GroupRates> rates_of(const Scored& scored, const std::vector<Slice>& groups,
                                 const Eligibility& eligibility) {
  std::vector<GroupRates> result;
  const WeighsRows weighs = weighs_rows(scored.weights); // of all groups alike, or they could not be compared
  GroupRates* largest = nullptr;
  result.reserve(groups.size());
  for (const Slice& slice : groups) {
    const Scored part = rows_at(scored, slice.at);
    GroupRates group;
    group.label = slice.label;
    group.n = static_cast<std::int64_t>(slice.at.size());
    if (scored.task == Task::binary) {
      group.n_pos = std::count(part.target.begin(), part.target.end(), 1.0);
      group.n_neg = group.n - *group.n_pos;
    }
    group.rates = GroupMeasurement(part, eligibility, weighs).run();
    result.push_back(std::move(group));
    if (largest == nullptr || result.back().n > largest->n) {
      largest = &result.back();
    }
  }
  if (largest != nullptr) {
    largest->is_reference = true;
  }
  return result;
}

} // namespace mlp::evaluation
