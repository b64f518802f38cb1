#include "config/templates.hpp"
#include "report/evaluation_sections.hpp"
#include "report/numbers.hpp"
#include "report/plot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlp::report {
namespace {

constexpr int k_ticks = 5;
constexpr std::size_t k_most_classes = 20;

/// JSON as it may stand in a script element: no byte sequence of it ends the element.
std::string script_json(const Json& json) {
  std::string text;
  for (const char letter : json.dump()) {
    text += letter == '<' ? "\\u003c" : std::string(1, letter);
  }
  return text;
}

void number_fact(Markup& page, const std::string& id, std::string_view name) {
  page.element("div", {}, [&] {
    page.element("dt", {}, name);
    page.element("dd", {{"id", id}}, "–");
  });
}

void explorer_groups(Markup& page, const Json::Array& groups) {
  page.element("div", {{"class", "wide"}}, [&] {
    page.element("table", {}, [&] {
      page.raw(
          "<thead><tr><th scope=\"col\">group</th><th scope=\"col\" class=\"picture\">called positive</th>"
          "<th scope=\"col\" class=\"number\">share</th><th scope=\"col\" class=\"number\">recall</th>"
          "<th scope=\"col\" class=\"number\">false alarms</th></tr></thead>\n");
      page.element("tbody", {}, [&] {
        for (std::size_t i = 1; i < groups.size(); ++i) {
          const std::string place = std::to_string(i - 1);
          page.element("tr", {}, [&] {
            const std::int64_t rows =
                groups[i]["positives"].integer_or(0) + groups[i]["negatives"].integer_or(0);
            page.element("th", {{"scope", "row"}}, [&] {
              page.name(groups[i]["slice"].string_or());
              page.element("span", {{"class", "quiet"}},
                           fmt::format(" {} {}", thousands(rows), rows == 1 ? "row" : "rows"));
            });
            page.element("td", {{"class", "picture"}}, [&] {
              page.element("div", {{"class", "bar"}, {"id", "bar-" + place}}, "");
            });
            for (const char* rate : {"selected-", "recall-", "fpr-"}) {
              page.element("td", {{"class", "number"}, {"id", rate + place}}, "–");
            }
          });
        }
      });
    });
  });
}

struct Bin {
  double score = 0.0;
  double share = 0.0;
  double lower = 0.0;
  double upper = 0.0;
  std::int64_t n = 0;
};

std::vector<Bin> reliability_bins(const Json& calibration) {
  std::vector<Bin> bins;
  if (calibration["bins"].is_array()) {
    for (const Json& bin : calibration["bins"].as_array()) {
      const Json& interval = bin["ci"];
      const bool bounded = interval.is_array() && interval.size() == 2;
      const double share = bin["observed"].number_or(0.0);
      bins.push_back({bin["mean_score"].number_or(0.0), share,
                      bounded ? interval.as_array()[0].number_or(share) : share,
                      bounded ? interval.as_array()[1].number_or(share) : share, bin["n"].integer_or(0)});
    }
  }
  return bins;
}

} // namespace

void write_threshold_explorer(Markup& page, const EvaluationView& view) {
  const Json& thresholds = view.document()["thresholds"];
  if (!thresholds["groups"].is_array() || thresholds["groups"].size() == 0) {
    return;
  }
  const std::int64_t steps = thresholds["steps"].integer_or(100);
  const auto now = std::llround(view.document()["threshold"].number_or(0.5) * static_cast<double>(steps));
  page.element("h2", {}, "What if the threshold moved?");
  page.element("p", {{"class", "about"}},
               fmt::format("A row is called positive when its score reaches the threshold; the model's own "
                           "is {:.4g}. These are the "
                           "scored rows: choose a threshold on validation data, not here.",
                           view.document()["threshold"].number_or(0.5)));
  page.element("div", {{"class", "explorer"}}, [&] {
    page.element("label", {{"for", "threshold"}}, [&] {
      page.text("Threshold ");
      page.element("output", {{"id", "threshold-value"}, {"for", "threshold"}},
                   fmt::format("{:.2f}", static_cast<double>(now) / static_cast<double>(steps)));
    });
    page.empty("input", {{"type", "range"},
                         {"id", "threshold"},
                         {"min", "0"},
                         {"max", std::to_string(steps)},
                         {"value", std::to_string(now)},
                         {"disabled", ""}});
    page.element("dl", {{"class", "facts"}}, [&] {
      number_fact(page, "tp", "rightly called");
      number_fact(page, "fp", "wrongly called");
      number_fact(page, "fn", "missed");
      number_fact(page, "tn", "rightly left");
      number_fact(page, "recall", "recall");
      number_fact(page, "precision", "precision");
      number_fact(page, "fpr", "false alarms");
      number_fact(page, "selected", "called positive");
      if (thresholds["groups"].as_array().front()["value_per_1000"].is_array()) {
        number_fact(page, "value", "value per 1,000 rows");
      }
    });
    const auto& groups = thresholds["groups"].as_array();
    if (groups.size() > 1) {
      explorer_groups(page, groups);
    }
    page.element("noscript", {}, "Moving the threshold needs JavaScript.");
  });
  page.element("script", {{"type", "application/json"}, {"id", "thresholds"}},
               [&] { page.raw(script_json(thresholds)); });
  page.element("script", {}, [&] { page.raw(config::page_script()); });
}

