#include "report/plot.hpp"

#include <doctest/doctest.h>

#include <limits>

using namespace mlp::report;

TEST_CASE("ticks are 1, 2 or 5 times a power of ten apart and lie within the range") {
  CHECK(nice_ticks({0, 100}, 5) == std::vector<double>{0, 20, 40, 60, 80, 100});
  CHECK(nice_ticks({0.003, 0.011}, 4) == std::vector<double>{0.004, 0.006, 0.008, 0.01});
  CHECK(nice_ticks({-7, 7}, 3) == std::vector<double>{-5, 0, 5});
  CHECK(nice_ticks({0, 0.3}, 3).size() == 4); // 3 · 0.1 is a little more than 0.3, and still meant
  CHECK(nice_ticks({1, 1}, 5).empty());
  CHECK(nice_ticks({0, std::numeric_limits<double>::infinity()}, 5).empty());
}

TEST_CASE("ticks are written with as many decimals as tell them apart") {
  CHECK(tick_text(20, {0, 20}) == "20");
  CHECK(tick_text(0.1, {0, 0.1}) == "0.1");
  CHECK(tick_text(0.004, {0.002, 0.004}) == "0.004");
  CHECK(tick_text(20000, {0, 10000}) == "20,000");
}

TEST_CASE("a range is moved out to the next ticks; one of a single point gets some room") {
  CHECK(rounded_out({0.12, 0.87}, 5).least == doctest::Approx(0.1));
  CHECK(rounded_out({0.12, 0.87}, 5).most == doctest::Approx(0.9));
  CHECK(rounded_out({3, 7}, 4).least == doctest::Approx(3));
  CHECK(rounded_out({5, 5}, 4).least < 5);
  CHECK(rounded_out({0, 0}, 4).most > 0);
  Range range{1, 1};
  range.include(3);
  range.include(std::numeric_limits<double>::quiet_NaN());
  CHECK(range.least == 1);
  CHECK(range.most == 3);
}

TEST_CASE("marks stand where their numbers say: across from the left, up from the bottom") {
  Plot plot({0, 4}, {0, 10});
  plot.dot(1, 10, "model", "a < b");
  plot.path({{0, 0}, {2, 5}, {4, 5}}, "curve");
  const std::string svg = plot.svg("what is shown", "square");
  CHECK(svg.find("cx=\"25.000%\" cy=\"0.000%\"") != std::string::npos);
  CHECK(svg.find("<title>a &lt; b</title>") != std::string::npos);
  CHECK(svg.find("x1=\"50.000%\" y1=\"50.000%\" x2=\"100.000%\" y2=\"50.000%\"") != std::string::npos);
  CHECK(svg.find("role=\"img\" aria-label=\"what is shown\"") != std::string::npos);
}
