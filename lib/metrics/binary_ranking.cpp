#include "metrics/registry.hpp"
#include "metrics/sums.hpp"

#include <algorithm>
#include <array>
#include <cmath>

// Metrics of the order of the scores: one walk from the highest score down, a group of equal scores a step.

namespace mlp::metrics {
namespace {

constexpr double k_top_share = 0.1;       // of lift@0.1 and precision@0.1
constexpr double k_false_positives = 0.1; // of recall@fpr=0.1

/// What the walk has passed so far; weights of positive and negative rows.
class Walk {
public:
  Walk(double all_positive, double all_negative)
      : all_positive_(all_positive), all_negative_(all_negative),
        top_(k_top_share * (all_positive + all_negative)),
        false_positives_(k_false_positives * all_negative) {}

  /// One group of rows of equal score.
  void step(double positive, double negative) {
    const double group = positive + negative;
    if (group <= 0.0) {
      return;
    }
    const double called = positive_ + negative_;
    if (called < top_) { // the group at the border counts in part, as if its ties were broken at random
      top_positive_ += positive * std::min(1.0, (top_ - called) / group);
    }
    if (negative_ <= false_positives_) {
      const double room = false_positives_ - negative_;
      recalled_ = positive_ + (negative > room ? positive * room / negative : positive);
    }
    wins_ += negative * (positive_ + 0.5 * positive);
    positive_ += positive;
    negative_ += negative;
    if (positive > 0.0) {
      precision_sum_ += positive * positive_ / (positive_ + negative_);
    }
    widest_ = std::max(widest_, std::abs(positive_ * all_negative_ - negative_ * all_positive_));
  }

  // 0/0 is NaN: undefined.
  [[nodiscard]] double roc_auc() const { return wins_ / all_positive_ / all_negative_; }
  [[nodiscard]] double average_precision() const { return precision_sum_ / all_positive_; }
  [[nodiscard]] double ks() const { return widest_ / all_positive_ / all_negative_; }
  [[nodiscard]] double precision_at_top() const { return top_positive_ / top_; }
  [[nodiscard]] double lift_at_top() const {
    return precision_at_top() * (all_positive_ + all_negative_) / all_positive_;
  }
  [[nodiscard]] double recall_at_fpr() const {
    return all_negative_ > 0.0 ? recalled_ / all_positive_ : k_undefined;
  }

private:
  double all_positive_;
  double all_negative_;
  double top_;
  double false_positives_;
  double positive_ = 0.0;
  double negative_ = 0.0;
  double wins_ = 0.0;
  double precision_sum_ = 0.0;
  double widest_ = 0.0;
  double top_positive_ = 0.0;
  double recalled_ = 0.0;
};

struct Entry {
  MetricInfo info;
  double (Walk::*value)() const;
  std::string_view undefined_when;
};

constexpr auto k_higher = Direction::higher_is_better;
constexpr auto k_bootstrap = IntervalMethod::bootstrap;
constexpr std::string_view k_one_class = "only one class is present";
constexpr std::string_view k_none_positive = "there is no positive row";

constexpr std::array<Entry, 6> k_table = {{
    {{"roc_auc", Task::binary, k_higher, IntervalMethod::delong, "[0, 1]",
      "chance that a positive row scores above a negative one; ties count half", "Hanley & McNeil 1982"},
     &Walk::roc_auc,
     k_one_class},
    {{"average_precision", Task::binary, k_higher, k_bootstrap, "[0, 1]",
      "sum of precision times the gain in recall, not interpolated", "scikit-learn"},
     &Walk::average_precision,
     k_none_positive},
    {{"ks_stat", Task::binary, k_higher, k_bootstrap, "[0, 1]",
      "largest difference of true and false positive rate over all thresholds", "scipy: ks_2samp"},
     &Walk::ks,
     k_one_class},
    {{"lift@0.1", Task::binary, k_higher, k_bootstrap, "[0, 10]",
      "precision@0.1 over the share of positive rows", "ties at the border count in part"},
     &Walk::lift_at_top,
     k_none_positive},
    {{"precision@0.1", Task::binary, k_higher, k_bootstrap, "[0, 1]",
      "share of positive rows among the tenth with the highest scores", "ties at the border count in part"},
     &Walk::precision_at_top,
     ""},
    {{"recall@fpr=0.1", Task::binary, k_higher, k_bootstrap, "[0, 1]",
      "highest recall at a false positive rate of at most 0.1", "ties at the border count in part"},
     &Walk::recall_at_fpr,
     k_one_class},
}};

class RankingStatistic final : public Statistic {
public:
  RankingStatistic(const Rows& rows, std::span<const std::size_t> wanted)
      : wanted_(wanted.begin(), wanted.end()), order_(descending_order(rows.scores)),
        sorted_(std::ranges::is_sorted(order_)), positive_(gather(rows.target, order_)),
        negative_(rows.size()), group_ends_(rows.size(), 1) {
    std::ranges::transform(positive_, negative_.begin(), [](double y) { return 1.0 - y; });
    for (std::size_t i = 0; i + 1 < order_.size(); ++i) {
      group_ends_[i] = rows.scores[order_[i]] != rows.scores[order_[i + 1]] ? 1 : 0;
    }
  }

  void evaluate(std::span<const double> weights, std::span<double> values) const override {
    std::vector<double> gathered;
    if (!sorted_) {
      gathered = gather(weights, order_);
      weights = gathered;
    }
    Walk walk(weighted_sum(weights, positive_), weighted_sum(weights, negative_));
    double positive = 0.0;
    double negative = 0.0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      const double hit = weights[i] * positive_[i];
      positive += hit;
      negative += weights[i] - hit;
      if (group_ends_[i] != 0) {
        walk.step(positive, negative);
        positive = 0.0;
        negative = 0.0;
      }
    }
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      values[i] = (walk.*k_table.at(wanted_[i]).value)();
    }
  }

  [[nodiscard]] std::string why_undefined(std::size_t metric) const override {
    return std::string(k_table.at(wanted_[metric]).undefined_when);
  }

private:
  std::vector<std::size_t> wanted_;
  std::vector<std::size_t> order_;
  bool sorted_;                  ///< the rows are in this order already: no gathering
  std::vector<double> positive_; ///< 1 or 0, in order
  std::vector<double> negative_;
  std::vector<unsigned char> group_ends_; ///< 1 where the next score differs
};

} // namespace

Family binary_ranking() {
  return {infos_of(k_table), [](const Rows& rows, std::span<const std::size_t> wanted) {
            return std::unique_ptr<Statistic>(std::make_unique<RankingStatistic>(rows, wanted));
          }};
}

} // namespace mlp::metrics
