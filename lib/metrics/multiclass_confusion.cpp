#include "metrics/blocked_sum.hpp"
#include "metrics/registry.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

// Metrics of the class of the highest probability: formulas on the weights of the k × k confusion matrix.

namespace mlp::metrics {
namespace {

class Confusion {
public:
  explicit Confusion(std::size_t classes)
      : classes_(classes), cells_(classes * classes), truth_(classes), called_(classes) {}

  void add(std::size_t truth, std::size_t called, double weight) {
    cells_[truth * classes_ + called] += weight;
    truth_[truth] += weight;
    called_[called] += weight;
    total_ += weight;
    right_ += truth == called ? weight : 0.0;
  }

  [[nodiscard]] std::size_t classes() const { return classes_; }
  [[nodiscard]] double cell(std::size_t truth, std::size_t called) const {
    return cells_[truth * classes_ + called];
  }
  [[nodiscard]] double truth(std::size_t c) const { return truth_[c]; }
  [[nodiscard]] double called(std::size_t c) const { return called_[c]; }
  [[nodiscard]] double total() const { return total_; }
  [[nodiscard]] double right() const { return right_; }

  // 0/0 is NaN: undefined.
  [[nodiscard]] double precision(std::size_t c) const { return cell(c, c) / called_[c]; }
  [[nodiscard]] double recall(std::size_t c) const { return cell(c, c) / truth_[c]; }
  [[nodiscard]] double f1(std::size_t c) const { return 2.0 * cell(c, c) / (truth_[c] + called_[c]); }

private:
  std::size_t classes_;
  std::vector<double> cells_;
  std::vector<double> truth_;
  std::vector<double> called_;
  double total_ = 0.0;
  double right_ = 0.0;
};

using OfClass = double (Confusion::*)(std::size_t) const;

/// The mean over the classes that rows have or are called; NaN where it is undefined for one of them.
double macro(const Confusion& m, OfClass value) {
  double total = 0.0;
  double count = 0.0;
  for (std::size_t c = 0; c < m.classes(); ++c) {
    if (m.truth(c) > 0.0 || m.called(c) > 0.0) {
      total += (m.*value)(c);
      count += 1.0;
    }
  }
  return total / count;
}

/// The mean over the classes that rows have, by their share.
double weighted(const Confusion& m, OfClass value) {
  double total = 0.0;
  for (std::size_t c = 0; c < m.classes(); ++c) {
    if (m.truth(c) > 0.0) {
      total += m.truth(c) * (m.*value)(c);
    }
  }
  return total / m.total();
}

double accuracy(const Confusion& m) { return m.right() / m.total(); }
double macro_precision(const Confusion& m) { return macro(m, &Confusion::precision); }
double macro_recall(const Confusion& m) { return macro(m, &Confusion::recall); }
double macro_f1(const Confusion& m) { return macro(m, &Confusion::f1); }
double weighted_precision(const Confusion& m) { return weighted(m, &Confusion::precision); }
double weighted_f1(const Confusion& m) { return weighted(m, &Confusion::f1); }

double balanced_accuracy(const Confusion& m) {
  double total = 0.0;
  double count = 0.0;
  for (std::size_t c = 0; c < m.classes(); ++c) {
    if (m.truth(c) > 0.0) {
      total += m.recall(c);
      count += 1.0;
    }
  }
  return count < 2.0 ? k_undefined : total / count;
}

/// Targets or calls are all of one class. (Rounding: a sum over one class equals the total exactly.)
bool is_constant(const Confusion& m) {
  for (std::size_t c = 0; c < m.classes(); ++c) {
    if (m.truth(c) == m.total() || m.called(c) == m.total()) {
      return true;
    }
  }
  return false;
}

double mcc(const Confusion& m) {
  if (is_constant(m)) {
    return k_undefined;
  }
  const double total = m.total();
  double both = 0.0;
  double truth = 0.0;
  double called = 0.0;
  for (std::size_t c = 0; c < m.classes(); ++c) {
    both += m.truth(c) * m.called(c);
    truth += m.truth(c) * m.truth(c);
    called += m.called(c) * m.called(c);
  }
  return (m.right() * total - both) / std::sqrt(total * total - called) / std::sqrt(total * total - truth);
}

/// 1 − observed over expected disagreement, each disagreement (i, j) weighing penalty(i, j).
template <typename Penalty> double kappa_of(const Confusion& m, Penalty penalty) {
  if (is_constant(m)) {
    return k_undefined;
  }
  double observed = 0.0;
  double expected = 0.0;
  for (std::size_t i = 0; i < m.classes(); ++i) {
    for (std::size_t j = 0; j < m.classes(); ++j) {
      observed += penalty(i, j) * m.cell(i, j);
      expected += penalty(i, j) * m.truth(i) * m.called(j) / m.total();
    }
  }
  return 1.0 - observed / expected;
}

double kappa(const Confusion& m) {
  return kappa_of(m, [](std::size_t i, std::size_t j) { return i == j ? 0.0 : 1.0; });
}

double kappa_quadratic(const Confusion& m) {
  return kappa_of(m, [](std::size_t i, std::size_t j) {
    const double apart = static_cast<double>(i) - static_cast<double>(j);
    return apart * apart;
  });
}

struct Entry {
  MetricInfo info;
  double (*formula)(const Confusion&); ///< null: of one class
  std::string_view undefined_when;
  OfClass of_class = nullptr;
};

constexpr auto k_higher = Direction::higher_is_better;
constexpr auto k_wilson = IntervalMethod::wilson; // of a proportion: the share of rows called rightly
constexpr auto k_bootstrap = IntervalMethod::bootstrap;
constexpr std::string_view k_never_called = "a class that rows have is never called";
constexpr std::string_view k_absent = "a class that is called has no row";
constexpr std::string_view k_constant = "targets or calls are all of one class";

constexpr std::array<Entry, 17> k_table = {{
    {{"accuracy", Task::multiclass, k_higher, k_wilson, "[0, 1]", "share of rows called rightly",
      "scikit-learn"},
     accuracy,
     ""},
    {{"balanced_accuracy", Task::multiclass, k_higher, k_bootstrap, "[0, 1]",
      "mean recall of the classes that rows have", "scikit-learn"},
     balanced_accuracy,
     "only one class is present"},
    {{"macro_f1", Task::multiclass, k_higher, k_bootstrap, "[0, 1]", "mean F1 of the classes",
      "scikit-learn"},
     macro_f1,
     ""},
    {{"weighted_f1", Task::multiclass, k_higher, k_bootstrap, "[0, 1]", "mean F1 by the classes' shares",
      "scikit-learn"},
     weighted_f1,
     ""},
    {{"micro_f1", Task::multiclass, k_higher, k_wilson, "[0, 1]", "F1 of all calls together = accuracy",
      "scikit-learn"},
     accuracy,
     ""},
    {{"macro_precision", Task::multiclass, k_higher, k_bootstrap, "[0, 1]", "mean precision of the classes",
      "scikit-learn"},
     macro_precision,
     k_never_called},
    {{"weighted_precision", Task::multiclass, k_higher, k_bootstrap, "[0, 1]",
      "mean precision by the classes' shares", "scikit-learn"},
     weighted_precision,
     k_never_called},
    {{"micro_precision", Task::multiclass, k_higher, k_wilson, "[0, 1]",
      "precision of all calls together = accuracy", "scikit-learn"},
     accuracy,
     ""},
    {{"macro_recall", Task::multiclass, k_higher, k_bootstrap, "[0, 1]", "mean recall of the classes",
      "scikit-learn"},
     macro_recall,
     k_absent},
    {{"weighted_recall", Task::multiclass, k_higher, k_wilson, "[0, 1]",
      "mean recall by the classes' shares = accuracy", "scikit-learn"},
     accuracy,
     ""},
    {{"micro_recall", Task::multiclass, k_higher, k_wilson, "[0, 1]",
      "recall of all calls together = accuracy", "scikit-learn"},
     accuracy,
     ""},
    {{"mcc", Task::multiclass, k_higher, k_bootstrap, "[-1, 1]", "Matthews correlation of target and call",
      "Gorodkin 2004"},
     mcc,
     k_constant},
    {{"kappa", Task::multiclass, k_higher, k_bootstrap, "[-1, 1]",
      "agreement beyond chance of target and call", "Cohen 1960"},
     kappa,
     k_constant},
    {{"kappa_quadratic", Task::multiclass, k_higher, k_bootstrap, "[-1, 1]",
      "kappa for ordered classes: a miss weighs its squared distance", "Cohen 1968"},
     kappa_quadratic,
     k_constant},
    {{"precision@class", Task::multiclass, k_higher, k_wilson, "[0, 1]",
      "share of rows called this class that are; measured of every class", "scikit-learn: average=None"},
     nullptr,
     "no row is called this class",
     &Confusion::precision},
    {{"recall@class", Task::multiclass, k_higher, k_wilson, "[0, 1]",
      "share of rows of this class that are called so; measured of every class",
      "scikit-learn: average=None"},
     nullptr,
     "there is no row of this class",
     &Confusion::recall},
    {{"f1@class", Task::multiclass, k_higher, k_bootstrap, "[0, 1]",
      "harmonic mean of precision and recall of this class; measured of every class",
      "scikit-learn: average=None"},
     nullptr,
     "no row is of this class or called so",
     &Confusion::f1},
}};

/// The class of a metric of one class; k where there is no such class.
std::size_t class_of(const Rows& rows, const Wanted& wanted) {
  for (std::size_t c = 0; c < rows.classes; ++c) {
    if (wanted.parameter.text == (rows.class_names.empty() ? fmt::format("{}", c) : rows.class_names[c])) {
      return c;
    }
  }
  return rows.classes;
}

class ConfusionStatistic final : public Statistic {
public:
  ConfusionStatistic(const Rows& rows, std::span<const Wanted> wanted)
      : classes_(rows.classes), wanted_(wanted.begin(), wanted.end()), truth_(rows.size()),
        called_(rows.size()) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
      truth_[row] = static_cast<std::size_t>(rows.target[row]);
      called_[row] = rows.called_class(row);
    }
    for (const Wanted& one : wanted_) {
      class_of_.push_back(class_of(rows, one));
    }
  }

