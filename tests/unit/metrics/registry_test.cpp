#include "metrics/registry.hpp"

#include "base/error.hpp"
#include "unit/metrics/samples.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace mlp::metrics;
using mlp::Task;

TEST_CASE("metrics_of: every metric of a task is found by its own, unique name") {
  for (const Task task : {Task::binary, Task::multiclass, Task::regression, Task::ranking}) {
    const auto all = metrics_of(task);
    const auto names = metric_names(task);
    CHECK(std::set<std::string>(names.begin(), names.end()).size() == names.size());
    for (const std::string& name : names) {
      CAPTURE(name);
      CHECK(find_metric(task, name) != nullptr);
    }
    for (const MetricInfo& info : all) {
      CAPTURE(info.name);
      CHECK(info.task == task);
      if (!mlp::is_form(info.name)) {
        CHECK(find_metric(task, info.name) == &info);
      }
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

TEST_CASE("find_metric: a name with a parameter has the definition of its form") {
  for (const auto* name : {"lift@10%", "lift@0.1", "lift@25"}) {
    CAPTURE(name);
    REQUIRE(find_metric(Task::binary, name) != nullptr);
    CHECK(find_metric(Task::binary, name)->name == "lift@k");
  }
  for (const auto* name : {"lift@0", "lift@", "lift@k", "lift@150%", "lift@-3", "lift@1.5", "pinball@1"}) {
    CAPTURE(name);
    CHECK(find_metric(Task::binary, name) == nullptr);
    CHECK(find_metric(Task::regression, name) == nullptr);
  }
}

TEST_CASE("metric_forms: names that are always measured, then the forms of all others") {
  const auto forms = metric_forms(Task::regression);
  CHECK(std::ranges::find(forms, "pinball@0.9") != forms.end());
  CHECK(std::ranges::find(forms, "pinball@q") != forms.end());
  const auto names = metric_names(Task::regression);
  CHECK(std::ranges::find(names, "pinball@q") == names.end());
  CHECK(std::ranges::find(names, "mase@n") == names.end());
}

TEST_CASE("prepare: a parameter that cannot be is refused with what it may be") {
  const auto data = mlp::metrics::test::binary_data();
  const Rows rows = canonical(data.sample());
  try {
    static_cast<void>(prepare_one("lift@110%", rows));
    FAIL("no error");
  } catch (const mlp::Error& error) {
    CHECK(error.hints() == std::vector<std::string>{
                               "write `lift@k` with k: rows: how many (100) or which share of them (10%)"});
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
