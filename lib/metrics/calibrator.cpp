#include "metrics/calibrator.hpp"

#include "base/error.hpp"
#include "base/random.hpp"
#include "metrics/isotonic.hpp"
#include "metrics/temperature.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

namespace mlp::metrics {
namespace {

constexpr std::size_t k_folds = 5;

std::size_t label_of(double target) { return static_cast<std::size_t>(target); }

/// The rows of one binary question: is it this class?
struct Question {
  std::vector<double> outcomes;
  std::vector<double> scores;
  std::vector<double> weights;
};

/// `used`: the rows that take part.
Question question_of(const Sample& sample, std::size_t class_index, const std::vector<bool>& used) {
  const bool is_binary = sample.task == Task::binary;
  Question question;
  for (std::size_t row = 0; row < sample.rows(); ++row) {
    const double weight = sample.weights.empty() ? 1.0 : sample.weights[row];
    if (used[row] && weight > 0.0) {
      const std::size_t asked = is_binary ? 1 : class_index;
      question.outcomes.push_back(label_of(sample.target[row]) == asked ? 1.0 : 0.0);
      question.scores.push_back(sample.scores[row * sample.classes + class_index]);
      question.weights.push_back(weight);
    }
  }
  return question;
}

LogitLine fit_platt(const Question& question) {
  const auto positive =
      static_cast<double>(std::count(question.outcomes.begin(), question.outcomes.end(), 1.0));
  const double negative = static_cast<double>(question.outcomes.size()) - positive;
  std::vector<double> targets;
  for (const double outcome : question.outcomes) {
    targets.push_back(outcome == 1.0 ? (positive + 1.0) / (positive + 2.0) : 1.0 / (negative + 2.0));
  }
  const LogitLine line = fit_line(targets, question.scores, question.weights);
  if (!(line.slope > 0.0)) {
    throw Error(ErrorCode::input,
                "cannot calibrate: on the validation part, rows of higher scores are positive less often")
        .hint("look at the model first: `model.calibrate: none`, then `mlp eval`");
  }
  return line;
}

Calibrator fit(Calibration method, const Sample& sample, const std::vector<bool>& used) {
  Calibrator calibrator{method, {}};
  if (method == Calibration::temperature) {
    calibrator.maps.emplace_back(fit_temperature(sample, used));
    return calibrator;
  }
  for (std::size_t k = 0; k < sample.classes; ++k) {
    const Question question = question_of(sample, k, used);
    if (method == Calibration::platt) {
      calibrator.maps.emplace_back(fit_platt(question));
    } else {
      calibrator.maps.emplace_back(fit_isotonic(question.outcomes, question.scores, question.weights));
    }
  }
  return calibrator;
}

/// The fold of each row: within a class, rows in a random order are dealt round.
std::vector<std::size_t> folds_of(std::span<const double> target) {
  std::vector<std::size_t> order(target.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::tuple(target[a], random_bits(0, 0, a), a) < std::tuple(target[b], random_bits(0, 0, b), b);
  });
  std::vector<std::size_t> folds(target.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    folds[order[i]] = i % k_folds;
  }
  return folds;
}

} // namespace

double calibrated(const ScoreMap& map, double score) {
  if (const auto* line = std::get_if<LogitLine>(&map)) {
    return on_line(*line, score);
  }
  if (const auto* temperature = std::get_if<Temperature>(&map)) {
    return tempered(*temperature, score);
  }
  return interpolated(std::get<IsotonicMap>(map), score);
}

std::size_t maps_of(Calibration method, std::size_t classes) {
  return method == Calibration::temperature ? 1 : classes;
}

void calibrate(const Calibrator& calibrator, std::size_t classes, std::span<double> scores) {
  const bool is_joint = classes > 1 && calibrator.method == Calibration::temperature;
  for (std::size_t first = 0; first < scores.size(); first += classes) {
    const auto row = scores.subspan(first, classes);
    if (is_joint) {
      temper(std::get<Temperature>(calibrator.maps[0]), row);
      continue;
    }
    for (std::size_t k = 0; k < classes; ++k) {
      row[k] = calibrated(calibrator.maps[k], row[k]);
    }
    if (classes > 1) {
      const double total = std::accumulate(row.begin(), row.end(), 0.0); // above 0: no map reaches 0
      std::ranges::transform(row, row.begin(), [total](double p) { return p / total; });
    }
  }
}

std::optional<std::string> calibration_problem(Calibration method, std::span<const double> target,
                                               std::span<const double> weights, std::size_t classes) {
  std::vector<std::size_t> rows_of_class(classes, 0);
  std::size_t rows = 0;
  for (std::size_t row = 0; row < target.size(); ++row) {
    if (weights.empty() || weights[row] > 0.0) {
      ++rows_of_class[label_of(target[row])];
      ++rows;
    }
  }
  if (method == Calibration::isotonic && rows < k_isotonic_min_rows) {
    return fmt::format("isotonic regression needs {} validation rows, there are {}", k_isotonic_min_rows,
                       rows);
  }
  if (method == Calibration::temperature) {
    const std::size_t others = rows - *std::max_element(rows_of_class.begin(), rows_of_class.end());
    return others >= k_calibration_min_class_rows
               ? std::nullopt
               : std::optional(fmt::format("it needs {} validation rows of other classes than the largest, "
                                           "there are {}",
                                           k_calibration_min_class_rows, others));
  }
  const std::size_t fewest = *std::min_element(rows_of_class.begin(), rows_of_class.end());
  if (fewest < k_calibration_min_class_rows) {
    return fmt::format("each class needs {} validation rows, one has {}", k_calibration_min_class_rows,
                       fewest);
  }
  return std::nullopt;
}

Calibrator fit_calibrator(Calibration method, const Sample& sample) {
  return fit(method, sample, std::vector<bool>(sample.rows(), true));
}

std::vector<double> cross_fitted_scores(Calibration method, const Sample& sample) {
  const auto folds = folds_of(sample.target);
  std::vector<double> scores(sample.scores.begin(), sample.scores.end());
  for (std::size_t fold = 0; fold < k_folds; ++fold) {
    std::vector<bool> used(folds.size());
    std::transform(folds.begin(), folds.end(), used.begin(), [fold](std::size_t of) { return of != fold; });
    const Calibrator calibrator = fit(method, sample, used);
    for (std::size_t row = 0; row < folds.size(); ++row) {
      if (folds[row] == fold) {
        calibrate(calibrator, sample.classes,
                  std::span(scores).subspan(row * sample.classes, sample.classes));
      }
    }
  }
  return scores;
}

} // namespace mlp::metrics
