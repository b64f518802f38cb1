#include "evaluation/group_links.hpp"

#include "base/random.hpp"
#include "metrics/delong.hpp"
#include "metrics/distributions.hpp"
#include "metrics/multiple_tests.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mlp::evaluation {
namespace {

constexpr std::size_t k_most_tells = 10;
constexpr std::uint64_t k_permutations = 200;
constexpr std::uint64_t k_seed = 29;

double correlation(const std::vector<double>& a, const std::vector<double>& b) {
  const auto n = static_cast<double>(a.size());
  const double mean_a = std::accumulate(a.begin(), a.end(), 0.0) / n;
  const double mean_b = std::accumulate(b.begin(), b.end(), 0.0) / n;
  double ab = 0.0;
  double aa = 0.0;
  double bb = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    ab += (a[i] - mean_a) * (b[i] - mean_b);
    aa += (a[i] - mean_a) * (a[i] - mean_a);
    bb += (b[i] - mean_b) * (b[i] - mean_b);
  }
  return ab / std::sqrt(aa * bb); // NaN where one does not vary
}

bool is_judged(const Slice& group, const Eligibility& eligibility) {
  return static_cast<std::int64_t>(group.at.size()) >= eligibility.rows;
}

std::vector<double> sorted_predictions(const Scored& scored, const Slice& group) {
  std::vector<double> values;
  for (const std::uint32_t i : group.at) {
    values.push_back(scored.model[i]);
  }
  std::ranges::sort(values);
  return values;
}

/// Two-sample Kolmogorov-Smirnov distance of sorted values.
double ks_distance(const std::vector<double>& a, const std::vector<double>& b) {
  double distance = 0.0;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() && j < b.size()) {
    const double value = std::min(a[i], b[j]);
    while (i < a.size() && a[i] <= value) {
      ++i;
    }
    while (j < b.size() && b[j] <= value) {
      ++j;
    }
    distance = std::max(distance, std::abs(static_cast<double>(i) / static_cast<double>(a.size()) -
                                           static_cast<double>(j) / static_cast<double>(b.size())));
  }
  return distance;
}

double ks_p_value(double distance, std::size_t n, std::size_t m) {
  const double root = std::sqrt(static_cast<double>(n) * static_cast<double>(m) / static_cast<double>(n + m));
  const double lambda = (root + 0.12 + 0.11 / root) * distance;
  if (lambda < 0.2) { // the series does not converge there, and is 1 to 12 digits
    return 1.0;
  }
  double sum = 0.0;
  for (int j = 1; j <= 100; ++j) {
    sum += (j % 2 == 1 ? 2.0 : -2.0) * std::exp(-2.0 * j * j * lambda * lambda);
  }
  return std::clamp(sum, 0.0, 1.0);
}

/// Each row's share of members among rows of its value in the other half, drawn towards the share of all.
std::vector<double> category_scores(const dataset::Column& column, const std::vector<std::uint32_t>& rows,
                                    const std::vector<bool>& member) {
  struct Count {
    double rows = 0.0;
    double members = 0.0;
  };
  const auto half_of = [](std::uint32_t row) { return random_bits(k_seed, 0, row) & 1U; };
  std::vector<Count> counts(2 * (column.categories.size() + 1));
  const auto at = [&](std::uint32_t row, std::uint64_t half) -> Count& {
    return counts[2 * static_cast<std::size_t>(column.codes[row] + 1) + half];
  };
  double members = 0.0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    Count& count = at(rows[i], half_of(rows[i]));
    count.rows += 1.0;
    count.members += member[i] ? 1.0 : 0.0;
    members += member[i] ? 1.0 : 0.0;
  }
  const double share = members / static_cast<double>(rows.size());
  std::vector<double> scores;
  for (const std::uint32_t row : rows) {
    const Count& other = at(row, 1 - half_of(row));
    scores.push_back((other.members + share) / (other.rows + 1.0));
  }
  return scores;
}