  void evaluate(RowWeights& weights, std::span<double> values) const override {
    Confusion matrix(classes_);
    for_each_block(weights, [&](std::size_t begin, std::span<const double> block) {
      for (std::size_t i = 0; i < block.size(); ++i) {
        matrix.add(truth_[begin + i], called_[begin + i], block[i]);
      }
    });
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      const Entry& entry = k_table.at(wanted_[i].metric);
      values[i] = entry.formula != nullptr  ? entry.formula(matrix)
                  : class_of_[i] < classes_ ? (matrix.*entry.of_class)(class_of_[i])
                                            : k_undefined;
    }
  }

  [[nodiscard]] std::string why_undefined(std::size_t metric) const override {
    const Entry& entry = k_table.at(wanted_[metric].metric);
    return entry.of_class != nullptr && class_of_[metric] == classes_
               ? fmt::format("there is no class '{}'", wanted_[metric].parameter.text)
               : std::string(entry.undefined_when);
  }

  [[nodiscard]] std::vector<double> row_values(std::size_t metric) const override {
    const Entry& entry = k_table.at(wanted_[metric].metric);
    const bool of_calls = entry.of_class == &Confusion::precision;
    const bool of_all = entry.formula == accuracy;
    std::vector<double> values;
    if (of_all || of_calls || entry.of_class == &Confusion::recall) {
      for (std::size_t row = 0; row < truth_.size(); ++row) {
        const bool counts = of_all || (of_calls ? called_ : truth_)[row] == class_of_[metric];
        values.push_back(!counts ? k_undefined : truth_[row] == called_[row] ? 1.0 : 0.0);
      }
    }
    return values;
  }

private:
  std::size_t classes_;
  std::vector<Wanted> wanted_;
  std::vector<std::size_t> class_of_; ///< of each metric wanted
  std::vector<std::size_t> truth_;
  std::vector<std::size_t> called_;
};

} // namespace

Family multiclass_confusion() {
  return {infos_of(k_table), [](const Rows& rows, std::span<const Wanted> wanted) {
            return std::unique_ptr<Statistic>(std::make_unique<ConfusionStatistic>(rows, wanted));
          }};
}

} // namespace mlp::metrics
