#include "metrics/registry.hpp"

#include "base/error.hpp"
#include "unit/metrics/samples.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace mlp::metrics;
using mlp::Task;

TEST_CASE("metrics_of: every metric of a task is found by its own, unique name") {
  for (const Task task : {Task::binary, Task::multiclass, Task::regression}) {
    const auto all = metrics_of(task);
    const auto names = metric_names(task);
    CHECK(std::set<std::string>(names.begin(), names.end()).size() == all.size());
    for (const MetricInfo& info : all) {
      CAPTURE(info.name);
      CHECK(info.task == task);
      CHECK(find_metric(task, info.name) == &info);
      CHECK_FALSE(info.definition.empty());
      CHECK_FALSE(info.source.empty());
    }
  }
}

TEST_CASE("metrics_of: what policies and the first session name is there") {
  for (const auto* name :
       {"roc_auc", "log_loss", "average_precision", "recall", "precision", "calibration_slope"}) {
    CHECK(find_metric(Task::binary, name) != nullptr);
  }
  CHECK(find_metric(Task::regression, "roc_auc") == nullptr);
}

TEST_CASE("prepare: a mistyped metric is refused with the nearest one as a hint") {
  const auto data = mlp::metrics::test::binary_data();
  const Rows rows = canonical(data.sample());
  try {
    static_cast<void>(prepare_one("roc_acu", rows));
    FAIL("no error");
  } catch (const mlp::Error& error) {
    CHECK(std::string(error.what()) == "'roc_acu' is not a metric of a binary task");
    CHECK(error.hints() == std::vector<std::string>{"did you mean `roc_auc`?"});
  }
}

TEST_CASE("prepare: metrics are grouped by family and keep the place in which they were asked for") {
  const auto data = mlp::metrics::test::binary_data();
  const Rows rows = canonical(data.sample());
  const std::vector<std::string> names = {"recall", "roc_auc", "accuracy", "ks_stat"};
  const auto families = prepare(names, rows);
  REQUIRE(families.size() == 2); // ranking and threshold
  for (const PreparedFamily& family : families) {
    REQUIRE(family.positions.size() == 2);
    for (std::size_t i = 0; i < 2; ++i) {
      CHECK(family.infos[i]->name == names[family.positions[i]]);
    }
  }
}
