#pragma once

#include "model/predict.hpp"
#include "model/train.hpp"
#include "sample_table.hpp"
#include "support/xgboost.hpp"

#include <string>
#include <utility>

namespace mlp::test {

/// A model of the sample customers: `left` (binary), `kind` (multiclass) or `spend` (regression).
inline model::Artifact customer_model(Task task, const std::string& target,
                                      const std::string& booster = "gbtree") {
  auto project = project_for(task, target, task == Task::regression ? "rmse" : "log_loss");
  project.data.positive = task == Task::binary ? std::optional<std::string>("yes") : std::nullopt;
  project.model.params["booster"] = booster;
  const auto table = customers();
  return model::train(table, split_in_turn(table.rows), customer_roles(target), project, xgboost(), {})
      .artifact;
}

/// 400 rows: `x` runs from 0 to 9 and alone decides `y` (1 from 5 on); `idle` is the same everywhere.
inline dataset::Table steps() {
  std::vector<double> x, idle, y;
  for (int row = 0; row < 400; ++row) {
    x.push_back(row % 20 / 2);
    idle.push_back(7.0);
    y.push_back(x.back() >= 5.0 ? 1.0 : 0.0);
  }
  return table_of({number_column("x", x), number_column("idle", idle), boolean_column("y", y)});
}

inline model::Artifact step_model() {
  auto project = project_for(Task::binary, "y", "log_loss");
  project.data.positive = "Yes";
  const auto table = steps();
  dataset::Split split;
  split.part.assign(table.rows, dataset::Part::train);
  split.train = static_cast<std::int64_t>(table.rows);
  return model::train(table, split, roles_for(table, "y"), project, xgboost(), {}).artifact;
}

} // namespace mlp::test
