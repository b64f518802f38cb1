#include "report/evaluation_sections.hpp"
#include "report/fairness_table.hpp"
#include "report/numbers.hpp"
#include "report/plot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace mlp::report {
namespace {

constexpr std::size_t k_most_groups = 12; // of an attribute that are shown, as on the terminal

/// The class of a check that a verdict looks like.
std::string_view status_of(std::string_view verdict) {
  return verdict == "proved_ok"       ? "pass"
         : verdict == "proved_unfair" ? "fail"
         : verdict == "inconclusive"  ? "inconclusive"
                                      : "missing";
}

/// The interval of a gap. Groups with too few rows may leave it open at one end.
std::string bounds_text(const Json& disparity) {
  if (!disparity["ci"].is_array()) {
    return "";
  }
  const auto& bounds = disparity["ci"].as_array();
  if (bounds[0].is_number() == bounds[1].is_number()) {
    return interval_text(disparity);
  }
  const bool is_least = bounds[0].is_number();
  return fmt::format("{} {}", is_least ? "at least" : "at most",
                     metric_text((is_least ? bounds[0] : bounds[1]).as_number()));
}

/// Which groups lie so far apart, and in which class.
std::string ends_text(const Json& disparity) {
  const std::string lowest = disparity["lowest"].string_or();
  const std::string highest = disparity["highest"].string_or();
  if (lowest.empty() || highest.empty()) {
    return "";
  }
  const std::string name_of_class = disparity["class"].string_or();
  return fmt::format("{}from {} to {}", name_of_class.empty() ? "" : fmt::format("class {}: ", name_of_class),
                     lowest, highest);
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
  if (bounds[0].is_number() && bounds[1].is_number()) {
    plot.line(bounds[0].as_number(), 0.5, bounds[1].as_number(), 0.5, "interval");
  }
  plot.dot(value.as_number(), 0.5, "model",
           fmt::format("{}, {}", metric_text(value.as_number()), ends_text(disparity)));
  return plot.svg(fmt::format("{}, interval {}", value_text(disparity), bounds_text(disparity)), "track");
}

void disparity_row(Markup& page, const Json& disparity) {
  const std::string verdict = disparity["verdict"].string_or();
  const std::string_view words = verdict.empty() ? "no limit" : verdict_words(verdict);
  page.element("tr", {}, [&] {
    page.element("th", {{"scope", "row"}}, [&] {
      page.name(disparity["name"].string_or());
      page.element("span", {{"class", "quiet"}}, fmt::format(" {}", disparity["family"].string_or()));
      if (const std::string ends = ends_text(disparity); !ends.empty()) {
        page.element("div", {{"class", "why"}}, ends);
      }
    });
    page.element("td", {{"class", "picture"}}, [&] { page.raw(picture(disparity)); });
    page.element("td", {{"class", "number"}}, value_text(disparity));
    page.element("td", {{"class", "number interval"}}, bounds_text(disparity));
    page.element("td", {{"class", verdict.empty() ? "quiet" : fmt::format("status {}", status_of(verdict))}},
                 disparity.has("screening") && !verdict.empty() ? fmt::format("{} (screening)", words)
                                                                : std::string(words));
  });
}

/// The rate by which groups are shown first: who is selected, or what is predicted.
const Json* first_rate(const Json& group) {
  for (const Json& rate : group["rates"].as_array()) {
    const std::string name = rate["name"].string_or();
    if ((name == "selection_rate" && rate["class"].is_null()) || name == "mean_prediction") {
      return &rate;
    }
  }
  return nullptr;
}

std::string group_picture(const Json& rate, const Range& range) {
  if (!rate["value"].is_number() || !rate["ci"].is_array()) {
    return "";
  }
  const auto& bounds = rate["ci"].as_array();
  const double value = rate["value"].as_number();
  const auto inside = [&](const Json& bound) {
    return std::clamp(bound.number_or(value), range.least, range.most);
  };
  Plot plot(range, {0.0, 1.0});
  plot.line(range.least, 0.5, range.most, 0.5, "grid");
  plot.line(inside(bounds[0]), 0.5, inside(bounds[1]), 0.5, "interval");
  plot.dot(value, 0.5, "model", metric_text(value));
  return plot.svg(fmt::format("{}, interval {}", value_text(rate), interval_text(rate)), "track");
}

void group_row(Markup& page, const Json& group, const Json& rate, const Range& range) {
  const bool is_judged = rate["status"].string_or() == "ok";
  page.element("tr", {}, [&] {
    page.element("th", {{"scope", "row"}}, [&] { page.name(group["group"].string_or()); });
    page.element("td", {{"class", "number"}}, thousands(group["n"].integer_or(0)));
    page.element("td", {{"class", "picture"}}, [&] { page.raw(group_picture(rate, range)); });
    page.element("td", {{"class", "number"}}, value_text(rate));
    page.element("td", {{"class", is_judged ? "number interval" : "why"}},
                 is_judged ? interval_text(rate) : rate["why"].string_or());
  });
}

/// Each group's selection rate (of a regression its mean prediction), and which groups are too small.
void write_rates(Markup& page, const Json& attribute) {
  std::vector<std::pair<const Json*, const Json*>> rows;
  Range range{0.0, 0.0};
  if (!attribute["groups"].is_array()) { // a document of before
    return;
  }
  for (const Json& group : attribute["groups"].as_array()) {
    const Json* rate = first_rate(group);
    if (rate == nullptr || rows.size() == k_most_groups) {
      continue;
    }
    rows.emplace_back(&group, rate);
    range.include((*rate)["value"].number_or(0.0));
    if ((*rate)["status"].string_or() == "ok" && (*rate)["ci"].is_array()) {
      range.include((*rate)["ci"].as_array()[0].number_or(0.0));
      range.include((*rate)["ci"].as_array()[1].number_or(0.0));
    }
  }
  if (rows.empty()) {
    return;
  }
  range = rounded_out(range, 4);
  const bool is_share = (*rows.front().second)["name"].string_or() == "selection_rate";
  page.element("div", {{"class", "wide"}}, [&] {
    page.element("table", {}, [&] {
      page.raw(
          fmt::format("<thead><tr><th scope=\"col\">group</th><th scope=\"col\" class=\"number\">rows</th>"
                      "<th scope=\"col\" class=\"picture\"></th><th scope=\"col\" class=\"number\">{}</th>"
                      "<th scope=\"col\" class=\"number\">interval</th></tr></thead>\n",
                      is_share ? "called positive" : "mean prediction"));
      page.element("tbody", {}, [&] {
        for (const auto& [group, rate] : rows) {
          group_row(page, *group, *rate, range);
        }
      });
    });
  });
  if (const std::size_t all = attribute["groups"].size(); all > rows.size() && rows.size() == k_most_groups) {
    page.element("p", {{"class", "about"}}, fmt::format("… and {} more groups.", all - rows.size()));
  }
}

/// What the model might use in the attribute's place, and what it does with the attribute itself.
void write_ways_in(Markup& page, const Json& attribute) {
  const Json& proxy = attribute["proxy"];
  std::string text;
  if (proxy["auc"].is_number()) {
    text += fmt::format("The features tell {} from the others with an AUC of {} ({}).",
                        proxy["group"].string_or(), metric_text(proxy["auc"].as_number()),
                        interval_text(Json::object({{"value", proxy["auc"]}, {"ci", proxy["ci"]}})));
  }
  const Json& changed = attribute["counterfactual"];
  if (changed["flipped"].is_number()) {
    text +=
        fmt::format("{}With the value {} in every row, {} of the decisions change.", text.empty() ? "" : " ",
                    changed["value"].string_or(), percent_text(changed["flipped"].as_number()));
  }
  if (!text.empty()) {
    page.element("p", {{"class", "about"}}, text);
  }
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
  write_rates(page, attribute);
  write_ways_in(page, attribute);
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

/// What the gaps are gaps in.
std::string_view questions(const EvaluationView& view) {
  return view.document()["task"].string_or() == "regression"
             ? "Three questions: are predictions alike (independence), do they err to the same side "
               "(sufficiency), do they err alike (accuracy)? Predictions that are right differ where the "
               "groups' true values do. The dashed line is the limit; only what an interval proves counts."
             : "Three questions that cannot all be answered with yes where groups differ in how often the "
               "answer is positive: are they selected alike (independence), is it right alike (separation), "
               "does a call mean the same (sufficiency)? Of several classes each is asked against the rest, "
               "and the worst one shown. The dashed line is the limit; only what an interval proves counts.";
}

} // namespace

void write_fairness(Markup& page, const EvaluationView& view) {
  const Json& attributes = view.document()["fairness"]["attributes"];
  if (!attributes.is_array() || attributes.size() == 0) {
    return;
  }
  page.element("h2", {}, "Does it treat groups alike?");
  page.element("p", {{"class", "about"}}, questions(view));
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
