#include "metrics/blocked_sum.hpp"
#include "metrics/registry.hpp"

#include <array>
#include <cmath>

// Metrics of the decision score >= threshold: formulas on the four weights of the confusion matrix.

namespace mlp::metrics {
namespace {

struct Confusion {
  double tp = 0.0;
  double fp = 0.0;
  double fn = 0.0;
  double tn = 0.0;

  [[nodiscard]] double total() const { return tp + fp + fn + tn; }
  [[nodiscard]] double positive() const { return tp + fn; }
  [[nodiscard]] double negative() const { return fp + tn; }
  [[nodiscard]] double called() const { return tp + fp; }
  [[nodiscard]] double not_called() const { return fn + tn; }
  [[nodiscard]] bool is_constant() const {
    return positive() == 0.0 || negative() == 0.0 || called() == 0.0 || not_called() == 0.0;
  }
};

// 0/0 is NaN: undefined, where scikit-learn answers 0.
double accuracy(const Confusion& c) { return (c.tp + c.tn) / c.total(); }
double precision(const Confusion& c) { return c.tp / c.called(); }
double recall(const Confusion& c) { return c.tp / c.positive(); }
double specificity(const Confusion& c) { return c.tn / c.negative(); }
double negative_predictive_value(const Confusion& c) { return c.tn / c.not_called(); }
double false_positive_rate(const Confusion& c) { return c.fp / c.negative(); }
double false_negative_rate(const Confusion& c) { return c.fn / c.positive(); }
double prevalence(const Confusion& c) { return c.positive() / c.total(); }
double selection_rate(const Confusion& c) { return c.called() / c.total(); }
double balanced_accuracy(const Confusion& c) { return 0.5 * (recall(c) + specificity(c)); }
double f1(const Confusion& c) { return 2.0 * c.tp / (2.0 * c.tp + c.fp + c.fn); }
double f_beta(const Confusion& c, double beta) {
  const double square = beta * beta;
  return (1.0 + square) * c.tp / ((1.0 + square) * c.tp + square * c.fn + c.fp);
}
double f2(const Confusion& c) { return f_beta(c, 2.0); }

double mcc(const Confusion& c) {
  const double norm =
      std::sqrt(c.called()) * std::sqrt(c.positive()) * std::sqrt(c.negative()) * std::sqrt(c.not_called());
  return (c.tp * c.tn - c.fp * c.fn) / norm;
}

double kappa(const Confusion& c) {
  if (c.is_constant()) {
    return k_undefined;
  }
  const double total = c.total();
  const double by_chance = (c.positive() * c.called() + c.negative() * c.not_called()) / (total * total);
  return (accuracy(c) - by_chance) / (1.0 - by_chance);
}

// The same metrics of one row, where they are proportions; NaN = the row is not in the denominator.
double row_accuracy(bool positive, bool called) { return positive == called ? 1.0 : 0.0; }
double row_precision(bool positive, bool called) { return called ? (positive ? 1.0 : 0.0) : k_undefined; }
double row_recall(bool positive, bool called) { return positive ? (called ? 1.0 : 0.0) : k_undefined; }
double row_specificity(bool positive, bool called) { return positive ? k_undefined : (called ? 0.0 : 1.0); }
double row_npv(bool positive, bool called) { return called ? k_undefined : (positive ? 0.0 : 1.0); }
double row_fpr(bool positive, bool called) { return positive ? k_undefined : (called ? 1.0 : 0.0); }
double row_fnr(bool positive, bool called) { return positive ? (called ? 0.0 : 1.0) : k_undefined; }
double row_prevalence(bool positive, bool /*called*/) { return positive ? 1.0 : 0.0; }
double row_selection(bool /*positive*/, bool called) { return called ? 1.0 : 0.0; }

struct Entry {
  MetricInfo info;
  double (*formula)(const Confusion&);       // null: F-beta
  double (*row)(bool positive, bool called); // null: not a proportion
  std::string_view undefined_when;
};

constexpr auto k_higher = Direction::higher_is_better;
constexpr auto k_lower = Direction::lower_is_better;
constexpr auto k_wilson = IntervalMethod::wilson;
constexpr auto k_bootstrap = IntervalMethod::bootstrap;
constexpr std::string_view k_none_called = "no row is called positive at this threshold";
constexpr std::string_view k_none_positive = "there is no positive row";
constexpr std::string_view k_none_negative = "there is no negative row";
constexpr std::string_view k_constant = "targets or calls are all of one class";

constexpr std::array<Entry, 15> k_table = {{
    {{"accuracy", Task::binary, k_higher, k_wilson, "[0, 1]", "share of rows called rightly", "scikit-learn"},
     accuracy,
     row_accuracy,
     ""},
    {{"balanced_accuracy", Task::binary, k_higher, k_bootstrap, "[0, 1]", "mean of recall and specificity",
      "scikit-learn"},
     balanced_accuracy,
     nullptr,
     "only one class is present"},
    {{"precision", Task::binary, k_higher, k_wilson, "[0, 1]", "share of rows called positive that are",
      "scikit-learn"},
     precision,
     row_precision,
     k_none_called},
    {{"recall", Task::binary, k_higher, k_wilson, "[0, 1]", "share of positive rows that are called so",
      "scikit-learn"},
     recall,
     row_recall,
     k_none_positive},
    {{"specificity", Task::binary, k_higher, k_wilson, "[0, 1]", "share of negative rows that are called so",
      "scikit-learn: recall of class 0"},
     specificity,
     row_specificity,
     k_none_negative},
    {{"npv", Task::binary, k_higher, k_wilson, "[0, 1]", "share of rows called negative that are",
      "scikit-learn: precision of class 0"},
     negative_predictive_value,
     row_npv,
     "no row is called negative at this threshold"},
    {{"f1", Task::binary, k_higher, k_bootstrap, "[0, 1]", "harmonic mean of precision and recall",
      "scikit-learn"},
     f1,
     nullptr,
     "no row is positive or called so"},
    {{"f2", Task::binary, k_higher, k_bootstrap, "[0, 1]",
      "F-beta with beta = 2: recall counts four times as much as precision", "scikit-learn: fbeta_score"},
     f2,
     nullptr,
     "no row is positive or called so"},
    {{"fbeta@beta", Task::binary, k_higher, k_bootstrap, "[0, 1]",
      "F-beta: recall counts beta times beta as much as precision", "scikit-learn: fbeta_score", "0.5"},
     nullptr,
     nullptr,
     "no row is positive or called so"},
    {{"mcc", Task::binary, k_higher, k_bootstrap, "[-1, 1]", "Matthews correlation of target and call",
      "Matthews 1975"},
     mcc,
     nullptr,
     k_constant},
    {{"kappa", Task::binary, k_higher, k_bootstrap, "[-1, 1]", "agreement beyond chance of target and call",
      "Cohen 1960"},
     kappa,
     nullptr,
     k_constant},
    {{"fpr", Task::binary, k_lower, k_wilson, "[0, 1]", "share of negative rows that are called positive",
      "1 - specificity"},
     false_positive_rate,
     row_fpr,
     k_none_negative},
    {{"fnr", Task::binary, k_lower, k_wilson, "[0, 1]", "share of positive rows that are called negative",
      "1 - recall"},
     false_negative_rate,
     row_fnr,
     k_none_positive},
    {{"prevalence", Task::binary, Direction::neither, k_wilson, "[0, 1]", "share of positive rows", "counts"},
     prevalence,
     row_prevalence,
     ""},
    {{"selection_rate", Task::binary, Direction::neither, k_wilson, "[0, 1]", "share of rows called positive",
      "Fairlearn"},
     selection_rate,
     row_selection,
     ""},
}};

class ThresholdStatistic final : public Statistic {
public:
  ThresholdStatistic(const Rows& rows, std::span<const Wanted> wanted)
      : rows_(rows), wanted_(wanted.begin(), wanted.end()) {}

