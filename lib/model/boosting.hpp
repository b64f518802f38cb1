#pragma once

#include "base/progress.hpp"
#include "base/task.hpp"
#include "model/train.hpp"
#include "xgb/booster.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace mlp::model {

/// One part of the rows as XGBoost and our own metrics take it.
struct BoostingPart {
  xgb::Matrix matrix;
  std::vector<double> target;
  std::vector<double> weights;             ///< as the weight column says; empty = all 1
  std::vector<std::uint32_t> queries = {}; ///< ranking: of each row, ascending from 0
};

struct BoostingPlan {
  Task task = Task::binary;
  std::size_t classes = 1;              ///< scores a row: k of a multiclass task, else 1
  std::vector<std::string> class_names; ///< multiclass
  std::int64_t rounds = 1;              ///< at most
  std::int64_t patience = 0;            ///< rounds without improvement; 0 = train them all
  std::string metric;                   ///< one of ours, measured on the validation part
  double threshold = 0.5;
  std::map<std::string, std::string> params; ///< as XGBoost takes them
  Progress* progress = nullptr;
  const Interrupt* interrupt = nullptr;
};

struct Boosted {
  xgb::Booster booster; ///< cut to its best rounds
  std::int64_t rounds = 0;
  std::int64_t best_round = 0;
  bool stopped_early = false;
  std::optional<double> best_value; ///< of the metric at best_round
  std::vector<CurvePoint> curve;
  double seconds = 0.0; ///< inside XGBoost
};

/// Boosts round by round. With a validation part and patience, each round is judged by our own metric (which,
/// unlike XGBoost's, is the same to the last bit on any number of threads) and the best rounds are kept: the
/// first of equally good ones; where the metric is undefined all along, all rounds. Without patience the
/// curve has about twenty points. throws Error{interrupted} between rounds
[[nodiscard]] Boosted boost(const xgb::Library& library, const BoostingPart& train, const BoostingPart* valid,
                            const BoostingPlan& plan);

/// What the trainer minimises, by our name: log_loss or rmse; of a ranking what it maximises, ndcg.
[[nodiscard]] std::string_view loss_of(Task task);

/// XGBoost's predictions in metrics::Sample's layout: doubles; class probabilities add up to 1 as doubles do.
[[nodiscard]] std::vector<double> scores_of(Task task, std::size_t classes,
                                            const std::vector<float>& predicted);

} // namespace mlp::model