/// 0.5 where one side is empty.
double auc_or_half(const std::vector<double>& target, const std::vector<double>& scores) {
  const auto positive = std::ranges::count(target, 1.0);
  const bool both = positive > 0 && positive < static_cast<std::ptrdiff_t>(target.size());
  return both ? metrics::auc_of(metrics::placements(target, scores)) : 0.5;
}

double tell_of(const dataset::Column& column, const std::vector<std::uint32_t>& rows,
               const std::vector<bool>& member) {
  if (!column.is_numeric()) {
    std::vector<double> target;
    for (const bool is_member : member) {
      target.push_back(is_member ? 1.0 : 0.0);
    }
    return std::max(0.5, auc_or_half(target, category_scores(column, rows, member)));
  }
  std::vector<double> target;
  std::vector<double> scores;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!column.missing(rows[i])) {
      target.push_back(member[i] ? 1.0 : 0.0);
      scores.push_back(column.numbers[rows[i]]);
    }
  }
  const double auc = auc_or_half(target, scores);
  return std::max(auc, 1.0 - auc);
}

/// Mid-ranks of one group's probabilities over all rows: an AUC is then a sum over its members.
std::vector<double> mid_ranks(const std::vector<double>& probabilities, std::size_t count,
                              std::size_t column) {
  const std::size_t rows = probabilities.size() / count;
  std::vector<std::size_t> order(rows);
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto value = [&](std::size_t row) { return probabilities[row * count + column]; };
  std::ranges::sort(order, {}, value);
  std::vector<double> ranks(rows);
  for (std::size_t first = 0; first < rows;) {
    std::size_t end = first;
    while (end < rows && value(order[end]) == value(order[first])) {
      ++end;
    }
    for (std::size_t i = first; i < end; ++i) {
      ranks[order[i]] = 0.5 * static_cast<double>(first + 1 + end);
    }
    first = end;
  }
  return ranks;
}

double best_auc_of(const std::vector<std::size_t>& group, const std::vector<std::vector<double>>& ranks) {
  std::vector<double> sums(ranks.size(), 0.0);
  std::vector<double> sizes(ranks.size(), 0.0);
  for (std::size_t row = 0; row < group.size(); ++row) {
    sums[group[row]] += ranks[group[row]][row];
    sizes[group[row]] += 1.0;
  }
  double best = 0.0;
  for (std::size_t g = 0; g < ranks.size(); ++g) {
    const double others = static_cast<double>(group.size()) - sizes[g];
    if (sizes[g] > 0.0 && others > 0.0) {
      best = std::max(best, (sums[g] - 0.5 * sizes[g] * (sizes[g] + 1.0)) / (sizes[g] * others));
    }
  }
  return best;
}

} // namespace

std::optional<ScoreLink> score_link(const Scored& scored, const std::vector<Slice>& groups,
                                    const Eligibility& eligibility, double level) {
  const bool is_one_number = scored.task == Task::binary || scored.task == Task::regression;
  if (!is_one_number || scored.target.size() < 5) {
    return std::nullopt;
  }
  const double score_target = correlation(scored.model, scored.target);
  std::optional<ScoreLink> strongest;
  for (const Slice& group : groups) {
    if (!is_judged(group, eligibility)) {
      continue;
    }
    std::vector<double> member(scored.target.size(), 0.0);
    for (const std::uint32_t i : group.at) {
      member[i] = 1.0;
    }
    const double member_target = correlation(member, scored.target);
    const double partial =
        (correlation(scored.model, member) - score_target * member_target) /
        std::sqrt((1.0 - score_target * score_target) * (1.0 - member_target * member_target));
    if (!std::isfinite(partial) || (strongest && std::abs(partial) <= std::abs(strongest->correlation))) {
      continue;
    }
    const double z = std::atanh(std::clamp(partial, -1.0, 1.0));
    const double half = metrics::normal_quantile(0.5 + 0.5 * level) /
                        std::sqrt(static_cast<double>(scored.target.size()) - 4.0);
    strongest = ScoreLink{group.label, partial, std::tanh(z - half), std::tanh(z + half),
                          static_cast<std::int64_t>(scored.target.size())};
  }
  return strongest;
}

