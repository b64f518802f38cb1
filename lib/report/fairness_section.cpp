#include "report/evaluation_sections.hpp"
#include "report/fairness_table.hpp"
#include "report/numbers.hpp"
#include "report/plot.hpp"

#include <fmt/format.h>

namespace mlp::report {
namespace {

/// The class of a check that a verdict looks like.
std::string_view status_of(std::string_view verdict) {
  return verdict == "proved_ok"       ? "pass"
         : verdict == "proved_unfair" ? "fail"
         : verdict == "inconclusive"  ? "inconclusive"
                                      : "missing";
}

std::string picture(const Json& disparity) {
  const Json& value = disparity["value"];
  if (!value.is_number() || !disparity["ci"].is_array()) {
    return "";
  }
  const auto& bounds = disparity["ci"].as_array();
  Range range{0.0, 0.0};
  for (const Json* number : {&value, &bounds[0], &bounds[1], &disparity["limit"]}) {
    range.include(number->number_or(0.0));
  }
  range = rounded_out(range, 4);
  Plot plot(range, {0.0, 1.0});
  plot.line(range.least, 0.5, range.most, 0.5, "grid");
  if (disparity["limit"].is_number()) {
    plot.line(disparity["limit"].as_number(), 0.0, disparity["limit"].as_number(), 1.0, "overall");
  }
  plot.line(bounds[0].number_or(0.0), 0.5, bounds[1].number_or(0.0), 0.5, "interval");
  plot.dot(value.as_number(), 0.5, "model",
           fmt::format("{}, from {} to {}", metric_text(value.as_number()), disparity["lowest"].string_or(),
                       disparity["highest"].string_or()));
  return plot.svg(fmt::format("{}, interval {}", value_text(disparity), interval_text(disparity)), "track");
}

void disparity_row(Markup& page, const Json& disparity) {
  const std::string verdict = disparity["verdict"].string_or();
  const std::string_view words = verdict.empty() ? "" : verdict_words(verdict);
  page.element("tr", {}, [&] {
    page.element("th", {{"scope", "row"}}, [&] {
      page.name(disparity["name"].string_or());
      page.element("span", {{"class", "quiet"}}, fmt::format(" {}", disparity["family"].string_or()));
    });
    page.element("td", {{"class", "picture"}}, [&] { page.raw(picture(disparity)); });
    page.element("td", {{"class", "number"}}, value_text(disparity));
    page.element("td", {{"class", "number interval"}}, interval_text(disparity));
    page.element("td", {{"class", fmt::format("status {}", status_of(verdict))}},
                 disparity.has("screening") && !words.empty() ? fmt::format("{} (screening)", words)
                                                              : std::string(words));
  });
}

std::string name_of_columns(const Json& attribute) {
  std::string name;
  for (const Json& column : attribute["columns"].as_array()) {
    name += (name.empty() ? "" : " × ") + column.string_or();
  }
  return name;
}

void write_attribute(Markup& page, const Json& attribute) {
  page.element("h3", {}, name_of_columns(attribute));
  page.element("div", {{"class", "wide"}}, [&] {
    page.element("table", {}, [&] {
      page.raw("<thead><tr><th scope=\"col\">between its groups</th><th scope=\"col\" class=\"picture\"></th>"
               "<th scope=\"col\" class=\"number\">value</th><th scope=\"col\" class=\"number\">interval</th>"
               "<th scope=\"col\">against the limit</th></tr></thead>\n");
      page.element("tbody", {}, [&] {
        for (const Json& disparity : attribute["disparities"].as_array()) {
          disparity_row(page, disparity);
        }
      });
    });
  });
}

} // namespace

void write_fairness(Markup& page, const EvaluationView& view) {
  const Json& attributes = view.document()["fairness"]["attributes"];
  if (!attributes.is_array() || attributes.size() == 0) {
    return;
  }
  page.element("h2", {}, "Does it treat groups alike?");
  page.element(
      "p", {{"class", "about"}},
      "Three questions that cannot all be answered with yes where groups differ in how often the answer is "
      "positive: are they selected alike (independence), is it right alike (separation), does a call mean "
      "the "
      "same (sufficiency)? The dashed line is the limit; only what an interval proves counts.");
  std::string screening;
  for (const Json& attribute : attributes.as_array()) {
    write_attribute(page, attribute);
    for (const Json& disparity : attribute["disparities"].as_array()) {
      screening = disparity["screening"].string_or(screening);
    }
  }
  if (!screening.empty()) {
    page.element("p", {{"class", "about"}}, fmt::format("Screening: {}.", screening));
  }
}

} // namespace mlp::report
