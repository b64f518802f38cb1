#include "report/metric_reference.hpp"

#include "metrics/metric.hpp"

#include <doctest/doctest.h>

using namespace mlp;

TEST_CASE("the reference names every metric of every task") {
  const std::string text = report::metric_reference();
  const Json list = report::metric_reference_json();
  std::size_t count = 0;
  for (const Task task : {Task::binary, Task::multiclass, Task::regression, Task::ranking}) {
    for (const auto& info : metrics::metrics_of(task)) {
      CAPTURE(info.name);
      CHECK(text.find("  " + std::string(info.name) + "   ") != std::string::npos);
      ++count;
    }
  }
  CHECK(list.size() == count);
  CHECK(count > 50);
}
