#include "metrics/registry.hpp"
#include "metrics/sums.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

// Metrics of the order of the scores: one walk from the highest score down, a group of equal scores a step.

namespace mlp::metrics {
namespace {

/// How much of the walk one metric looks at: the top `size` by weight, or up to so much weight of negatives.
struct Border {
  double size = 0.0;
  double positive = 0.0; ///< weight of positive rows within
};

/// What the walk has passed so far; weights of positive and negative rows.
class Walk {
public:
  Walk(double all_positive, double all_negative, std::span<const double> top_shares,
       std::span<const double> fpr_shares)
      : all_positive_(all_positive), all_negative_(all_negative) {
    for (const double share : top_shares) {
      tops_.push_back({share * (all_positive + all_negative)});
    }
    for (const double share : fpr_shares) {
      false_positives_.push_back({share * all_negative});
    }
  }

  /// One group of rows of equal score.
  void step(double positive, double negative) {
    const double group = positive + negative;
    if (group <= 0.0) {
      return;
    }
    const double called = positive_ + negative_;
    for (Border& top : tops_) {
      if (called < top.size) { // the group at the border counts in part, as if its ties were broken at random
        top.positive += positive * std::min(1.0, (top.size - called) / group);
      }
    }
    for (Border& allowed : false_positives_) {
      if (negative_ <= allowed.size) {
        const double room = allowed.size - negative_;
        allowed.positive = positive_ + (negative > room ? positive * room / negative : positive);
      }
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
  [[nodiscard]] double roc_auc(std::size_t /*border*/) const { return wins_ / all_positive_ / all_negative_; }
  [[nodiscard]] double average_precision(std::size_t /*border*/) const {
    return precision_sum_ / all_positive_;
  }
  [[nodiscard]] double ks(std::size_t /*border*/) const { return widest_ / all_positive_ / all_negative_; }
  [[nodiscard]] double precision_at_top(std::size_t border) const {
    return tops_[border].positive / tops_[border].size;
  }
  [[nodiscard]] double lift_at_top(std::size_t border) const {
    return precision_at_top(border) * (all_positive_ + all_negative_) / all_positive_;
  }
  [[nodiscard]] double recall_at_top(std::size_t border) const {
    return tops_[border].positive / all_positive_;
  }
  [[nodiscard]] double recall_at_fpr(std::size_t border) const {
    return all_negative_ > 0.0 ? false_positives_[border].positive / all_positive_ : k_undefined;
  }

private:
  double all_positive_;
  double all_negative_;
  std::vector<Border> tops_;
  std::vector<Border> false_positives_;
  double positive_ = 0.0;
  double negative_ = 0.0;
  double wins_ = 0.0;
  double precision_sum_ = 0.0;
  double widest_ = 0.0;
};

enum class Looks { everywhere, at_the_top, at_few_negatives };

struct Entry {
  MetricInfo info;
  double (Walk::*value)(std::size_t border) const;
  std::string_view undefined_when;
  Looks looks = Looks::everywhere;
};

constexpr auto k_higher = Direction::higher_is_better;
constexpr auto k_bootstrap = IntervalMethod::bootstrap;
constexpr std::string_view k_one_class = "only one class is present";
constexpr std::string_view k_none_positive = "there is no positive row";
constexpr std::string_view k_border = "ties at the border count in part";

constexpr std::array<Entry, 7> k_table = {{
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
    {{"lift@k", Task::binary, k_higher, k_bootstrap, "[0, 1/k]",
      "precision@k over the share of positive rows", k_border, "0.1"},
     &Walk::lift_at_top,
     k_none_positive,
     Looks::at_the_top},
    {{"precision@k", Task::binary, k_higher, k_bootstrap, "[0, 1]",
      "share of positive rows among the k rows, or the share k of all rows, with the highest scores",
      k_border, "0.1"},
     &Walk::precision_at_top,
     "",
     Looks::at_the_top},
    {{"recall@k", Task::binary, k_higher, k_bootstrap, "[0, 1]",
      "share of the positive rows that are among the k rows, or the share k of all rows, with the highest "
      "scores",
      k_border, "0.1"},
     &Walk::recall_at_top,
     k_none_positive,
     Looks::at_the_top},
    {{"recall@fpr=q", Task::binary, k_higher, k_bootstrap, "[0, 1]",
      "highest recall at a false positive rate of at most q", k_border, "0.1"},
     &Walk::recall_at_fpr,
     k_one_class,
     Looks::at_few_negatives},
}};

class RankingStatistic final : public Statistic {
public:
  RankingStatistic(const Rows& rows, std::span<const Wanted> wanted)
      : wanted_(wanted.begin(), wanted.end()), order_(descending_order(rows.scores)),
        sorted_(std::ranges::is_sorted(order_)), positive_(gather(rows.target, order_)),
        negative_(rows.size()), group_ends_(rows.size(), 1) {
    std::ranges::transform(positive_, negative_.begin(), [](double y) { return 1.0 - y; });
    for (std::size_t i = 0; i + 1 < order_.size(); ++i) {
      group_ends_[i] = rows.scores[order_[i]] != rows.scores[order_[i + 1]] ? 1 : 0;
    }
    for (const Wanted& one : wanted_) {
      add_border(one, rows.size());
    }
  }

  void evaluate(std::span<const double> weights, std::span<double> values) const override {
    std::vector<double> gathered;
    if (!sorted_) {
      gathered = gather(weights, order_);
      weights = gathered;
    }
    Walk walk(weighted_sum(weights, positive_), weighted_sum(weights, negative_), top_shares_, fpr_shares_);
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
      values[i] = too_many_[i] > 0 ? k_undefined : (walk.*k_table.at(wanted_[i].metric).value)(borders_[i]);
    }
  }

  [[nodiscard]] std::string why_undefined(std::size_t metric) const override {
    if (too_many_[metric] > 0) {
      return fmt::format("there are only {} rows", order_.size());
    }
    return std::string(k_table.at(wanted_[metric].metric).undefined_when);
  }

private:
  /// k rows are the share k/n of the weight of all: the same part of each resample.
  void add_border(const Wanted& one, std::size_t rows) {
    const Looks looks = k_table.at(one.metric).looks;
    const bool is_count = looks == Looks::at_the_top && !one.parameter.is_share;
    const double share = is_count ? one.parameter.number / static_cast<double>(rows) : one.parameter.number;
    std::vector<double>& shares = looks == Looks::at_few_negatives ? fpr_shares_ : top_shares_;
    borders_.push_back(shares.size());
    too_many_.push_back(is_count && share > 1.0 ? 1 : 0);
    if (looks != Looks::everywhere) {
      shares.push_back(share);
    }
  }

  std::vector<Wanted> wanted_;
  std::vector<std::size_t> order_;
  bool sorted_;                  ///< the rows are in this order already: no gathering
  std::vector<double> positive_; ///< 1 or 0, in order
  std::vector<double> negative_;
  std::vector<unsigned char> group_ends_; ///< 1 where the next score differs
  std::vector<double> top_shares_;        ///< of the weight of all rows
  std::vector<double> fpr_shares_;
  std::vector<std::size_t> borders_;    ///< of each metric wanted: which share is its own
  std::vector<unsigned char> too_many_; ///< 1 where more rows are asked for than there are
};

} // namespace

Family binary_ranking() {
  return {infos_of(k_table), [](const Rows& rows, std::span<const Wanted> wanted) {
            return std::unique_ptr<Statistic>(std::make_unique<RankingStatistic>(rows, wanted));
          }};
}

} // namespace mlp::metrics
