#include "report/numbers.hpp"

#include <doctest/doctest.h>

#include <limits>

using namespace mlp::report;

TEST_CASE("thousands are separated by commas, also below zero") {
  CHECK(thousands(0) == "0");
  CHECK(thousands(999) == "999");
  CHECK(thousands(32561) == "32,561");
  CHECK(thousands(-1234567) == "-1,234,567");
  CHECK(thousands(std::numeric_limits<std::int64_t>::min()) == "-9,223,372,036,854,775,808");
}

TEST_CASE("bytes are shown in binary units with three digits") {
  CHECK(bytes_text(0) == "0 B");
  CHECK(bytes_text(1023) == "1023 B");
  CHECK(bytes_text(1024) == "1.00 KiB");
  CHECK(bytes_text(421888) == "412 KiB");   // 412 · 1024
  CHECK(bytes_text(1048575) == "1.00 MiB"); // 1023.999 KiB would read as 1024
  CHECK(bytes_text(13 * 1048576) == "13.0 MiB");
  CHECK(bytes_text(std::numeric_limits<std::uint64_t>::max()) == "16.0 EiB");
}

TEST_CASE("durations change their unit before they show 60 of one") {
  CHECK(duration_text(0.0124) == "12 ms");
  CHECK(duration_text(0.0996) == "0.1 s");
  CHECK(duration_text(3.24) == "3.2 s");
  CHECK(duration_text(59.94) == "59.9 s");
  CHECK(duration_text(59.96) == "1 min 00 s");
  CHECK(duration_text(65) == "1 min 05 s");
  CHECK(duration_text(7260) == "2 h 01 min");
  CHECK(duration_text(-1) == "–");
  CHECK(duration_text(std::numeric_limits<double>::infinity()) == "–");
}

TEST_CASE("shares are shown as percent with one decimal") {
  CHECK(percent_text(0.2408) == "24.1%");
  CHECK(percent_text(0) == "0.0%");
  CHECK(percent_text(std::numeric_limits<double>::quiet_NaN()) == "–");
}

TEST_CASE("a range with a negative end has no dash beside a minus") {
  CHECK(mlp::report::range_text(0.6424, 0.704, 3) == "0.642 – 0.704");
  CHECK(mlp::report::range_text(-615.84, -144.61, 1) == "-615.8 to -144.6");
  CHECK(mlp::report::range_text(-0.00001, 0.5, 3) == "0.000 – 0.500"); // what is shown decides
}

TEST_CASE("metric values have as many decimals as their size needs") {
  CHECK(metric_text(0.9274) == "0.927");
  CHECK(metric_text(0.5) == "0.500");
  CHECK(metric_text(0.0123) == "0.012");
  CHECK(metric_text(0.0004119) == "0.000412");
  CHECK(metric_text(12.3456) == "12.35");
  CHECK(metric_text(123.456) == "123.5");
  CHECK(metric_text(48213.4) == "48,213");
  CHECK(metric_text(-0.00000000000001) == "0.000");        // the rounding of a sum, not a value of its own
  CHECK(metric_text(0.0000000000012) == "0.000000000001"); // at most twelve decimals
}

TEST_CASE("a value that rounds to zero has no sign, one that is no number is a dash") {
  CHECK(fixed_text(-0.0001, 3) == "0.000");
  CHECK(fixed_text(-1234.5, 1) == "-1,234.5");
  CHECK(fixed_text(std::numeric_limits<double>::quiet_NaN(), 3) == "–");
}
