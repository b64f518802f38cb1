#include "metrics/score_walk.hpp"

#include "metrics/rows.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace mlp::metrics {
namespace {

// What is summed of a block stays in the nearest cache, and loops of a fixed length without a branch become
// vector instructions. A resample leaves out a third of the rows at random: a branch on that is guessed
// wrongly all the time.
constexpr std::size_t k_lanes = 4;

using BlockRows = std::array<double, k_score_block>;
using Sums = std::array<double, k_score_block + 1>; ///< before the first group, then at the end of each

/// Σ term(i) over a block, in four independent sums: none waits for the other.
template <typename Term> double sum_block(Term term) {
  BlockRows terms; // NOLINT: written before it is read; a loop of its own becomes vector instructions
  for (std::size_t i = 0; i < k_score_block; ++i) {
    terms[i] = term(i);
  }
  double first = 0.0;
  double second = 0.0;
  double third = 0.0;
  double fourth = 0.0;
  for (std::size_t i = 0; i < k_score_block; i += k_lanes) {
    first += terms[i];
    second += terms[i + 1];
    third += terms[i + 2];
    fourth += terms[i + 3];
  }
  return (first + second) + (third + fourth);
}

/// Running sums of a block of rows; only one addition in four waits for the one before it.
double run(const BlockRows& rows, double before, Sums& sums) {
  for (std::size_t i = 0; i < k_score_block; i += k_lanes) {
    const double two = rows[i] + rows[i + 1];
    const double three = two + rows[i + 2];
    const double four = three + rows[i + 3];
    sums[i + 1] = before + rows[i];
    sums[i + 2] = before + two;
    sums[i + 3] = before + three;
    before += four;
    sums[i + 4] = before;
  }
  return before;
}

/// What the walk has passed at the end of each group of a block; behind the last group it stays as it is, as
/// if groups without weight followed.
struct Passed {
  Sums positive{};
  Sums negative{};
  std::size_t groups = 0;
};

/// Takes the rows block by block.
class Passing {
public:
  [[nodiscard]] double all_positive() const { return running_positive_; }
  [[nodiscard]] double all_negative() const { return running_negative_; }

  void take(const double* weights, const double* members, std::size_t rows,
            std::span<const std::uint8_t> ends) {
    if (rows == k_score_block) {
      split(weights, members, k_score_block);
    } else {
      hits_.fill(0.0);
      misses_.fill(0.0);
      split(weights, members, rows);
    }
    const double positive = passed_.positive[passed_.groups];
    const double negative = passed_.negative[passed_.groups];
    running_positive_ = run(hits_, running_positive_, passed_.positive);
    running_negative_ = run(misses_, running_negative_, passed_.negative);
    passed_.positive[0] = positive;
    passed_.negative[0] = negative;
    passed_.groups = ends.size() == rows ? rows : keep_ends(ends);
  }

  [[nodiscard]] const Passed& passed() const { return passed_; }

private:
  void split(const double* weights, const double* members, std::size_t rows) {
    for (std::size_t i = 0; i < rows; ++i) {
      hits_[i] = weights[i] * members[i];
      misses_[i] = weights[i] - hits_[i];
    }
  }

  /// Sums at the last row of each group alone; in place, as no group ends before its own number.
  std::size_t keep_ends(std::span<const std::uint8_t> ends) {
    for (std::size_t group = 0; group < ends.size(); ++group) {
      passed_.positive[group + 1] = passed_.positive[ends[group] + std::size_t{1}];
      passed_.negative[group + 1] = passed_.negative[ends[group] + std::size_t{1}];
    }
    const auto behind = static_cast<std::ptrdiff_t>(ends.size()) + 1;
    std::fill(passed_.positive.begin() + behind, passed_.positive.end(), passed_.positive[ends.size()]);
    std::fill(passed_.negative.begin() + behind, passed_.negative.end(), passed_.negative[ends.size()]);
    return ends.size();
  }

