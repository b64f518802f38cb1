#pragma once

#include "report/markup.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mlp::report {

/// A stretch of an axis.
struct Range {
  double least = 0.0;
  double most = 1.0;

  /// Grown to hold `value`, where that is finite.
  void include(double value);
};

/// About `count` round numbers within the range: 1, 2 or 5 times a power of ten apart (Heckbert, "Nice
/// Numbers for Graph Labels", Graphics Gems 1990). Empty for a range that is empty or not finite.
[[nodiscard]] std::vector<double> nice_ticks(Range range, int count);

/// With as many decimals as tell neighbouring ticks apart.
[[nodiscard]] std::string tick_text(double tick, const std::vector<double>& ticks);

/// The range with both ends moved out to the next tick. A range of one point gets some room.
[[nodiscard]] Range rounded_out(Range range, int ticks);

/// A chart in data coordinates, drawn as SVG. Positions are percentages and letters keep their size, so it
/// fits any width. What it looks like is the style sheet's matter: each mark has a class.
class Plot {
public:
  Plot(Range x, Range y) : x_(x), y_(y) {}

  /// Lines across, with their numbers and the axis' title.
  void x_axis(std::string_view title, int ticks);
  void y_axis(std::string_view title, int ticks);
  void line(double x1, double y1, double x2, double y2, std::string_view css);
  /// A line through the points, in their order.
  void path(const std::vector<std::pair<double, double>>& points, std::string_view css);
  /// A bar from the bottom up to `y`, with a hint as a dot has it.
  void bar(double x1, double x2, double y, std::string_view css, std::string_view hint);
  /// A dot that says `hint` to a pointer and to a reader of the page's text.
  void dot(double x, double y, std::string_view css, std::string_view hint);

  /// `label`: what the picture shows, in a sentence. `css`: the size.
  [[nodiscard]] std::string svg(std::string_view label, std::string_view css) const;

private:
  [[nodiscard]] std::string across(double x) const;
  [[nodiscard]] std::string down(double y) const;
  Range x_;
  Range y_;
  Markup marks_;
};

} // namespace mlp::report
