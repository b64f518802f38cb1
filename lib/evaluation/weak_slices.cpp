#include "evaluation/weak_slices.hpp"

#include "base/random.hpp"
#include "evaluation/grouping.hpp"
#include "evaluation/loss_units.hpp"
#include "metrics/distributions.hpp"
#include "metrics/multiple_tests.hpp"
#include "os/threads.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string_view>

namespace mlp::evaluation {
namespace {

constexpr std::size_t k_most_rows = 200'000;
constexpr std::size_t k_most_crossed = 30;
constexpr std::size_t k_most_found = 10;
constexpr std::size_t k_most_compared = 200; ///< of the best candidates, for overlap
constexpr double k_min_rows = 50;
constexpr double k_min_share = 0.01;
constexpr double k_same_rows = 0.5;          ///< Jaccard
constexpr std::uint64_t k_stream = 0x77656b; ///< of the random numbers that halve the rows

/// Loss per row summed over a slice; weights count as so many rows.
struct Sums {
  double n = 0.0;
  double loss = 0.0;
  double squares = 0.0;

  void add(double value, double weight) {
    n += weight;
    loss += weight * value;
    squares += weight * value * value;
  }
  [[nodiscard]] Sums without(const Sums& part) const {
    return {n - part.n, loss - part.loss, squares - part.squares};
  }
  [[nodiscard]] double mean() const { return loss / n; }
  /// Of the mean.
  [[nodiscard]] double variance() const {
    return std::max(0.0, squares / n - mean() * mean()) / std::max(1.0, n - 1.0);
  }
};

/// Welch's test of a slice against the other rows.
struct Contrast {
  double difference = 0.0;
  double t = 0.0;
  double p_value = 1.0;
};

Contrast contrast_of(const Sums& slice, const Sums& all) {
  const Sums rest = all.without(slice);
  Contrast contrast;
  if (!(slice.n >= 2.0) || !(rest.n >= 2.0)) {
    return contrast;
  }
  contrast.difference = slice.mean() - rest.mean();
  const double a = slice.variance();
  const double b = rest.variance();
  if (!(a + b > 0.0)) {
    return contrast;
  }
  contrast.t = contrast.difference / std::sqrt(a + b);
  const double degrees = (a + b) * (a + b) / (a * a / (slice.n - 1.0) + b * b / (rest.n - 1.0));
  contrast.p_value = metrics::student_cdf(-contrast.t, degrees);
  return contrast;
}

struct Dimension {
  std::string column;
  Grouping grouping;
  std::vector<Sums> sums; ///< [groups] in the searched half
  double best = 0.0;      ///< the largest t of its groups
};

struct Candidate {
  std::array<std::size_t, 2> dimension{};
  std::array<std::size_t, 2> group{};
  std::size_t depth = 1;
  double t = 0.0;
  double difference = 0.0;
  double n = 0.0;
};

class Search {
public:
  Search(const Scored& scored, const dataset::Table& table, const std::vector<std::uint32_t>& rows,
         const config::Project& project, const Effort& effort)
      : effort_(effort), alpha_(1.0 - project.evaluation.confidence) {
    const std::vector<LossUnit> units = loss_units(scored, rows);
    const std::size_t step = (units.size() + k_most_rows - 1) / k_most_rows;
    for (std::size_t i = 0; i < units.size(); i += std::max<std::size_t>(1, step)) {
      rows_.push_back(units[i].row);
      losses_.push_back(units[i].loss);
      weights_.push_back(units[i].weight);
      const auto seed = static_cast<std::uint64_t>(project.evaluation.seed);
      searched_.push_back((random_bits(seed, k_stream, units[i].row) & 1U) == 0);
    }
    unit_ = scored.task == Task::ranking ? "queries" : "rows";
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      (searched_[i] ? all_searched_ : all_confirming_).add(losses_[i], weights_[i]);
    }
    for (const std::string& name : searched_columns(scored, table, rows, project)) {
      dimensions_.push_back({name, group_by(table.column(name), rows_, bins_of(project, name)), {}});
    }
  }

