#include "report/display.hpp"
#include "report/evaluation_sections.hpp"
#include "report/numbers.hpp"
#include "report/page.hpp"
#include "report/plot.hpp"

#include <fmt/format.h>

namespace mlp::report {
namespace {

/// One line: a part of the rows, and how often its sets or intervals hold the truth.
struct CoverageRow {
  std::string of;
  const Json* coverage; ///< {"n","value","ci"}, or null
  std::string size;     ///< of its sets or intervals
};

std::string size_text(const Json& rule, const Json& mean_size) {
  if (!rule["limit"].is_number()) {
    return "everything";
  }
  return mean_size.is_number() ? fmt::format("{} classes", fixed_text(mean_size.as_number(), 2))
                               : fmt::format("± {}", metric_text(rule["limit"].as_number()));
}

/// Share and interval on an axis, with the share that was promised.
std::string picture(const CoverageRow& row, Range range, double promised) {
  const Json& ci = (*row.coverage)["ci"];
  const double value = (*row.coverage)["value"].number_or(0.0);
  const double lower = ci.as_array()[0].number_or(value);
  const double upper = ci.as_array()[1].number_or(value);
  Plot plot(range, {0.0, 1.0});
  plot.line(range.least, 0.5, range.most, 0.5, "grid");
  plot.line(promised, 0.0, promised, 1.0, "overall");
  plot.line(lower, 0.5, upper, 0.5, "interval");
  plot.dot(value, 0.5, "model", row.of);
  return plot.svg(fmt::format("{}: {}, interval {} to {}", row.of, percent_text(value), percent_text(lower),
                              percent_text(upper)),
                  "track");
}

void write_row(Markup& page, const CoverageRow& row, Range range, double promised) {
  const bool known = row.coverage->is_object();
  const Json& ci = (*row.coverage)["ci"];
  page.element("tr", {}, [&] {
    page.element("th", {{"scope", "row"}}, [&] { page.name(row.of); });
    write_cell(page, known ? thousands((*row.coverage)["n"].integer_or(0)) : "0", "number");
    page.element("td", {{"class", "picture"}}, [&] {
      if (known) {
        page.raw(picture(row, range, promised));
      }
    });
    write_cell(page, known ? percent_text((*row.coverage)["value"].number_or(0.0)) : "–", "number");
    write_cell(page,
               known ? fmt::format("{} – {}", percent_text(ci.as_array()[0].number_or(0.0)),
                                   percent_text(ci.as_array()[1].number_or(0.0)))
                     : "",
               "number interval");
    write_cell(page, row.size, "number optional");
  });
}

void write_rows(Markup& page, std::string_view heading, const std::vector<CoverageRow>& rows,
                double promised) {
  Range range{promised, promised};
  for (const CoverageRow& row : rows) {
    if (row.coverage->is_object()) {
      for (const Json& bound : (*row.coverage)["ci"].as_array()) {
        range.include(bound.number_or(promised));
      }
    }
  }
  range = rounded_out(range, 4);
  write_table(page,
              {{heading, ""},
               {"rows", "number"},
               {"", "picture"},
               {"hold it", "number"},
               {"interval", "number"},
               {"size", "number optional"}},
              [&] {
                for (const CoverageRow& row : rows) {
                  write_row(page, row, range, promised);
                }
              });
}

} // namespace

void write_conformal(Markup& page, const EvaluationView& view) {
  const Json& conformal = view.document()["conformal"];
  if (!conformal["coverage"].is_object()) {
    return;
  }
  const double promised = conformal["level"].number_or(0.9);
  const bool sets = conformal["mean_size"].is_number();
  page.element("h2", {}, sets ? "Which classes stay possible?" : "How far off may it be?");
  page.element(
      "p", {{"class", "about"}},
      fmt::format(
          "{} were made from {} validation rows so that they hold the truth in {} of rows like these. "
          "The dashed line is that promise; it is made for all rows together, not for each group.",
          sets ? "Sets of classes" : "Intervals round the predictions",
          thousands(conformal["n"].integer_or(0)), percent_text(promised)));
  std::vector<CoverageRow> rows = {
      {"all rows", &conformal["coverage"], size_text(conformal, conformal["mean_size"])}};
  for (const Json& slice : conformal["slices"].as_array()) {
    rows.push_back({slice["slice"].string_or(), &slice, ""});
  }
  write_rows(page, "group", rows, promised);
  if (!conformal["by"].is_object()) {
    return;
  }
  page.element("h3", {}, fmt::format("Own rules by {}", conformal["by"]["column"].string_or()));
  page.element("p", {{"class", "about"}},
               "Made from the validation rows of each group alone: the promise holds in each of them.");
  std::vector<CoverageRow> own;
  for (const Json& group : conformal["by"]["groups"].as_array()) {
    own.push_back({group["group"].string_or(), &group["coverage"], size_text(group, group["mean_size"])});
  }
  write_rows(page, "group", own, promised);
}

} // namespace mlp::report
