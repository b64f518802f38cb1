#include "metrics/metric.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace mlp::metrics {
namespace {

template <typename Values, typename Accept> std::size_t count_refused(const Values& values, Accept accept) {
  return static_cast<std::size_t>(std::ranges::count_if(values, [&](double v) { return !accept(v); }));
}

void require(std::size_t refused, std::size_t of, std::string_view what) {
  if (refused > 0) {
    throw Error(ErrorCode::input, "cannot measure: {} of {} {}", refused, of, what);
  }
}

bool is_finite(double value) { return std::isfinite(value); }

void validate_sizes(const Sample& sample) {
  const std::size_t rows = sample.rows();
  if (rows == 0) {
    throw Error(ErrorCode::input, "cannot measure: there are no rows");
  }
  if (sample.classes < 1 || (sample.task == Task::multiclass && sample.classes < 2)) {
    throw Error(ErrorCode::input, "cannot measure: a {} task of {} classes", name_of(sample.task),
                sample.classes);
  }
  if (sample.task != Task::multiclass && sample.classes != 1) {
    throw Error(ErrorCode::input, "cannot measure: a {} task has one score a row, not {}",
                name_of(sample.task), sample.classes);
  }
  if (sample.scores.size() != rows * sample.classes) {
    throw Error(ErrorCode::input, "cannot measure: {} scores for {} rows of {}", sample.scores.size(), rows,
                sample.classes);
  }
  if (!sample.weights.empty() && sample.weights.size() != rows) {
    throw Error(ErrorCode::input, "cannot measure: {} weights for {} rows", sample.weights.size(), rows);
  }
  const bool has_costs = !sample.call_cost.empty() || !sample.pass_cost.empty();
  if (has_costs && (sample.call_cost.size() != rows || sample.pass_cost.size() != rows)) {
    throw Error(ErrorCode::input, "cannot measure: {} and {} costs for {} rows", sample.call_cost.size(),
                sample.pass_cost.size(), rows);
  }
  const bool needs_places = sample.dependence != Dependence::none;
  if (sample.task == Task::ranking && sample.dependence != Dependence::clusters) {
    throw Error(ErrorCode::input, "cannot measure: a ranking needs the query of each row");
  }
  if (sample.places.size() != (needs_places ? rows : 0)) {
    throw Error(ErrorCode::input, "cannot measure: {} places of clusters or in time for {} rows",
                sample.places.size(), rows);
  }
}

void validate_probabilities(const Sample& sample) {
  require(count_refused(sample.scores, [](double p) { return p >= 0.0 && p <= 1.0; }), sample.scores.size(),
          "scores are no probability between 0 and 1");
  if (sample.task == Task::multiclass) {
    std::size_t empty = 0;
    for (std::size_t row = 0; row < sample.rows(); ++row) {
      const auto scores = sample.scores.subspan(row * sample.classes, sample.classes);
      empty += std::ranges::all_of(scores, [](double p) { return p == 0.0; }) ? 1U : 0U;
    }
    require(empty, sample.rows(), "rows have no class of a probability above 0");
  }
}

void validate_target(const Sample& sample) {
  if (sample.task == Task::regression) {
    require(count_refused(sample.target, is_finite), sample.rows(), "targets are NaN or infinite");
    return;
  }
  if (sample.task == Task::ranking) {
    const auto is_grade = [](double y) { return y >= 0.0 && std::isfinite(y) && y == std::floor(y); };
    require(count_refused(sample.target, is_grade), sample.rows(),
            "targets are no grade of relevance: a whole number from 0 on");
    return;
  }
  const double highest = sample.task == Task::binary ? 1.0 : static_cast<double>(sample.classes - 1);
  const auto is_class = [highest](double y) { return y >= 0.0 && y <= highest && y == std::floor(y); };
  require(count_refused(sample.target, is_class), sample.rows(),
          sample.task == Task::binary ? "targets are neither 0 nor 1" : "targets are no index of a class");
}

} // namespace

std::string_view name_of(Status status) {
  constexpr std::array<std::string_view, 3> names = {"ok", "undefined", "insufficient"};
  return names.at(static_cast<std::size_t>(status));
}

std::string_view name_of(IntervalMethod method) {
  constexpr std::array<std::string_view, 8> names = {
      "none",           "wilson", "delong", "normal", "bootstrap", "basic_bootstrap", "cluster_bootstrap",
      "block_bootstrap"};
  return names.at(static_cast<std::size_t>(method));
}

std::string_view name_of(Direction direction) {
  constexpr std::array<std::string_view, 3> names = {"higher_is_better", "lower_is_better", "neither"};
  return names.at(static_cast<std::size_t>(direction));
}

bool can_steer(const MetricInfo& info) { return info.direction != Direction::neither && info.from_rows; }

void validate(const Sample& sample) {
  validate_sizes(sample);
  require(count_refused(sample.scores, is_finite), sample.scores.size(), "scores are NaN or infinite");
  if (has_classes(sample.task)) {
    validate_probabilities(sample);
  }
  validate_target(sample);
  require(count_refused(sample.call_cost, is_finite) + count_refused(sample.pass_cost, is_finite),
          2 * sample.rows(), "costs are NaN or infinite");
  const auto is_weight = [](double weight) { return std::isfinite(weight) && weight >= 0.0; };
  require(count_refused(sample.weights, is_weight), sample.rows(), "weights are negative, NaN or infinite");
  if (!sample.weights.empty() && std::ranges::all_of(sample.weights, [](double w) { return w == 0.0; })) {
    throw Error(ErrorCode::input, "cannot measure: all {} weights are 0", sample.rows())
        .hint("give some of the rows a weight above 0");
  }
}

Json to_json(const MetricValue& value) {
  Json interval;
  if (value.lower && value.upper) {
    interval = Json::array({*value.lower, *value.upper});
  }
  return Json::object({{"name", value.name},
                       {"value", value.value},
                       {"status", name_of(value.status)},
                       {"n", value.n},
                       {"n_pos", value.n_pos},
                       {"ci", interval},
                       {"ci_method", name_of(value.method)},
                       {"level", value.level},
                       {"direction", name_of(value.direction)},
                       {"why", value.why}});
}

std::vector<std::vector<std::int64_t>> confusion_matrix(const Sample& sample) {
  if (!has_classes(sample.task)) {
    throw Error(ErrorCode::internal, "a {} task has no confusion matrix", name_of(sample.task));
  }
  validate(sample);
  const bool binary = sample.task == Task::binary;
  const std::size_t classes = binary ? 2 : sample.classes;
  std::vector<std::vector<std::int64_t>> counts(classes, std::vector<std::int64_t>(classes, 0));
  for (std::size_t row = 0; row < sample.rows(); ++row) {
    const auto scores = sample.scores.subspan(row * sample.classes, sample.classes);
    const std::size_t called =
        binary ? (scores[0] >= sample.threshold ? 1U : 0U)
               : static_cast<std::size_t>(std::ranges::max_element(scores) - scores.begin());
    ++counts[static_cast<std::size_t>(sample.target[row])][called];
  }
  return counts;
}

} // namespace mlp::metrics
