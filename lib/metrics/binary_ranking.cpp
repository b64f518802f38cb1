#include "metrics/registry.hpp"
#include "metrics/score_walk.hpp"

#include <fmt/format.h>

#include <array>

// Metrics of the order of the scores: one walk from the highest score down, a group of equal scores a step.

namespace mlp::metrics {
namespace {

// 0/0 is NaN: undefined.
double roc_auc(const ScoreWalk& walk, std::size_t /*border*/) {
  return walk.wins / walk.all_positive / walk.all_negative;
}
double average_precision(const ScoreWalk& walk, std::size_t /*border*/) {
  return walk.precision_sum / walk.all_positive;
}
double ks(const ScoreWalk& walk, std::size_t /*border*/) {
  return walk.widest / walk.all_positive / walk.all_negative;
}
double precision_at_top(const ScoreWalk& walk, std::size_t border) {
  return walk.tops[border].positive / walk.tops[border].size;
}
double lift_at_top(const ScoreWalk& walk, std::size_t border) {
  return precision_at_top(walk, border) * (walk.all_positive + walk.all_negative) / walk.all_positive;
}
double recall_at_top(const ScoreWalk& walk, std::size_t border) {
  return walk.tops[border].positive / walk.all_positive;
}
double recall_at_fpr(const ScoreWalk& walk, std::size_t border) {
  return walk.all_negative > 0.0 ? walk.false_positives[border].positive / walk.all_positive : k_undefined;
}

/// What of the walk a metric is made of.
enum class Looks { at_wins, at_precision, at_distance, at_the_top, at_few_negatives };

struct Entry {
  MetricInfo info;
  double (*value)(const ScoreWalk& walk, std::size_t border);
  std::string_view undefined_when;
  Looks looks;
};

constexpr auto k_higher = Direction::higher_is_better;
constexpr auto k_bootstrap = IntervalMethod::bootstrap;
constexpr std::string_view k_one_class = "only one class is present";
constexpr std::string_view k_none_positive = "there is no positive row";
constexpr std::string_view k_border = "ties at the border count in part";

constexpr std::array<Entry, 7> k_table = {{
    {{"roc_auc", Task::binary, k_higher, IntervalMethod::delong, "[0, 1]",
      "chance that a positive row scores above a negative one; ties count half", "Hanley & McNeil 1982"},
     roc_auc,
     k_one_class,
     Looks::at_wins},
    {{"average_precision", Task::binary, k_higher, k_bootstrap, "[0, 1]",
      "sum of precision times the gain in recall, not interpolated", "scikit-learn"},
     average_precision,
     k_none_positive,
     Looks::at_precision},
    {{"ks_stat", Task::binary, k_higher, IntervalMethod::basic_bootstrap, "[0, 1]",
      "largest gap of true and false positive rate over thresholds; its interval allows for its bias",
      "scipy: ks_2samp"},
     ks,
     k_one_class,
     Looks::at_distance},
    {{"lift@k", Task::binary, k_higher, k_bootstrap, "[0, 1/k]",
      "precision@k over the share of positive rows", k_border, "0.1"},
     lift_at_top,
     k_none_positive,
     Looks::at_the_top},
    {{"precision@k", Task::binary, k_higher, k_bootstrap, "[0, 1]",
      "share of positive rows among the k rows, or the share k of all rows, with the highest scores",
      k_border, "0.1"},
     precision_at_top,
     "",
     Looks::at_the_top},
    {{"recall@k", Task::binary, k_higher, k_bootstrap, "[0, 1]",
      "share of the positive rows that are among the k rows, or the share k of all rows, with the highest "
      "scores",
      k_border, "0.1"},
     recall_at_top,
     k_none_positive,
     Looks::at_the_top},
    {{"recall@fpr=q", Task::binary, k_higher, k_bootstrap, "[0, 1]",
      "highest recall at a false positive rate of at most q", k_border, "0.1"},
     recall_at_fpr,
     k_one_class,
     Looks::at_few_negatives},
}};

class RankingStatistic final : public Statistic {
public:
  RankingStatistic(const Rows& rows, std::span<const Wanted> wanted)
      : wanted_(wanted.begin(), wanted.end()), order_(rows.target, rows.scores) {
    for (const Wanted& one : wanted_) {
      add_aim(one, rows.size());
    }
  }

  void evaluate(RowWeights& weights, std::span<double> values) const override {
    const ScoreWalk walk(order_, weights, aims_);
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      values[i] = too_many_[i] > 0 ? k_undefined : k_table.at(wanted_[i].metric).value(walk, borders_[i]);
    }
  }

  [[nodiscard]] std::string why_undefined(std::size_t metric) const override {
    if (too_many_[metric] > 0) {
      return fmt::format("there are only {} rows", order_.size());
    }
    return std::string(k_table.at(wanted_[metric].metric).undefined_when);
  }

private:
  void add_aim(const Wanted& one, std::size_t rows) {
    const Looks looks = k_table.at(one.metric).looks;
    // k rows are the share k/n of the weight of all: the same part of each resample
    const bool is_count = looks == Looks::at_the_top && !one.parameter.is_share;
    const double share = is_count ? one.parameter.number / static_cast<double>(rows) : one.parameter.number;
    too_many_.push_back(is_count && share > 1.0 ? 1 : 0);
    aims_.wins = aims_.wins || looks == Looks::at_wins;
    aims_.precision_sum = aims_.precision_sum || looks == Looks::at_precision;
    aims_.widest = aims_.widest || looks == Looks::at_distance;
    borders_.push_back(looks == Looks::at_few_negatives ? aims_.fpr_shares.size() : aims_.top_shares.size());
    if (looks == Looks::at_the_top) {
      aims_.top_shares.push_back(share);
    } else if (looks == Looks::at_few_negatives) {
      aims_.fpr_shares.push_back(share);
    }
  }

  std::vector<Wanted> wanted_;
  ScoreOrder order_;
  WalkAims aims_;
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
