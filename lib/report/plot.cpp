#include "report/plot.hpp"

#include "report/numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlp::report {
namespace {

double nice_step(Range range, int count) {
  const double raw = (range.most - range.least) / count;
  const double magnitude = std::pow(10.0, std::floor(std::log10(raw)));
  const double share = raw / magnitude;
  return magnitude * (share < 1.5 ? 1.0 : share < 3.5 ? 2.0 : share < 7.5 ? 5.0 : 10.0);
}

bool is_usable(Range range) {
  return std::isfinite(range.least) && std::isfinite(range.most) && range.most > range.least;
}

std::string percent(double share) { return fmt::format("{:.3f}%", 100.0 * share); }

} // namespace

void Range::include(double value) {
  if (std::isfinite(value)) {
    least = std::min(least, value);
    most = std::max(most, value);
  }
}

std::vector<double> nice_ticks(Range range, int count) {
  std::vector<double> ticks;
  if (!is_usable(range) || count < 1) {
    return ticks;
  }
  const double step = nice_step(range, count);
  const double slack = step * 1e-9; // 0.30000000000000004 is still within a range that ends at 0.3
  for (double k = std::ceil((range.least - slack) / step); k * step <= range.most + slack; ++k) {
    ticks.push_back(k * step);
  }
  return ticks;
}

std::string tick_text(double tick, const std::vector<double>& ticks) {
  const double step = ticks.size() > 1 ? ticks[1] - ticks[0] : std::abs(tick);
  const int decimals = step > 0 ? static_cast<int>(std::ceil(-std::log10(step) - 1e-9)) : 0;
  return fixed_text(tick, std::max(decimals, 0));
}

Range rounded_out(Range range, int ticks) {
  if (range.least == range.most) {
    const double room = range.least == 0.0 ? 1.0 : std::abs(range.least) * 0.1;
    range = {range.least - room, range.most + room};
  }
  if (!is_usable(range)) {
    return range;
  }
  const double step = nice_step(range, ticks);
  return {std::floor(range.least / step + 1e-9) * step, std::ceil(range.most / step - 1e-9) * step};
}

std::string Plot::across(double x) const { return percent((x - x_.least) / (x_.most - x_.least)); }
std::string Plot::down(double y) const { return percent((y_.most - y) / (y_.most - y_.least)); }

void Plot::x_axis(std::string_view title, int ticks) {
  const std::vector<double> at = nice_ticks(x_, ticks);
  for (const double tick : at) {
    marks_.empty(
        "line", {{"class", "grid"}, {"x1", across(tick)}, {"x2", across(tick)}, {"y1", "0"}, {"y2", "100%"}});
    marks_.element(
        "text",
        {{"class", "tick"}, {"x", across(tick)}, {"y", "100%"}, {"dy", "1.3em"}, {"text-anchor", "middle"}},
        tick_text(tick, at));
  }
  marks_.element("text",
                 {{"class", "axis"}, {"x", "50%"}, {"y", "100%"}, {"dy", "2.7em"}, {"text-anchor", "middle"}},
                 title);
}

void Plot::y_axis(std::string_view title, int ticks) {
  const std::vector<double> at = nice_ticks(y_, ticks);
  for (const double tick : at) {
    marks_.empty("line",
                 {{"class", "grid"}, {"x1", "0"}, {"x2", "100%"}, {"y1", down(tick)}, {"y2", down(tick)}});
    marks_.element("text",
                   {{"class", "tick"},
                    {"x", "0"},
                    {"y", down(tick)},
                    {"dx", "-.5em"},
                    {"dy", ".35em"},
                    {"text-anchor", "end"}},
                   tick_text(tick, at));
  }
  marks_.element("text", {{"class", "axis"}, {"x", "0"}, {"y", "0"}, {"dx", "-2.2em"}, {"dy", "-.8em"}},
                 title);
}

void Plot::line(double x1, double y1, double x2, double y2, std::string_view css) {
  marks_.empty("line", {{"class", std::string(css)},
                        {"x1", across(x1)},
                        {"y1", down(y1)},
                        {"x2", across(x2)},
                        {"y2", down(y2)}});
}

void Plot::path(const std::vector<std::pair<double, double>>& points, std::string_view css) {
  for (std::size_t i = 1; i < points.size(); ++i) { // a polyline knows no percentages
    line(points[i - 1].first, points[i - 1].second, points[i].first, points[i].second, css);
  }
}

void Plot::bar(double x1, double x2, double y, std::string_view css, std::string_view hint) {
  marks_.element("rect",
                 {{"class", std::string(css)},
                  {"x", across(x1)},
                  {"y", down(y)},
                  {"width", percent((x2 - x1) / (x_.most - x_.least))},
                  {"height", percent((y - y_.least) / (y_.most - y_.least))}},
                 [&] { marks_.element("title", {}, hint); });
}

void Plot::dot(double x, double y, std::string_view css, std::string_view hint) {
  marks_.element("circle", {{"class", std::string(css)}, {"cx", across(x)}, {"cy", down(y)}, {"r", "5"}},
                 [&] { marks_.element("title", {}, hint); });
}

std::string Plot::svg(std::string_view label, std::string_view css) const {
  Markup out;
  out.element("svg", {{"class", std::string(css)}, {"role", "img"}, {"aria-label", std::string(label)}},
              [&] { out.raw(marks_.str()); });
  return out.str();
}

} // namespace mlp::report
