#include "report/data_html.hpp"

#include "base/time.hpp"
#include "report/display.hpp"
#include "report/numbers.hpp"
#include "report/page.hpp"
#include "report/plot.hpp"
#include "report/profile_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlp::report {
namespace {

using dataset::ColumnProfile;
using dataset::ColumnType;

constexpr std::size_t k_most_warnings = 50;
constexpr std::size_t k_widest_value = 40;

bool is_ranged(const ColumnProfile& column) {
  return column.type == ColumnType::number || column.type == ColumnType::datetime;
}

double share(std::int64_t part, std::int64_t all) {
  return all > 0 ? static_cast<double>(part) / static_cast<double>(all) : 0.0;
}

void write_warnings(Markup& page, std::span<const Check> checks) {
  const auto n = static_cast<std::int64_t>(checks.size());
  page.element("div", {{"class", n == 0 ? "verdict good" : "verdict unsure"}, {"role", "status"}}, [&] {
    page.element("strong", {},
                 n == 0 ? "Nothing odd was found"
                        : fmt::format("{} warning{}", thousands(n), n == 1 ? "" : "s"));
    page.element("ul", {}, [&] {
      for (const Check& check : checks.first(std::min(checks.size(), k_most_warnings))) {
        page.element("li", {}, check.why);
      }
      if (checks.size() > k_most_warnings) {
        page.element("li", {},
                     fmt::format("and {} more", thousands(n - static_cast<std::int64_t>(k_most_warnings))));
      }
    });
  });
}

/// Of numbers: where they lie, the median dashed.
void write_histogram(Markup& page, const ColumnProfile& column) {
  const bool is_body = column.body.has_value();
  const std::vector<std::int64_t>& counts = is_body ? column.body->counts : column.histogram;
  const Range x{is_body ? column.body->from : *column.min, is_body ? column.body->to : *column.max};
  if (counts.size() < 2 || !(x.most > x.least) || !std::isfinite(x.most - x.least)) {
    return;
  }
  const auto highest = static_cast<double>(*std::max_element(counts.begin(), counts.end()));
  Plot plot(x, {0.0, highest});
  const double width = (x.most - x.least) / static_cast<double>(counts.size());
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const double from = x.least + width * static_cast<double>(i);
    if (counts[i] > 0) {
      plot.bar(from, from + width, static_cast<double>(counts[i]), "model",
               fmt::format("{} – {}: {}", point_text(column, from), point_text(column, from + width),
                           thousands(counts[i])));
    }
  }
  if (column.median && *column.median >= x.least && *column.median <= x.most) {
    plot.line(*column.median, 0.0, *column.median, highest, "overall");
  }
  page.raw(plot.svg(fmt::format("Histogram of {} from {} to {}", printable(column.name),
                                point_text(column, x.least), point_text(column, x.most)),
                    "histogram"));
  page.element("p", {{"class", "ends"}}, [&] {
    page.element("span", {}, point_text(column, x.least));
    page.element("span", {}, point_text(column, x.most));
  });
  if (is_body && column.body->below + column.body->above > 0) {
    page.element("p", {{"class", "about"}},
                 fmt::format("Not in the picture: {} values below it, {} above.",
                             thousands(column.body->below), thousands(column.body->above)));
  }
}

/// Of words: a bar for each of the most frequent ones.
void write_top(Markup& page, const ColumnProfile& column) {
  page.element("table", {}, [&] {
    page.element("tbody", {}, [&] {
      for (const auto& [value, count] : column.top) {
        const double part = share(count, column.count);
        page.element("tr", {}, [&] {
          page.element("th", {{"scope", "row"}}, shortened(value, k_widest_value));
          page.element("td", {{"class", "picture"}}, [&] {
            page.element("div", {{"class", "bar"}, {"style", fmt::format("width:{:.1f}%", 100 * part)}}, "");
          });
          write_cell(page, percent_text(part), "number");
        });
      }
    });
  });
}

std::string facts_text(const ColumnProfile& column, std::int64_t rows) {
  std::string text = fmt::format("{} · {}{} distinct · {} missing", name_of(column.type),
                                 column.unique_error > 0 ? "about " : "", thousands(column.unique),
                                 column.missing == 0 ? "none" : percent_text(share(column.missing, rows)));
  return text;
}

void write_quartiles(Markup& page, const ColumnProfile& column) {
  page.element("dl", {{"class", "quartiles"}}, [&] {
    const auto term = [&](std::string_view name, const std::optional<double>& value) {
      if (value) {
        page.element("div", {}, [&] {
          page.element("dt", {}, name);
          page.element("dd", {}, point_text(column, *value));
        });
      }
    };
    term("min", column.min);
    term("25%", column.q25);
    term("median", column.median);
    term("75%", column.q75);
    term("max", column.max);
    if (column.type == ColumnType::number) {
      term("mean", column.mean);
    }
  });
}

void write_column(Markup& page, const ColumnProfile& column, std::int64_t rows) {
  page.element("section", {{"class", "column"}}, [&] {
    page.element("h3", {}, column.name);
    page.element("p", {{"class", "about"}}, facts_text(column, rows));
    if (is_ranged(column) && column.min) {
      write_histogram(page, column);
      write_quartiles(page, column);
    } else if (!column.top.empty()) {
      write_top(page, column);
    }
  });
}

} // namespace

std::string data_html(const dataset::Profile& profile, std::span<const std::size_t> columns,
                      std::span<const Check> checks, const DataPage& facts) {
  const PageHead head{fmt::format("{} {}", facts.name, facts.dataset.substr(0, 7)), "data", facts.uses,
                      "columns", "Skip to the columns"};
  return html_page(head, [&](Markup& page) {
    write_warnings(page, checks);
    std::int64_t missing = 0;
    for (const ColumnProfile& column : profile.columns) {
      missing += column.missing;
    }
    const auto n = static_cast<std::int64_t>(profile.columns.size());
    page.element("dl", {{"class", "facts"}}, [&] {
      write_fact(page, "rows", thousands(profile.rows), "");
      write_fact(page, "columns", thousands(n), "");
      write_fact(page, "missing values", percent_text(share(missing, n * profile.rows)), thousands(missing));
      write_fact(page, "size", bytes_text(facts.bytes), "");
      write_fact(page, "versions", thousands(facts.versions), "recorded under this name");
    });
    page.element("h2", {{"id", "columns"}}, "Columns");
    page.element("p", {{"class", "about"}},
                 "Numbers: the bulk of the values, the median dashed. Words: the most frequent ones.");
    page.element("div", {{"class", "columns"}}, [&] {
      for (const std::size_t place : columns) {
        write_column(page, profile.columns[place], profile.rows);
      }
    });
    if (columns.size() < profile.columns.size()) {
      page.element("p", {},
                   fmt::format("{} more columns are not drawn.",
                               thousands(n - static_cast<std::int64_t>(columns.size()))));
    }
    page.element("h2", {}, "Where this is from");
    write_terms(page, facts.provenance);
  });
}

} // namespace mlp::report