void write_calibration(Markup& page, const EvaluationView& view) {
  const Json& calibration = view.document()["calibration"];
  const std::vector<Bin> bins = reliability_bins(calibration);
  if (bins.empty()) {
    return;
  }
  page.element("h2", {}, "Do the probabilities mean what they say?");
  page.element(
      "p", {{"class", "about"}},
      fmt::format(
          "Rows with similar scores, and how many of them are positive. On the dashed line both agree. "
          "The mean gap is {}, {} more than exact probabilities would show by chance (p {}).",
          metric_text(calibration["error"].number_or(0.0)),
          metric_text(calibration["excess_error"].number_or(0.0)),
          fixed_text(calibration["p_value"].number_or(1.0), 3)));
  Plot plot({0.0, 1.0}, {0.0, 1.0});
  plot.x_axis("mean score", k_ticks);
  plot.y_axis("share of positives", k_ticks);
  plot.line(0.0, 0.0, 1.0, 1.0, "ideal");
  for (const Bin& bin : bins) {
    plot.line(bin.score, bin.lower, bin.score, bin.upper, "interval");
  }
  for (const Bin& bin : bins) {
    plot.dot(bin.score, bin.share, "model",
             fmt::format("score {}, {} of {} rows positive", metric_text(bin.score), percent_text(bin.share),
                         thousands(bin.n)));
  }
  page.raw(plot.svg("Reliability: share of positives against mean score", "square"));
}

void write_confusion(Markup& page, const EvaluationView& view) {
  const Json& confusion = view.document()["confusion"];
  if (!confusion["classes"].is_array() || confusion["classes"].size() > k_most_classes) {
    return;
  }
  page.element("h2", {}, "What is called what?");
  page.element("div", {{"class", "wide"}}, [&] {
    page.element("table", {}, [&] {
      page.element("caption", {}, "Rows: the true class. Columns: what the model calls it.");
      page.element("thead", {}, [&] {
        page.element("tr", {}, [&] {
          page.element("th", {{"scope", "col"}}, "true class");
          for (const Json& name : confusion["classes"].as_array()) {
            page.element("th", {{"scope", "col"}, {"class", "number"}}, name.string_or());
          }
        });
      });
      page.element("tbody", {}, [&] {
        for (std::size_t i = 0; i < confusion["classes"].size(); ++i) {
          page.element("tr", {}, [&] {
            page.element("th", {{"scope", "row"}}, confusion["classes"].as_array()[i].string_or());
            for (const Json& count : confusion["counts"].as_array()[i].as_array()) {
              page.element("td", {{"class", "number"}}, thousands(count.integer_or(0)));
            }
          });
        }
      });
    });
  });
}

void write_error_bins(Markup& page, const EvaluationView& view) {
  const Json& bins = view.document()["error_bins"];
  if (!bins.is_array() || bins.size() == 0) {
    return;
  }
  const auto& list = bins.as_array();
  Range x{list.front()["prediction"].as_number(), list.front()["prediction"].as_number()};
  Range y{0.0, 0.0};
  for (const Json& bin : list) {
    x.include(bin["prediction"].as_number());
    y.include(bin["error"].as_number() - bin["half_width"].as_number());
    y.include(bin["error"].as_number() + bin["half_width"].as_number());
  }
  x = rounded_out(x, k_ticks);
  y = rounded_out(y, k_ticks);
  page.element("h2", {}, "Where is it wrong?");
  page.element(
      "p", {{"class", "about"}},
      "Rows with similar predictions: mean error (prediction less value) with its interval. Above the dashed "
      "line the model says too much, below too little.");
  Plot plot(x, y);
  plot.x_axis("prediction", k_ticks);
  plot.y_axis("mean error", k_ticks);
  plot.line(x.least, 0.0, x.most, 0.0, "ideal");
  for (const Json& bin : list) {
    const double at = bin["prediction"].as_number();
    const double error = bin["error"].as_number();
    const double half = bin["half_width"].as_number();
    plot.line(at, error - half, at, error + half, "interval");
    plot.dot(at, error, "model",
             fmt::format("predictions near {}: mean error {} over {} rows", metric_text(at),
                         metric_text(error), thousands(bin["n"].integer_or(0))));
  }
  page.raw(plot.svg("Mean error against prediction", "broad"));
}

} // namespace mlp::report
