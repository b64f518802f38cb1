#include "metrics/comparison.hpp"

#include "base/error.hpp"
#include "metrics/bootstrap.hpp"
#include "metrics/delong.hpp"
#include "metrics/distributions.hpp"
#include "metrics/mcnemar.hpp"
#include "metrics/queries.hpp"
#include "metrics/registry.hpp"
#include "metrics/resampling.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace mlp::metrics {
namespace {

constexpr std::int64_t k_exact_below_discordant = 25;

double sign_of(const MetricInfo& info) {
  if (info.direction == Direction::neither) {
    throw Error(ErrorCode::input, "cannot compare two models by '{}': neither higher nor lower is better",
                info.name)
        .hint("judge it by `min` and `max` instead");
  }
  return info.direction == Direction::higher_is_better ? 1.0 : -1.0;
}

double evaluate(const PreparedFamily& family, RowWeights& weights) {
  double value = k_undefined;
  family.statistic->evaluate(weights, std::span(&value, 1));
  return value;
}

/// Both models, their rows in one order, and the metric prepared on each. Stays where it was made: what is
/// prepared refers to the rows.
struct Contest {
  Contest(std::string_view metric, std::vector<Rows> rows)
      : candidate(std::move(rows[0])), champion(std::move(rows[1])),
        of_candidate(prepare_one(metric, candidate)), of_champion(prepare_one(metric, champion)),
        method(of_candidate.infos.front()->interval), sign(sign_of(*of_candidate.infos.front())) {}
  Contest(const Contest&) = delete;
  Contest& operator=(const Contest&) = delete;

