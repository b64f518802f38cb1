#include "metrics/registry.hpp"

#include <array>

namespace mlp::metrics {
namespace {

constexpr auto k_higher = Direction::higher_is_better;
constexpr auto k_bootstrap = IntervalMethod::bootstrap;

constexpr std::array<MetricInfo, 4> k_infos = {{
    {"roc_auc_ovr", Task::multiclass, k_higher, k_bootstrap, "[0, 1]",
     "mean AUC of each class against the rest", "scikit-learn: ovr, macro"},
    {"roc_auc_ovr_weighted", Task::multiclass, k_higher, k_bootstrap, "[0, 1]",
     "mean AUC of each class against the rest, by the classes' shares", "scikit-learn: ovr, weighted"},
    {"roc_auc_ovo", Task::multiclass, k_higher, k_bootstrap, "[0, 1]", "mean AUC of all pairs of classes",
     "Hand & Till 2001; scikit-learn: ovo, macro"},
    {"roc_auc_ovo_weighted", Task::multiclass, k_higher, k_bootstrap, "[0, 1]",
     "mean AUC of all pairs of classes, by the pairs' shares", "scikit-learn: ovo, weighted"},
}};
enum Position : std::size_t { one_vs_rest, one_vs_rest_weighted, one_vs_one, one_vs_one_weighted };

/// wins(a, b): weight of pairs of a row of class a and one of class b where the former has the higher
/// probability of a; ties count half.
struct Pairs {
  std::size_t classes;
  std::vector<double> wins;    ///< [classes²]
  std::vector<double> weights; ///< [classes]

  [[nodiscard]] double auc(std::size_t a, std::size_t b) const {
    return wins[a * classes + b] / weights[a] / weights[b];
  }
  [[nodiscard]] double auc_against_rest(std::size_t a) const {
    double won = 0.0;
    double rest = 0.0;
    for (std::size_t b = 0; b < classes; ++b) {
      won += b == a ? 0.0 : wins[a * classes + b];
      rest += b == a ? 0.0 : weights[b];
    }
    return won / weights[a] / rest;
  }
};

double mean_against_rest(const Pairs& pairs, bool by_share) {
  double total = 0.0;
  double norm = 0.0;
  for (std::size_t a = 0; a < pairs.classes; ++a) {
    const double share = by_share ? pairs.weights[a] : 1.0;
    total += share * pairs.auc_against_rest(a);
    norm += share;
  }
  return total / norm;
}

double mean_of_pairs(const Pairs& pairs, bool by_share) {
  double total = 0.0;
  double norm = 0.0;
  for (std::size_t a = 0; a < pairs.classes; ++a) {
    for (std::size_t b = 0; b < pairs.classes; ++b) {
      if (a != b) {
        const double share = by_share ? pairs.weights[a] + pairs.weights[b] : 1.0;
        total += share * pairs.auc(a, b);
        norm += share;
      }
    }
  }
  return total / norm;
}

double value_of(const Pairs& pairs, std::size_t metric) {
  return metric == one_vs_one || metric == one_vs_one_weighted
             ? mean_of_pairs(pairs, metric == one_vs_one_weighted)
             : mean_against_rest(pairs, metric == one_vs_rest_weighted);
}

/// The rows by falling probability of one class.
struct ClassOrder {
  std::vector<std::uint32_t> order;
  std::vector<std::size_t> group_ends; ///< one past the last row of each group of equal probability
};

ClassOrder order_by(const Rows& rows, std::size_t c) {
  std::vector<double> scores(rows.size());
  for (std::size_t row = 0; row < rows.size(); ++row) {
    scores[row] = rows.row_scores(row)[c];
  }
  ClassOrder result{descending_order(scores), {}};
  for (std::size_t i = 1; i <= scores.size(); ++i) {
    if (i == scores.size() || scores[result.order[i]] != scores[result.order[i - 1]]) {
      result.group_ends.push_back(i);
    }
  }
  return result;
}

class PairStatistic final : public Statistic {
public:
  PairStatistic(const Rows& rows, std::span<const Wanted> wanted)
      : classes_(rows.classes), wanted_(wanted.begin(), wanted.end()) {
    for (const double target : rows.target) {
      truth_.push_back(static_cast<std::size_t>(target));
    }
    for (std::size_t c = 0; c < classes_; ++c) {
      orders_.push_back(order_by(rows, c));
    }
  }

  void evaluate(RowWeights& weights, std::span<double> values) const override {
    const std::span<const double> all = weights.all();
    Pairs pairs{classes_, std::vector<double>(classes_ * classes_), std::vector<double>(classes_)};
    for (std::size_t row = 0; row < truth_.size(); ++row) {
      pairs.weights[truth_[row]] += all[row];
    }
    for (std::size_t c = 0; c < classes_; ++c) {
      count_wins(c, all, pairs);
    }
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      values[i] = value_of(pairs, wanted_[i].metric);
    }
  }

  [[nodiscard]] std::string why_undefined(std::size_t /*metric*/) const override {
    return "a class has no row";
  }

private:
  void count_wins(std::size_t c, std::span<const double> weights, Pairs& pairs) const {
    const ClassOrder& by = orders_[c];
    double above = 0.0; // weight of rows of class c with a higher probability of c
    std::size_t begin = 0;
    for (const std::size_t end : by.group_ends) {
      double own = 0.0;
      for (std::size_t i = begin; i < end; ++i) {
        own += truth_[by.order[i]] == c ? weights[by.order[i]] : 0.0;
      }
      for (std::size_t i = begin; i < end; ++i) {
        const std::size_t row = by.order[i];
        pairs.wins[c * classes_ + truth_[row]] += weights[row] * (above + 0.5 * own);
      }
      above += own;
      begin = end;
    }
  }

  std::size_t classes_;
  std::vector<Wanted> wanted_;
  std::vector<std::size_t> truth_;
  std::vector<ClassOrder> orders_;
};

} // namespace

Family multiclass_ranking() {
  return {infos_of(k_infos), [](const Rows& rows, std::span<const Wanted> wanted) {
            return std::unique_ptr<Statistic>(std::make_unique<PairStatistic>(rows, wanted));
          }};
}

} // namespace mlp::metrics
