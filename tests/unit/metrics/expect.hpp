#pragma once

#include "metrics/metric.hpp"

#include <doctest/doctest.h>

#include <string_view>
#include <utility>
#include <vector>

namespace mlp::metrics::test {

/// Checks each metric to 1e-9, relative.
inline void check_values(const Sample& sample,
                         const std::vector<std::pair<std::string_view, double>>& expected) {
  for (const auto& [name, value] : expected) {
    CAPTURE(name);
    const MetricValue measured = measure(name, sample);
    REQUIRE(measured.status == Status::ok);
    CHECK(*measured.value == doctest::Approx(value).epsilon(1e-9));
  }
}

/// Checks that a metric has no value on these rows, and says why.
inline void check_undefined(const Sample& sample, std::string_view name, std::string_view why) {
  CAPTURE(name);
  const MetricValue measured = measure(name, sample);
  CHECK(measured.status == Status::undefined);
  CHECK_FALSE(measured.value.has_value());
  CHECK(measured.why == why);
}

} // namespace mlp::metrics::test