  BlockRows hits_{};
  BlockRows misses_{};
  Passed passed_;
  double running_positive_ = 0.0; ///< with the rows of a group that does not end in its block
  double running_negative_ = 0.0;
};

/// The weights of a block in the order of the scores.
std::span<const double> weights_of_block(const ScoreOrder& order, RowWeights& weights, std::size_t begin,
                                         std::span<double> room) {
  if (order.order().empty()) {
    return weights.block(begin, room);
  }
  const std::span<const double> all = weights.all();
  std::ranges::transform(order.order().subspan(begin, room.size()), room.begin(),
                         [all](std::uint32_t row) { return all[row]; });
  return room;
}

/// Visits every block in the order of the scores.
template <typename Visit> Passing pass(const ScoreOrder& order, RowWeights& weights, Visit visit) {
  Passing passing;
  BlockRows room; // NOLINT: written before it is read
  for (std::size_t begin = 0; begin < order.size(); begin += k_score_block) {
    const std::size_t rows = std::min(k_score_block, order.size() - begin);
    const auto block = weights_of_block(order, weights, begin, std::span(room).first(rows));
    passing.take(block.data(), &order.positive()[begin], rows, order.ends_in_block(begin / k_score_block));
    visit(passing.passed());
  }
  return passing;
}

double wins_of(const Passed& passed) {
  return sum_block([&](std::size_t i) {
    return (passed.negative[i + 1] - passed.negative[i]) * 0.5 *
           (passed.positive[i] + passed.positive[i + 1]);
  });
}

double precision_sum_of(const Passed& passed) {
  constexpr double above_zero = std::numeric_limits<double>::min(); // 0/0, before the first weight, adds 0
  return sum_block([&](std::size_t i) {
    const double called = passed.positive[i + 1] + passed.negative[i + 1];
    return (passed.positive[i + 1] - passed.positive[i]) * passed.positive[i + 1] /
           (called > above_zero ? called : above_zero);
  });
}

double widest_of(const Passed& passed, double all_positive, double all_negative) {
  double widest = 0.0;
  for (std::size_t i = 1; i <= k_score_block; ++i) {
    widest =
        std::max(widest, std::abs(passed.positive[i] * all_negative - passed.negative[i] * all_positive));
  }
  return widest;
}

/// The group at the border counts in part, as if its ties were broken at random.
void look_at_top(const Passed& passed, WalkBorder& top) {
  for (std::size_t i = 0; i < passed.groups; ++i) {
    const double called = passed.positive[i] + passed.negative[i];
    const double group = passed.positive[i + 1] + passed.negative[i + 1] - called;
    if (group > 0.0 && called < top.size) {
      top.positive +=
          (passed.positive[i + 1] - passed.positive[i]) * std::min(1.0, (top.size - called) / group);
    }
  }
}

void look_at_negatives(const Passed& passed, WalkBorder& allowed) {
  for (std::size_t i = 0; i < passed.groups; ++i) {
    const double positive = passed.positive[i + 1] - passed.positive[i];
    const double negative = passed.negative[i + 1] - passed.negative[i];
    if (positive + negative > 0.0 && passed.negative[i] <= allowed.size) {
      const double room = allowed.size - passed.negative[i];
      allowed.positive = passed.positive[i] + (negative > room ? positive * room / negative : positive);
    }
  }
}

/// Blocks that lie on one side of the border need no look at their groups.
void look(const Passed& passed, std::vector<WalkBorder>& tops, std::vector<WalkBorder>& false_positives) {
  const double positive = passed.positive.back();
  const double negative = passed.negative.back();
  for (WalkBorder& top : tops) {
    if (positive + negative <= top.size) {
      top.positive = positive;
    } else if (passed.positive.front() + passed.negative.front() < top.size) {
      look_at_top(passed, top);
    }
  }
  for (WalkBorder& allowed : false_positives) {
    if (negative <= allowed.size) {
      allowed.positive = positive;
    } else if (passed.negative.front() <= allowed.size) {
      look_at_negatives(passed, allowed);
    }
  }
}

} // namespace

ScoreOrder::ScoreOrder(std::span<const double> target, std::span<const double> scores) : target_(target) {
  if (!std::ranges::is_sorted(scores, std::ranges::greater{})) {
    order_ = descending_order(scores);
    positive_ = gather(target, order_);
  }
  const auto score_at = [&](std::size_t place) { return scores[order_.empty() ? place : order_[place]]; };
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (i % k_score_block == 0) {
      first_ends_.push_back(ends_.size());
    }
    if (i + 1 == scores.size() || score_at(i) != score_at(i + 1)) {
      ends_.push_back(static_cast<std::uint8_t>(i % k_score_block));
    }
  }
  first_ends_.push_back(ends_.size());
  ends_.shrink_to_fit();
}

ScoreWalk::ScoreWalk(const ScoreOrder& order, RowWeights& weights, const WalkAims& aims) {
  const auto set_totals = [&](const Passing& passing) {
    all_positive = passing.all_positive();
    all_negative = passing.all_negative();
  };
  if (aims.widest || !aims.top_shares.empty() || !aims.fpr_shares.empty()) {
    set_totals(pass(order, weights, [](const Passed&) {})); // needed on the way
  }
  for (const double share : aims.top_shares) {
    tops.push_back({share * (all_positive + all_negative)});
  }
  for (const double share : aims.fpr_shares) {
    false_positives.push_back({share * all_negative});
  }
  set_totals(pass(order, weights, [&](const Passed& passed) {
    wins += aims.wins ? wins_of(passed) : 0.0;
    precision_sum += aims.precision_sum ? precision_sum_of(passed) : 0.0;
    widest = aims.widest ? std::max(widest, widest_of(passed, all_positive, all_negative)) : 0.0;
    look(passed, tops, false_positives);
  }));
}

} // namespace mlp::metrics