  void evaluate(RowWeights& weights, std::span<double> values) const override {
    const Confusion counts = count(weights);
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      const auto formula = k_table.at(wanted_[i].metric).formula;
      values[i] = formula != nullptr ? formula(counts) : f_beta(counts, wanted_[i].parameter.number);
    }
  }

  [[nodiscard]] std::string why_undefined(std::size_t metric) const override {
    return std::string(k_table.at(wanted_[metric].metric).undefined_when);
  }

  [[nodiscard]] std::vector<double> row_values(std::size_t metric) const override {
    const auto value_of = k_table.at(wanted_[metric].metric).row;
    std::vector<double> values;
    for (std::size_t row = 0; value_of != nullptr && row < rows_.size(); ++row) {
      values.push_back(value_of(is_positive(row), is_called(row)));
    }
    return values;
  }

private:
  /// Without a branch, and an empty cell is exactly 0: a target is 0 or 1.
  [[nodiscard]] Confusion count(const RowWeights& weights) const {
    CompensatedSum tp;
    CompensatedSum fp;
    CompensatedSum fn;
    CompensatedSum tn;
    for_each_block(weights, [&](std::size_t begin, std::span<const double> block) {
      const double* targets = &rows_.target[begin];
      const double* scores = &rows_.scores[begin];
      const auto called = [&](std::size_t i) { return scores[i] >= rows_.threshold ? block[i] : 0.0; };
      const auto left = [&](std::size_t i) { return scores[i] >= rows_.threshold ? 0.0 : block[i]; };
      tp.add(plain_sum(block.size(), [&](std::size_t i) { return called(i) * targets[i]; }));
      fp.add(plain_sum(block.size(), [&](std::size_t i) { return called(i) * (1.0 - targets[i]); }));
      fn.add(plain_sum(block.size(), [&](std::size_t i) { return left(i) * targets[i]; }));
      tn.add(plain_sum(block.size(), [&](std::size_t i) { return left(i) * (1.0 - targets[i]); }));
    });
    return {tp.value(), fp.value(), fn.value(), tn.value()};
  }

  [[nodiscard]] bool is_positive(std::size_t row) const { return rows_.target[row] == 1.0; }
  [[nodiscard]] bool is_called(std::size_t row) const { return rows_.scores[row] >= rows_.threshold; }

  const Rows& rows_;
  std::vector<Wanted> wanted_;
};

} // namespace

Family binary_threshold() {
  return {infos_of(k_table), [](const Rows& rows, std::span<const Wanted> wanted) {
            return std::unique_ptr<Statistic>(std::make_unique<ThresholdStatistic>(rows, wanted));
          }};
}

} // namespace mlp::metrics