std::optional<MissingnessGap> missingness_gap(const dataset::Table& table,
                                              const std::vector<std::uint32_t>& rows,
                                              const std::vector<Slice>& groups,
                                              const std::vector<std::string>& features,
                                              const Eligibility& eligibility) {
  std::optional<MissingnessGap> largest;
  for (const std::string& name : features) {
    const dataset::Column& column = table.column(name);
    std::optional<std::pair<double, std::string>> least;
    std::optional<std::pair<double, std::string>> most;
    for (const Slice& group : groups) {
      if (!is_judged(group, eligibility)) {
        continue;
      }
      const auto missing = std::ranges::count_if(
          group.at, [&](std::uint32_t position) { return column.missing(rows[position]); });
      const double share = static_cast<double>(missing) / static_cast<double>(group.at.size());
      if (!least || share < least->first) {
        least = {share, group.label};
      }
      if (!most || share > most->first) {
        most = {share, group.label};
      }
    }
    if (most && most->first > 0.0 && (!largest || most->first - least->first > largest->value)) {
      largest = MissingnessGap{name, most->first - least->first, least->second, most->second};
    }
  }
  return largest;
}

std::vector<DistributionGap> distribution_gaps(const Scored& scored, const std::vector<Slice>& groups,
                                               const Eligibility& eligibility) {
  std::vector<DistributionGap> gaps;
  const Slice* reference = nullptr;
  for (const Slice& group : groups) {
    if (is_judged(group, eligibility) && (reference == nullptr || group.at.size() > reference->at.size())) {
      reference = &group;
    }
  }
  if (scored.task != Task::regression || reference == nullptr) {
    return gaps;
  }
  const auto of_reference = sorted_predictions(scored, *reference);
  std::vector<double> p_values;
  for (const Slice& group : groups) {
    if (&group == reference || !is_judged(group, eligibility)) {
      continue;
    }
    const auto of_group = sorted_predictions(scored, group);
    const double distance = ks_distance(of_group, of_reference);
    p_values.push_back(ks_p_value(distance, of_group.size(), of_reference.size()));
    gaps.push_back({group.label, reference->label, distance, p_values.back(), 1.0});
  }
  const auto adjusted = metrics::holm(p_values);
  for (std::size_t i = 0; i < gaps.size(); ++i) {
    gaps[i].p_holm = adjusted[i];
  }
  return gaps;
}

std::vector<FeatureTell> single_feature_tells(const dataset::Table& table,
                                              const std::vector<std::uint32_t>& rows,
                                              const std::vector<bool>& member,
                                              const std::vector<std::string>& features) {
  std::vector<FeatureTell> tells;
  for (const std::string& name : features) {
    tells.push_back({name, tell_of(table.column(name), rows, member)});
  }
  std::ranges::stable_sort(tells, std::ranges::greater{}, &FeatureTell::auc);
  tells.resize(std::min(tells.size(), k_most_tells));
  return tells;
}

double permutation_p(const std::vector<std::size_t>& group, const std::vector<double>& probabilities,
                     std::size_t count, double best_auc) {
  std::vector<std::vector<double>> ranks;
  for (std::size_t g = 0; g < count; ++g) {
    ranks.push_back(mid_ranks(probabilities, count, g));
  }
  std::vector<std::size_t> dealt = group;
  std::uint64_t as_high = 0;
  for (std::uint64_t permutation = 0; permutation < k_permutations; ++permutation) {
    for (std::size_t i = dealt.size(); i > 1; --i) { // Fisher-Yates
      std::swap(dealt[i - 1], dealt[random_below(i, k_seed, permutation + 1, i)]);
    }
    as_high += best_auc_of(dealt, ranks) >= best_auc ? 1U : 0U;
  }
  return static_cast<double>(as_high + 1) / static_cast<double>(k_permutations + 1);
}

} // namespace mlp::evaluation
