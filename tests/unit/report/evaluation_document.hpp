#pragma once

#include "base/json.hpp"

#include <string>

namespace mlp::test {

inline Json measured(const std::string& name, double value, double lower, double upper) {
  return Json::object(
      {{"name", name}, {"value", value}, {"status", "ok"}, {"n", 1000}, {"ci", Json::array({lower, upper})}});
}

/// The document of a binary evaluation with the two skills given by their intervals.
inline Json evaluation_document(double dummy_lower, double dummy_upper, double simple_lower,
                                double simple_upper) {
  Json metrics = Json::array(
      {measured("roc_auc", 0.9, 0.88, 0.92), measured("recall", 0.6, 0.55, 0.65),
       measured("skill_vs_dummy", (dummy_lower + dummy_upper) / 2, dummy_lower, dummy_upper),
       measured("skill_vs_simple", (simple_lower + simple_upper) / 2, simple_lower, simple_upper)});
  Json slice = measured("roc_auc", 0.8, 0.7, 0.9);
  slice["slice"] = "sex=<F>";
  metrics.push_back(slice);
  return Json::object(
      {{"schema", "mlp.evaluation/1"},
       {"task", "binary"},
       {"name", "churn"},
       {"model", std::string(64, 'a')},
       {"dataset", std::string(64, 'b')},
       {"dataset_name", "customers"},
       {"part", "test"},
       {"test_set_use", 2},
       {"primary", "roc_auc"},
       {"shown", Json::array({"roc_auc", "recall"})},
       {"threshold", 0.5},
       {"n", 1000},
       {"metrics", metrics},
       {"baselines", Json::object({{"dummy", Json::array({measured("roc_auc", 0.5, 0.5, 0.5)})}})},
       {"checks", Json::array()}});
}

} // namespace mlp::test