  WeakSlices run() {
    WeakSlices found;
    if (std::min(all_searched_.n, all_confirming_.n) < 2 * k_min_rows) {
      found.why = fmt::format("too few {}: each half needs {}", unit_, 2 * k_min_rows);
      return found;
    }
    search_single();
    search_pairs();
    found.candidates = considered_;
    for (const Candidate& candidate : distinct()) {
      found.slices.push_back(confirm(candidate));
    }
    std::vector<double> p_values;
    for (const WeakSlice& slice : found.slices) {
      p_values.push_back(slice.p_value);
    }
    const auto adjusted = metrics::benjamini_hochberg(p_values);
    for (std::size_t i = 0; i < adjusted.size(); ++i) {
      found.slices[i].q_value = adjusted[i];
      found.slices[i].confirmed = adjusted[i] <= alpha_;
    }
    return found;
  }

private:
  static std::optional<int> bins_of(const config::Project& project, const std::string& name) {
    for (const config::SliceConfig& slice : project.evaluation.slices) {
      if (slice.columns == std::vector<std::string>{name}) {
        return slice.bins;
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] bool large_enough(double n) const {
    const double least = std::max(k_min_rows, k_min_share * all_searched_.n);
    return n >= least && all_searched_.n - n >= least;
  }

  void search_single() {
    os::parallel_for(dimensions_.size(), effort_.threads, [this](std::size_t d) {
      Dimension& dimension = dimensions_[d];
      dimension.sums.resize(dimension.grouping.labels.size());
      for (std::size_t i = 0; i < rows_.size(); ++i) {
        if (searched_[i]) {
          dimension.sums[dimension.grouping.group[i]].add(losses_[i], weights_[i]);
        }
      }
    });
    for (std::size_t d = 0; d < dimensions_.size(); ++d) {
      for (std::size_t group = 0; group < dimensions_[d].sums.size(); ++group) {
        const Sums& sums = dimensions_[d].sums[group];
        if (dimensions_[d].grouping.others == group || !large_enough(sums.n)) {
          continue;
        }
        ++considered_;
        const Contrast contrast = contrast_of(sums, all_searched_);
        dimensions_[d].best = std::max(dimensions_[d].best, std::abs(contrast.t));
        if (contrast.t > 0.0) {
          candidates_.push_back({{d, d}, {group, group}, 1, contrast.t, contrast.difference, sums.n});
        }
      }
    }
  }

  /// Pairs of the columns that matter most by themselves.
  [[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>> pairs() const {
    std::vector<double> strengths;
    for (const Dimension& dimension : dimensions_) {
      strengths.push_back(-dimension.best);
    }
    std::vector<std::size_t> order(dimensions_.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
      order[i] = i;
    }
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return strengths[a] < strengths[b]; });
    order.resize(std::min(order.size(), k_most_crossed));
    std::sort(order.begin(), order.end());
    std::vector<std::pair<std::size_t, std::size_t>> result;
    for (std::size_t i = 0; i < order.size(); ++i) {
      for (std::size_t j = i + 1; j < order.size(); ++j) {
        result.emplace_back(order[i], order[j]);
      }
    }
    return result;
  }

  void search_pairs() {
    const auto crossed = pairs();
    std::vector<std::vector<Candidate>> found(crossed.size());
    std::vector<std::int64_t> considered(crossed.size(), 0);
    os::parallel_for(crossed.size(), effort_.threads, [&](std::size_t i) {
      if (effort_.interrupt != nullptr) {
        effort_.interrupt->check();
      }
      found[i] = candidates_of(crossed[i].first, crossed[i].second, considered[i]);
    });
    for (std::size_t i = 0; i < found.size(); ++i) {
      candidates_.insert(candidates_.end(), found[i].begin(), found[i].end());
      considered_ += considered[i];
    }
  }

  [[nodiscard]] std::vector<Candidate> candidates_of(std::size_t first, std::size_t second,
                                                     std::int64_t& considered) const {
    const Grouping& a = dimensions_[first].grouping;
    const Grouping& b = dimensions_[second].grouping;
    const std::size_t width = b.labels.size();
    std::vector<Sums> sums(a.labels.size() * width);
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (searched_[i]) {
        sums[a.group[i] * width + b.group[i]].add(losses_[i], weights_[i]);
      }
    }
    std::vector<Candidate> result;
    for (std::size_t cell = 0; cell < sums.size(); ++cell) {
      const std::size_t i = cell / width;
      const std::size_t j = cell % width;
      if (a.others == i || b.others == j || !large_enough(sums[cell].n)) {
        continue;
      }
      ++considered;
      const double parents = std::max(dimensions_[first].sums[i].mean(), dimensions_[second].sums[j].mean());
      const Contrast contrast = contrast_of(sums[cell], all_searched_);
      if (contrast.t > 0.0 && sums[cell].mean() > parents) {
        result.push_back({{first, second}, {i, j}, 2, contrast.t, contrast.difference, sums[cell].n});
      }
    }
    return result;
  }

  [[nodiscard]] bool holds(const Candidate& candidate, std::size_t row) const {
    return dimensions_[candidate.dimension[0]].grouping.group[row] == candidate.group[0] &&
           dimensions_[candidate.dimension[1]].grouping.group[row] == candidate.group[1];
  }

  [[nodiscard]] bool mostly_same(const Candidate& one, const Candidate& other) const {
    double both = 0.0;
    double either = 0.0;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const bool first = searched_[i] && holds(one, i);
      const bool second = searched_[i] && holds(other, i);
      both += first && second ? 1.0 : 0.0;
      either += first || second ? 1.0 : 0.0;
    }
    return both > k_same_rows * either;
  }