  Rows candidate;
  Rows champion;
  PreparedFamily of_candidate;
  PreparedFamily of_champion;
  IntervalMethod method;
  double sign; ///< −1 where lower is better
};

double difference_of(const Contest& contest, RowWeights& weights) {
  return contest.sign * (evaluate(contest.of_candidate, weights) - evaluate(contest.of_champion, weights));
}

/// The metric of each row for both models, and which rows both have.
struct RowPairs {
  std::vector<double> candidate;
  std::vector<double> champion;
  bool comparable = false; ///< there are such values, and both models' denominators hold the same rows
  bool binary = true;      ///< all of them are 0 or 1
  std::int64_t rows = 0;   ///< in the denominator
};

RowPairs row_pairs(const Contest& contest) {
  RowPairs pairs{contest.of_candidate.statistic->row_values(0), contest.of_champion.statistic->row_values(0)};
  pairs.comparable = !pairs.candidate.empty();
  const auto is_binary = [](double v) { return v == 0.0 || v == 1.0; };
  for (std::size_t row = 0; row < pairs.candidate.size(); ++row) {
    const bool outside = std::isnan(pairs.candidate[row]);
    if (outside != std::isnan(pairs.champion[row])) {
      pairs.comparable = false;
    } else if (!outside) {
      ++pairs.rows;
      pairs.binary = pairs.binary && is_binary(pairs.candidate[row]) && is_binary(pairs.champion[row]);
    }
  }
  return pairs;
}

/// Two-sided p of an estimate that is 0 under the hypothesis; a spread of 0 leaves no doubt.
template <typename Cdf> double two_sided(double delta, double standard_error, Cdf cdf) {
  if (standard_error == 0.0) {
    return delta == 0.0 ? 1.0 : 0.0;
  }
  return 2.0 * cdf(-std::abs(delta) / standard_error);
}

void by_mcnemar(Difference& difference, const RowPairs& pairs, double sign, double alpha) {
  PairedCounts counts;
  for (std::size_t row = 0; row < pairs.candidate.size(); ++row) {
    if (std::isnan(pairs.candidate[row])) {
      continue;
    }
    const bool first = (pairs.candidate[row] == 1.0) == (sign > 0.0);
    const bool second = (pairs.champion[row] == 1.0) == (sign > 0.0);
    ++(first ? (second ? counts.both_right : counts.first_only)
             : (second ? counts.second_only : counts.both_wrong));
  }
  const bool exact = counts.discordant() < k_exact_below_discordant;
  difference.method = exact ? "mcnemar_exact" : "mcnemar_midp";
  difference.p_value = exact ? mcnemar_exact(counts) : mcnemar_midp(counts);
  const Interval interval = newcombe_paired_interval(counts, 1.0 - 2.0 * alpha);
  difference.lower = interval.lower;
  difference.upper = interval.upper;
  const auto n = static_cast<double>(counts.rows());
  const double discordance = static_cast<double>(counts.discordant()) / n;
  const double delta = static_cast<double>(counts.first_only - counts.second_only) / n;
  difference.standard_error = std::sqrt((discordance - delta * delta) / n);
}

void by_delong(Difference& difference, const Contest& contest, double alpha) {
  const auto candidate = placements(contest.candidate.target, contest.candidate.scores);
  const auto champion = placements(contest.champion.target, contest.champion.scores);
  difference.method = "delong_paired";
  if (std::min(candidate.positive.size(), candidate.negative.size()) < 2) {
    difference.status = Status::insufficient;
    difference.why = "a class has only one row: an interval needs two";
    return;
  }
  difference.standard_error = std::sqrt(delong_variance(candidate, champion));
  difference.p_value = two_sided(difference.delta, difference.standard_error, normal_cdf);
  const double half = normal_quantile(1.0 - alpha) * difference.standard_error;
  difference.lower = std::max(-1.0, difference.delta - half);
  difference.upper = std::min(1.0, difference.delta + half);
}

void by_paired_t(Difference& difference, const RowPairs& pairs, const Contest& contest, double alpha) {
  std::vector<double> differences(pairs.candidate.size());
  std::ranges::transform(pairs.candidate, pairs.champion, differences.begin(),
                         [&](double a, double b) { return contest.sign * (a - b); });
  const MeanEstimate estimate = estimate_mean(differences, contest.candidate.weights);
  difference.method = "paired_t";
  if (estimate.effective_rows < 2.0) {
    difference.status = Status::insufficient;
    difference.why = "the weights leave fewer than two effective rows";
    return;
  }
  difference.standard_error = estimate.standard_error;
  const double degrees = estimate.effective_rows - 1.0;
  difference.p_value = two_sided(difference.delta, difference.standard_error,
                                 [degrees](double t) { return student_cdf(t, degrees); });
  const Interval interval = mean_interval(estimate, 1.0 - 2.0 * alpha);
  difference.lower = interval.lower;
  difference.upper = interval.upper;
}

/// Two-sided: twice the smaller share of resamples on either side of 0, no difference counting on both.
double bootstrap_p(std::span<const double> deltas) {
  const auto below = std::ranges::count_if(deltas, [](double d) { return d <= 0.0; });
  const auto above = std::ranges::count_if(deltas, [](double d) { return d >= 0.0; });
  const auto fewer = static_cast<double>(std::min(below, above) + 1);
  return std::min(1.0, 2.0 * fewer / static_cast<double>(deltas.size() + 1));
}

double standard_deviation(std::span<const double> values) {
  return estimate_mean(values, {}).standard_error * std::sqrt(static_cast<double>(values.size()));
}

std::string_view bootstrap_name(Dependence dependence) {
  return dependence == Dependence::none       ? "paired_bootstrap"
         : dependence == Dependence::clusters ? "paired_cluster_bootstrap"
                                              : "paired_block_bootstrap";
}

void by_bootstrap(Difference& difference, const Contest& contest, double alpha,
                  const IntervalOptions& options) {
  if (contest.candidate.dependence == Dependence::clusters && contest.candidate.groups < 2) {
    difference.status = Status::insufficient; // each resample would be the same: as if there were no doubt
    difference.why = "there is only one cluster: an interval needs two";
    return;
  }
  const auto delta = [&](RowWeights& weights, std::span<double> values) {
    values[0] = difference_of(contest, weights);
  };
  const Replicates replicates = bootstrap(contest.candidate, 1, delta, options);
  const auto interval = percentile_interval(replicates, 0, 1.0 - 2.0 * alpha);
  difference.method = bootstrap_name(contest.candidate.dependence);
  if (!interval || contest.candidate.size() < 2) {
    difference.status = Status::insufficient;
    difference.why =
        interval ? "there is only one row: an interval needs two" : why_no_interval(replicates, 0);
    return;
  }
  const auto deltas = replicates.defined(0);
  difference.lower = interval->lower;
  difference.upper = interval->upper;
  difference.p_value = bootstrap_p(deltas);
  difference.standard_error = standard_deviation(deltas);
}

/// The values of both, or why there is nothing to compare.
void set_values(Difference& difference, const Contest& contest) {
  RowWeights weights(contest.candidate); // the champion's, too
  const double candidate = evaluate(contest.of_candidate, weights);
  const double champion = evaluate(contest.of_champion, weights);
  if (std::isfinite(candidate)) {
    difference.candidate = candidate;
  }
  if (std::isfinite(champion)) {
    difference.champion = champion;
  }
  if (difference.candidate && difference.champion) {
    difference.delta = contest.sign * (candidate - champion);
    return;
  }
  difference.status = Status::undefined;
  const bool is_champion = difference.candidate.has_value();
  const PreparedFamily& undefined = is_champion ? contest.of_champion : contest.of_candidate;
  difference.why = fmt::format("the {}'s {} is undefined: {}", is_champion ? "champion" : "candidate",
                               difference.metric, undefined.statistic->why_undefined(0));
}

void judge(Difference& difference, const Contest& contest, double alpha, const IntervalOptions& options) {
  if (contest.candidate.dependence != Dependence::none) { // the others take rows for independent
    by_bootstrap(difference, contest, alpha, options);
    return;
  }
  const bool equal_weights = contest.candidate.weights.empty();
  if (contest.method == IntervalMethod::delong && equal_weights) {
    by_delong(difference, contest, alpha);
    return;
  }
  const RowPairs pairs = row_pairs(contest);
  if (pairs.comparable) {
    difference.n = pairs.rows;
  }
  if (pairs.comparable && contest.method == IntervalMethod::wilson && pairs.binary && equal_weights) {
    by_mcnemar(difference, pairs, contest.sign, alpha);
  } else if (pairs.comparable && contest.candidate.size() >= k_normal_min_rows) {
    by_paired_t(difference, pairs, contest, alpha);
  } else {
    by_bootstrap(difference, contest, alpha, options);
  }
}

} // namespace

