#include "workflow/policy_source.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace {

bool holds(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

mlp::policy::PolicyContext context_for(mlp::Task task) {
  mlp::config::Project project;
  project.model.task = task;
  return mlp::workflow::policy_context(project);
}

} // namespace

TEST_CASE("two models are compared by metrics of the task that have a better direction, and by no skill") {
  const auto binary = context_for(mlp::Task::binary);
  for (const std::string metric : {"roc_auc", "log_loss", "recall"}) {
    CHECK(holds(binary.comparable_metrics, metric));
  }
  for (const std::string metric : {"prevalence", "calibration_slope", "skill_vs_dummy", "skill_vs_simple"}) {
    CAPTURE(metric);
    CHECK(holds(binary.known_metrics, metric));
    CHECK_FALSE(holds(binary.comparable_metrics, metric));
  }
  const auto regression = context_for(mlp::Task::regression);
  CHECK(holds(regression.comparable_metrics, "rmse"));
  CHECK(holds(regression.known_metrics, "bias"));
  CHECK_FALSE(holds(regression.comparable_metrics, "bias"));
  CHECK(holds(regression.other_metrics, "roc_auc"));
}
