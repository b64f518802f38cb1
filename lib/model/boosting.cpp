#include "model/boosting.hpp"

#include "metrics/metric.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

namespace mlp::model {
namespace {

using Clock = std::chrono::steady_clock; // durations only: never what time it is
constexpr std::int64_t k_curve_points = 20;
constexpr std::chrono::milliseconds k_between_shows{100};

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::string_view xgboost_loss(Task task) {
  switch (task) {
  case Task::binary:
    return "logloss";
  case Task::multiclass:
    return "mlogloss";
  case Task::regression:
    return "rmse";
  case Task::ranking:
    return "ndcg"; // never asked for: it counts queries without a relevant row as perfect
  }
  return {};
}

/// XGBoost adds up per thread, so its last digits vary with their number: kept to seven digits.
double rounded(double value) { return std::strtod(fmt::format("{:.7g}", value).c_str(), nullptr); }

class Boosting {
public:
  Boosting(const xgb::Library& library, const BoostingPart& train, const BoostingPart* valid,
           const BoostingPlan& plan)
      : library_(library), train_(train), valid_(valid),
        plan_(plan), result_{xgb::Booster(library, matrices(), params()), 0, 0, false, {}, {}, 0.0},
        kind_(plan.params.contains("booster") ? plan.params.at("booster") : "gbtree") {}

  Boosted run() {
    for (std::int64_t round = 0; round < plan_.rounds && !result_.stopped_early; ++round) {
      if (plan_.interrupt != nullptr) {
        plan_.interrupt->check();
      }
      const auto start = Clock::now();
      result_.booster.update(round, train_.matrix);
      result_.seconds += seconds_since(start);
      result_.rounds = round + 1;
      if (is_watched(round)) {
        watch(round);
      }
      show();
    }
    keep_best();
    if (plan_.progress != nullptr) {
      plan_.progress->finish();
    }
    return std::move(result_);
  }

private:
  [[nodiscard]] std::vector<const xgb::Matrix*> matrices() const {
    std::vector<const xgb::Matrix*> all = {&train_.matrix};
    if (valid_ != nullptr) {
      all.push_back(&valid_->matrix);
    }
    return all;
  }

  [[nodiscard]] std::map<std::string, std::string> params() const {
    auto params = plan_.params;
    params["eval_metric"] = xgboost_loss(plan_.task);
    return params;
  }

  [[nodiscard]] bool stops_early() const { return valid_ != nullptr && plan_.patience > 0; }

  [[nodiscard]] bool is_watched(std::int64_t round) const {
    const std::int64_t stride = std::max<std::int64_t>(1, plan_.rounds / k_curve_points);
    return stops_early() || (round + 1) % stride == 0 || round + 1 == plan_.rounds;
  }

  void watch(std::int64_t round) {
    CurvePoint point{round + 1, losses(round)};
    if (valid_ != nullptr) {
      const auto start = Clock::now();
      const auto predicted = result_.booster.predict(valid_->matrix);
      result_.seconds += seconds_since(start);
      const auto value = measured(*valid_, predicted);
      if (value) {
        point.values["valid " + plan_.metric] = *value;
      }
      note_ = value ? fmt::format("valid {} {:.4f}", plan_.metric, *value) : "";
      judge(value);
    }
    result_.curve.push_back(std::move(point));
  }

  /// What the trainer minimises, in XGBoost's count; of a ranking our own metric, which XGBoost's is not.
  [[nodiscard]] std::map<std::string, double> losses(std::int64_t round) {
    if (plan_.task == Task::ranking) {
      const auto value = measured(train_, result_.booster.predict(train_.matrix));
      return value ? std::map<std::string, double>{{"train " + plan_.metric, rounded(*value)}}
                   : std::map<std::string, double>{};
    }
    std::vector<std::pair<std::string, const xgb::Matrix*>> named = {{"train", &train_.matrix}};
    if (valid_ != nullptr) {
      named.emplace_back("valid", &valid_->matrix);
    }
    const auto start = Clock::now();
    const auto values = result_.booster.evaluate(round, named);
    result_.seconds += seconds_since(start);
    std::map<std::string, double> losses;
    for (const auto& [name, value] : values) {
      losses[fmt::format("{} {}", name.substr(0, name.find('-')), loss_of(plan_.task))] = rounded(value);
    }
    return losses;
  }

  [[nodiscard]] std::optional<double> measured(const BoostingPart& part,
                                               const std::vector<float>& predicted) const {
    const auto scores = scores_of(plan_.task, plan_.classes, predicted);
    metrics::Sample sample = {plan_.task, part.target, scores, part.weights, plan_.classes, plan_.threshold};
    sample.class_names = plan_.class_names;
    if (!part.queries.empty()) {
      sample.dependence = metrics::Dependence::clusters;
      sample.places = part.queries;
    }
    return metrics::measure(plan_.metric, sample).value;
  }

  void judge(std::optional<double> value) {
    if (!stops_early()) {
      result_.best_value = value;
      return;
    }
    const auto* const info = metrics::find_metric(plan_.task, plan_.metric);
    const double sign = info->direction == metrics::Direction::higher_is_better ? 1.0 : -1.0;
    if (value && (!result_.best_value || sign * *value > sign * *result_.best_value)) {
      result_.best_value = value;
      result_.best_round = result_.rounds;
      if (kind_ != "gbtree") { // only plain trees can be cut afterwards: dart rescales earlier ones
        best_bytes_ = result_.booster.save_ubj();
      }
    }
    result_.stopped_early = result_.best_value && result_.rounds - result_.best_round >= plan_.patience;
  }

  void show() {
    const auto now = Clock::now();
    const bool is_due =
        result_.rounds == plan_.rounds || result_.stopped_early || now - shown_ >= k_between_shows;
    if (plan_.progress != nullptr && is_due) {
      plan_.progress->show("training", static_cast<std::uint64_t>(result_.rounds),
                           static_cast<std::uint64_t>(plan_.rounds), "rounds", note_);
      shown_ = now;
    }
  }

  void keep_best() {
    if (result_.best_round == 0) {
      result_.best_round = result_.rounds;
    }
    if (result_.best_round == result_.rounds) {
      return;
    }
    if (kind_ == "gbtree") {
      result_.booster.keep_rounds(result_.best_round);
    } else {
      result_.booster = xgb::Booster::load(library_, best_bytes_, 1);
    }
  }

  const xgb::Library& library_;
  const BoostingPart& train_;
  const BoostingPart* valid_;
  const BoostingPlan& plan_;
  Boosted result_;
  std::string kind_;
  std::string best_bytes_;
  std::string note_;
  Clock::time_point shown_;
};

} // namespace

Boosted boost(const xgb::Library& library, const BoostingPart& train, const BoostingPart* valid,
              const BoostingPlan& plan) {
  return Boosting(library, train, valid, plan).run();
}

std::string_view loss_of(Task task) {
  return task == Task::ranking ? "ndcg" : task == Task::regression ? "rmse" : "log_loss";
}

std::vector<double> scores_of(Task task, std::size_t classes, const std::vector<float>& predicted) {
  std::vector<double> scores(predicted.begin(), predicted.end());
  if (task != Task::multiclass) {
    return scores;
  }
  for (std::size_t first = 0; first + classes <= scores.size(); first += classes) {
    double sum = 0.0;
    for (std::size_t i = 0; i < classes; ++i) {
      sum += scores[first + i];
    }
    for (std::size_t i = 0; i < classes; ++i) {
      scores[first + i] /= sum;
    }
  }
  return scores;
}

} // namespace mlp::model
