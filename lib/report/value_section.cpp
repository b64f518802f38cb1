#include "report/evaluation_sections.hpp"
#include "report/numbers.hpp"
#include "report/plot.hpp"

#include <fmt/format.h>

namespace mlp::report {
namespace {

constexpr int k_ticks = 5;

std::string bounds_text(const Json& interval, double size) {
  if (!interval.is_array() || interval.size() != 2) {
    return "";
  }
  const int decimals = decimals_for(size);
  return range_text(interval.as_array()[0].number_or(0.0), interval.as_array()[1].number_or(0.0), decimals);
}

std::string spoken(std::string_view name) {
  std::string text(name);
  for (char& letter : text) {
    letter = letter == '_' ? ' ' : letter;
  }
  return text;
}

void alternative_row(Markup& page, std::string_view name, const Json& other) {
  const double advantage = other["advantage"].number_or(0.0);
  page.element("tr", {}, [&] {
    page.element("th", {{"scope", "row"}}, spoken(name));
    page.element("td", {{"class", "number"}}, metric_text(other["value_per_1000"].number_or(0.0)));
    page.element("td", {{"class", "number"}}, metric_text(advantage));
    page.element("td", {{"class", "number interval"}}, bounds_text(other["advantage_ci"], advantage));
  });
}

void benefit_plot(Markup& page, const Json& value) {
  const auto& curve = value["net_benefit"].as_array();
  std::vector<std::pair<double, double>> model;
  std::vector<std::pair<double, double>> all;
  Range y{0.0, 0.0};
  for (const Json& point : curve) {
    const double threshold = point["threshold"].as_number();
    model.emplace_back(threshold, point["model"].as_number());
    y.include(model.back().second);
    if (point["treat_all"].as_number() >=
        -y.most) { // it falls without end: what is far below zero says nothing
      all.emplace_back(threshold, point["treat_all"].as_number());
      y.include(all.back().second);
    }
  }
  y = rounded_out(y, k_ticks);
  Plot plot({0.0, 1.0}, y);
  plot.x_axis("threshold", k_ticks);
  plot.y_axis("net benefit", k_ticks);
  plot.line(0.0, 0.0, 1.0, 0.0, "ideal");
  plot.path(all, "all");
  plot.path(model, "curve");
  page.element("h3", {}, "Net benefit");
  page.element("p", {{"class", "about"}},
               "In right calls a case, wrong ones weighed by the threshold. Blue: this model. Brown: calling "
               "everybody. "
               "Dashed: calling nobody.");
  page.raw(plot.svg("Net benefit of the model and of calling everybody, against the threshold", "broad"));
}

/// How often it is wrong where it is sure.
std::string sure_rows(const Json& confident) {
  const std::int64_t n = confident["n"].integer_or(0);
  const std::string from = percent_text(confident["from"].number_or(0.9));
  return n == 0 ? fmt::format("It is at least {} sure of no row.", from)
                : fmt::format("Of the {} rows on which it is at least {} sure, {} are wrong.", thousands(n),
                              from, thousands(confident["wrong"].integer_or(0)));
}

} // namespace

void write_value(Markup& page, const EvaluationView& view) {
  const Json& value = view.document()["value"];
  if (!value["value_per_1000"].is_object()) {
    return;
  }
  page.element("h2", {}, "What is it worth?");
  page.element("p", {{"class", "about"}}, [&] {
    page.text(fmt::format(
        "By the costs of mlp.yaml, its decisions are worth {} per 1,000 cases ({}), at threshold {:.2f}.",
        value_text(value["value_per_1000"]), interval_text(value["value_per_1000"]),
        value["threshold"].number_or(0.5)));
    if (value["bayes_threshold"].is_number()) {
      page.text(fmt::format(" Were its probabilities exact, {:.2f} would be the best threshold.",
                            value["bayes_threshold"].as_number()));
    }
  });
  page.element("div", {{"class", "wide"}}, [&] {
    page.element("table", {}, [&] {
      page.raw(
          "<thead><tr><th scope=\"col\">instead</th><th scope=\"col\" class=\"number\">value per 1,000</th>"
          "<th scope=\"col\" class=\"number\">the model is worth more by</th>"
          "<th scope=\"col\" class=\"number\">interval</th></tr></thead>\n");
      page.element("tbody", {}, [&] {
        for (const auto& [name, other] : value["alternatives"].as_object()) {
          alternative_row(page, name, other);
        }
      });
    });
  });
  if (value["net_benefit"].is_array() && value["net_benefit"].size() > 1) {
    benefit_plot(page, value);
  }
}

void write_abstention(Markup& page, const EvaluationView& view) {
  const Json& abstention = view.document()["abstention"];
  if (!abstention["curve"].is_array() || abstention["curve"].size() < 2) {
    return;
  }
  std::vector<std::pair<double, double>> points;
  Range y{0.0, 0.0};
  for (const Json& point : abstention["curve"].as_array()) {
    points.emplace_back(point["coverage"].number_or(0.0), point["risk"].number_or(0.0));
    y.include(points.back().second);
  }
  Plot plot({0.0, 1.0}, rounded_out(y, k_ticks));
  plot.x_axis("share of rows decided, the surest first", k_ticks);
  plot.y_axis("share of them wrong", k_ticks);
  plot.path(points, "curve");
  page.element("h2", {}, "When should it not decide?");
  const Json& confident = abstention["confident"];
  page.element(
      "p", {{"class", "about"}},
      fmt::format(
          "Were only the surest rows decided and the rest left to a person, this share would be wrong{}. {}",
          view.document()["task"].string_or() == "binary"
              ? ", each row called what is more probable (whatever the threshold)"
              : "",
          sure_rows(confident)));
  page.raw(plot.svg("Share of wrong decisions against the share of rows decided", "broad"));
}

} // namespace mlp::report