Difference compare(std::string_view metric, const Sample& candidate, const Sample& champion, double alpha,
                   const IntervalOptions& options) {
  if (!(alpha > 0.0 && alpha < 0.5)) {
    throw Error(ErrorCode::input, "cannot compare at alpha {}: it must lie between 0 and 0.5", alpha)
        .hint("set `defaults: {alpha: 0.05}` in policy.yaml");
  }
  const Contest contest(metric, canonical_together(std::array{candidate, champion}));
  Difference difference;
  difference.metric = std::string(metric);
  difference.n = count_units(contest.candidate);
  set_values(difference, contest);
  if (difference.status == Status::ok) {
    judge(difference, contest, alpha, options);
  }
  return difference;
}

struct MetricPair::Impl {
  Contest contest;
};

MetricPair::MetricPair(std::string_view metric, const Sample& first, const Sample& second)
    : impl_(new Impl{{metric, canonical_together(std::array{first, second})}}) {}

MetricPair::~MetricPair() = default;

double MetricPair::difference() const {
  RowWeights weights(impl_->contest.candidate);
  return difference_of(impl_->contest, weights);
}

double MetricPair::resampled(std::uint64_t seed, std::uint64_t replicate) const {
  Resampler resampler(impl_->contest.candidate);
  RowWeights weights(impl_->contest.candidate);
  weights.draw(resampler.draw(seed, replicate));
  return difference_of(impl_->contest, weights);
}

} // namespace mlp::metrics
