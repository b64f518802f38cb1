#include "metrics/metric.hpp"
#include "report/baseline_rows.hpp"
#include "report/evaluation_sections.hpp"
#include "report/numbers.hpp"
#include "report/plot.hpp"

#include <fmt/format.h>

namespace mlp::report {
namespace {

struct Mark {
  const Json* metric;
  std::string_view css;
  std::string_view who;
};

std::optional<double> number(const Json& json) {
  return json.is_number() ? std::optional(json.as_number()) : std::nullopt;
}

void include(Range& range, const Json& metric) {
  if (const auto value = number(metric["value"])) {
    range.include(*value);
  }
  if (metric["ci"].is_array()) {
    for (const Json& bound : metric["ci"].as_array()) {
      range.include(bound.number_or(range.least));
    }
  }
}

Range empty_range(const Json& metric) {
  const double value = metric["value"].number_or(0.0);
  return {value, value};
}

bool is_skill(std::string_view name) { return name.starts_with("skill_"); }

/// Where the picture of a metric begins and ends: its definition's range, else what is to be shown.
Range range_of(Task task, const std::string& name, const std::vector<Mark>& marks) {
  const metrics::MetricInfo* info = metrics::find_metric(task, name);
  if (info != nullptr && info->range == "[0, 1]") {
    return {0.0, 1.0};
  }
  Range range = empty_range(*marks.front().metric);
  for (const Mark& mark : marks) {
    include(range, *mark.metric);
  }
  if (is_skill(name)) {
    range.include(0.0); // no better, no worse
  }
  return rounded_out(range, 4);
}

/// The first mark with its interval, the others as dots.
std::string picture(const std::vector<Mark>& marks, Range range, std::optional<double> reference) {
  const Json& metric = *marks.front().metric;
  if (!metric["value"].is_number()) {
    return "";
  }
  Plot plot(range, {0.0, 1.0});
  plot.line(range.least, 0.5, range.most, 0.5, "grid");
  if (reference) {
    plot.line(*reference, 0.0, *reference, 1.0, "overall");
  }
  if (metric["ci"].is_array()) {
    const auto& bounds = metric["ci"].as_array();
    plot.line(bounds[0].number_or(0.0), 0.5, bounds[1].number_or(0.0), 0.5, "interval");
  }
  for (auto mark = marks.rbegin(); mark != marks.rend(); ++mark) { // the model's own is on top
    if (const auto value = number((*mark->metric)["value"])) {
      plot.dot(*value, 0.5, mark->css, fmt::format("{} {}", mark->who, metric_text(*value)));
    }
  }
  return plot.svg(fmt::format("{}, interval {}, on a scale from {} to {}", value_text(metric),
                              interval_text(metric), metric_text(range.least), metric_text(range.most)),
                  "track");
}

void header(Markup& page, const std::vector<std::pair<std::string_view, std::string_view>>& columns) {
  page.element("thead", {}, [&] {
    page.element("tr", {}, [&] {
      for (const auto& [text, css] : columns) {
        page.element("th", {{"scope", "col"}, {"class", std::string(css)}}, text);
      }
    });
  });
}

void cell(Markup& page, std::string_view text, std::string_view css = "number") {
  page.element("td", {{"class", std::string(css)}}, text);
}

void row_header(Markup& page, std::string_view text) {
  page.element("th", {{"scope", "row"}}, [&] { page.name(text); });
}

/// The interval, or why there is none.
void interval_cell(Markup& page, const Json& metric) {
  cell(page, interval_text(metric), metric["value"].is_number() ? "number interval" : "why");
}

Task task_of(const EvaluationView& view) {
  return task_from(view.document()["task"].string_or()).value_or(Task::binary);
}

void metric_row(Markup& page, const EvaluationView& view, const std::string& name, const PageFacts& facts) {
  const Json& metric = view.metric(name);
  if (metric.is_null()) {
    return;
  }
  const EvaluationView champion(facts.champion);
  std::vector<Mark> marks = {{&metric, "model", "this model"}};
  marks.push_back({&view.baseline("dummy", name), "guess", view.guess()});
  marks.push_back({&view.baseline("simple", name), "simple", "simple model"});
  if (!facts.champion.is_null()) {
    marks.push_back({&champion.metric(name), "champion", facts.champion_name});
  }
  page.element("tr", {}, [&] {
    row_header(page, view.label(name));
    page.element("td", {{"class", "picture"}}, [&] {
      page.raw(picture(marks, range_of(task_of(view), name, marks),
                       is_skill(name) ? std::optional(0.0) : std::nullopt));
    });
    cell(page, value_text(metric));
    interval_cell(page, metric);
    cell(page, value_text(*marks[1].metric), "number optional");
    cell(page, value_text(*marks[2].metric), "number optional");
    if (!facts.champion.is_null()) {
      cell(page, value_text(*marks[3].metric));
    }
  });
}

void key(Markup& page, const EvaluationView& view, const PageFacts& facts) {
  page.element("ul", {{"class", "key"}}, [&] {
    const auto item = [&](std::string_view css, std::string_view text) {
      page.element("li", {}, [&] {
        page.element("span", {{"class", std::string(css)}}, "");
        page.text(text);
      });
    };
    item("", "this model, with its interval");
    item("guess", view.guessing());
    item("simple", "simple model");
    if (!facts.champion.is_null()) {
      item("champion", facts.champion_name);
    }
  });
}

void metric_table(Markup& page, const EvaluationView& view, const std::vector<std::string>& names,
                  const PageFacts& facts) {
  page.element("div", {{"class", "wide"}}, [&] {
    page.element("table", {}, [&] {
      const std::string interval = interval_header(view);
      std::vector<std::pair<std::string_view, std::string_view>> columns = {
          {"metric", ""},
          {"", "picture"},
          {"value", "number"},
          {interval, "number"},
          {view.guess(), "number optional"},
          {"simple model", "number optional"}};
      if (!facts.champion.is_null()) {
        columns.emplace_back("champion", "number");
      }
      header(page, columns);
      page.element("tbody", {}, [&] {
        for (const std::string& name : names) {
          metric_row(page, view, name, facts);
        }
      });
    });
  });
}

void group_row(Markup& page, const EvaluationView& view, const std::string& slice, Range range) {
  const Json& metric = view.metric(view.primary(), slice);
  const Json& selected = view.metric("selection_rate", slice);
  page.element("tr", {}, [&] {
    row_header(page, slice);
    cell(page, thousands(metric["n"].integer_or(0)));
    page.element("td", {{"class", "picture"}}, [&] {
      page.raw(picture({{&metric, "model", slice}}, range, number(view.metric(view.primary())["value"])));
    });
    cell(page, value_text(metric));
    interval_cell(page, metric);
    if (view.is_binary()) {
      cell(page, value_text(selected), "number optional");
    }
  });
}

} // namespace

void write_metrics(Markup& page, const EvaluationView& view, const PageFacts& facts) {
  page.element("h2", {{"id", "numbers"}}, "How good is it?");
  key(page, view, facts);
  std::vector<std::string> names = view.shown();
  names.insert(names.end(), {"skill_vs_dummy", "skill_vs_simple", "skill_vs_stump"});
  metric_table(page, view, names, facts);
}

void write_baselines(Markup& page, const EvaluationView& view) {
  const auto rows = baseline_rows(view);
  if (rows.empty()) {
    return;
  }
  page.element("h2", {}, "What instead of this model?");
  page.element("p", {{"class", "about"}},
               "The same rows decided otherwise, and by how much the model is better. Where the interval "
               "holds zero, these rows do not tell the two apart.");
  page.element("div", {{"class", "wide"}}, [&] {
    page.element("table", {}, [&] {
      const std::string interval = interval_header(view);
      header(page, {{"instead", ""},
                    {"metric", ""},
                    {"model", "number"},
                    {"instead", "number"},
                    {"better by", "number"},
                    {interval, "number"}});
      page.element("tbody", {}, [&] {
        for (const BaselineRow& row : rows) {
          page.element("tr", {}, [&] {
            row_header(page, row.instead);
            page.element("td", {}, [&] { page.name(row.metric); });
            for (const std::string& text : {row.model, row.other, row.better_by}) {
              cell(page, text);
            }
            cell(page, row.interval, row.better_by == "–" ? "why" : "number interval");
          });
        }
      });
    });
  });
}

void write_groups(Markup& page, const EvaluationView& view) {
  const std::vector<std::string> slices = view.slices();
  if (slices.empty()) {
    return;
  }
  Range range = empty_range(view.metric(view.primary()));
  for (const std::string& slice : slices) {
    include(range, view.metric(view.primary(), slice));
  }
  range = rounded_out(range, 4);
  page.element("h2", {}, "For whom does it work?");
  page.element(
      "p", {{"class", "about"}},
      fmt::format("{} of each group, with its interval; the dashed line is the value of all rows. Where two "
                  "intervals overlap widely, the data do not tell the groups apart.",
                  view.label(view.primary())));
  page.element("div", {{"class", "wide"}}, [&] {
    page.element("table", {}, [&] {
      const std::string interval = interval_header(view);
      std::vector<std::pair<std::string_view, std::string_view>> columns = {
          {"group", ""}, {view.unit(), "number"}, {"", "picture"}, {"value", "number"}, {interval, "number"}};
      if (view.is_binary()) {
        columns.emplace_back("selected", "number optional");
      }
      header(page, columns);
      page.element("tbody", {}, [&] {
        for (const std::string& slice : slices) {
          group_row(page, view, slice, range);
        }
      });
    });
  });
}

void write_all_metrics(Markup& page, const EvaluationView& view) {
  page.element("details", {}, [&] {
    page.element("summary", {}, "Every metric");
    metric_table(page, view, view.all(), {});
  });
}

} // namespace mlp::report