  /// The most striking candidates that are not the same rows under another name.
  std::vector<Candidate> distinct() {
    std::stable_sort(candidates_.begin(), candidates_.end(),
                     [](const Candidate& a, const Candidate& b) { return a.t > b.t; });
    candidates_.resize(std::min(candidates_.size(), k_most_compared));
    std::vector<Candidate> kept;
    for (const Candidate& candidate : candidates_) {
      const bool known = std::any_of(kept.begin(), kept.end(),
                                     [&](const Candidate& other) { return mostly_same(candidate, other); });
      if (!known) {
        kept.push_back(candidate);
      }
      if (kept.size() == k_most_found) {
        break;
      }
    }
    return kept;
  }

  [[nodiscard]] WeakSlice confirm(const Candidate& candidate) const {
    WeakSlice slice;
    for (std::size_t k = 0; k < candidate.depth; ++k) {
      const Dimension& dimension = dimensions_[candidate.dimension.at(k)];
      slice.label += fmt::format("{}{}={}", k > 0 ? " & " : "", dimension.column,
                                 dimension.grouping.labels[candidate.group.at(k)]);
      slice.columns.push_back(dimension.column);
    }
    Sums sums;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (holds(candidate, i)) {
        slice.searched_n += searched_[i] ? 1 : 0;
        slice.n += searched_[i] ? 0 : 1;
        if (!searched_[i]) {
          sums.add(losses_[i], weights_[i]);
        }
      }
    }
    slice.searched_difference = candidate.difference;
    const Contrast contrast = contrast_of(sums, all_confirming_);
    slice.loss = slice.n > 0 ? sums.mean() : 0.0;
    slice.difference = contrast.difference;
    slice.p_value = contrast.p_value;
    return slice;
  }

  Effort effort_;
  double alpha_;
  std::string_view unit_; ///< what is searched
  std::vector<std::uint32_t> rows_;
  std::vector<double> losses_;
  std::vector<double> weights_;
  std::vector<bool> searched_;
  Sums all_searched_;
  Sums all_confirming_;
  std::vector<Dimension> dimensions_;
  std::vector<Candidate> candidates_;
  std::int64_t considered_ = 0;
};

} // namespace

WeakSlices find_weak_slices(const Scored& scored, const dataset::Table& table,
                            const std::vector<std::uint32_t>& rows, const config::Project& project,
                            const Effort& effort) {
  WeakSlices found = Search(scored, table, rows, project, effort).run();
  found.loss = has_classes(scored.task) ? "log_loss" : scored.task == Task::regression ? "mse" : "1 - ndcg";
  return found;
}

Json to_json(const WeakSlices& found) {
  Json slices = Json::array();
  for (const WeakSlice& slice : found.slices) {
    slices.push_back(Json::object({{"slice", slice.label},
                                   {"slice_columns", Json(slice.columns)},
                                   {"searched_n", slice.searched_n},
                                   {"searched_difference", slice.searched_difference},
                                   {"n", slice.n},
                                   {"loss", slice.loss},
                                   {"difference", slice.difference},
                                   {"p", slice.p_value},
                                   {"q", slice.q_value},
                                   {"confirmed", slice.confirmed}}));
  }
  return Json::object({{"loss", found.loss},
                       {"candidates", found.candidates},
                       {"slices", std::move(slices)},
                       {"why", found.why}});
}

} // namespace mlp::evaluation
