#include "evaluation/grouping.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <numeric>

namespace mlp::evaluation {
namespace {

constexpr std::string_view k_missing = "(missing)";

std::vector<double> present_values(const dataset::Column& column, const std::vector<std::uint32_t>& rows) {
  std::vector<double> values;
  values.reserve(rows.size());
  for (const std::uint32_t row : rows) {
    if (!column.missing(row)) {
      values.push_back(column.numbers[row]);
    }
  }
  std::sort(values.begin(), values.end());
  return values;
}

/// Inner edges of `bins` quantile bins (type 7); equal edges are merged.
std::vector<double> inner_edges(const std::vector<double>& sorted, int bins) {
  std::vector<double> edges;
  for (int bin = 1; bin < bins && !sorted.empty(); ++bin) {
    const double at = static_cast<double>(bin) / bins * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(at);
    const double upper = sorted[std::min(below + 1, sorted.size() - 1)];
    const double edge = sorted[below] + (at - static_cast<double>(below)) * (upper - sorted[below]);
    if (edge > sorted.front() && (edges.empty() || edge > edges.back())) {
      edges.push_back(edge);
    }
  }
  return edges;
}

/// Without the last digits, which interpolation leaves behind: -0.00155 instead of -0.0015500000000000002.
std::vector<double> readable(const std::vector<double>& edges) {
  std::vector<double> rounded;
  for (const double edge : edges) {
    rounded.push_back(std::strtod(fmt::format("{:.12g}", edge).c_str(), nullptr));
  }
  const bool are_apart = std::adjacent_find(rounded.begin(), rounded.end()) == rounded.end();
  return are_apart ? rounded : edges;
}

/// `edges` as values of the column, so that they read like it: dates as dates.
std::string bin_label(const dataset::Column& edges, std::size_t bin) {
  const std::size_t count = edges.numbers.size();
  if (count == 0) {
    return "all";
  }
  if (bin == 0) {
    return fmt::format("< {}", edges.text(0));
  }
  if (bin == count) {
    return fmt::format("≥ {}", edges.text(count - 1));
  }
  return fmt::format("[{}, {})", edges.text(bin - 1), edges.text(bin));
}

Grouping by_bins(const dataset::Column& column, const std::vector<std::uint32_t>& rows,
                 const std::vector<double>& edges) {
  dataset::Column shown;
  shown.type = column.type;
  shown.numbers = readable(edges);
  Grouping grouping;
  for (std::size_t bin = 0; bin <= edges.size(); ++bin) {
    grouping.labels.push_back(bin_label(shown, bin));
  }
  grouping.missing = grouping.labels.size();
  grouping.labels.emplace_back(k_missing);
  grouping.group.reserve(rows.size());
  for (const std::uint32_t row : rows) {
    if (column.missing(row)) {
      grouping.group.push_back(*grouping.missing);
      continue;
    }
    const auto above = std::upper_bound(edges.begin(), edges.end(), column.numbers[row]);
    grouping.group.push_back(static_cast<std::size_t>(above - edges.begin()));
  }
  return grouping;
}

double value_of(const dataset::Column& column, std::uint32_t row) {
  return column.is_numeric() ? column.numbers[row] : column.codes[row];
}

/// One distinct value: numbers sort as numbers, codes as their sorted categories.
struct Value {
  std::size_t rows = 0;
  std::size_t group = 0;
  std::uint32_t example = 0; ///< a row that has it
};
using Values = std::map<double, Value>;

Values distinct_values(const dataset::Column& column, const std::vector<std::uint32_t>& rows) {
  Values values;
  for (const std::uint32_t row : rows) {
    if (!column.missing(row)) {
      Value& value = values[value_of(column, row)];
      ++value.rows;
      value.example = row;
    }
  }
  return values;
}

/// Gives the largest values a group of their own, and the rest one together.
void number_groups(Values& values, const dataset::Column& column, Grouping& grouping) {
  std::vector<std::size_t> sizes;
  for (const auto& [value, found] : values) {
    sizes.push_back(found.rows);
  }
  const auto kept = largest_groups(sizes, k_most_slices);
  auto next = kept.begin();
  std::size_t position = 0;
  for (auto& [value, found] : values) {
    if (next != kept.end() && *next == position++) {
      found.group = grouping.labels.size();
      grouping.labels.push_back(column.text(found.example));
      ++next;
    } else {
      found.group = kept.size();
    }
  }
  if (values.size() > kept.size()) {
    grouping.others = kept.size();
    grouping.labels.push_back(fmt::format("(others: {} values)", values.size() - kept.size()));
  }
}

Grouping by_value(const dataset::Column& column, const std::vector<std::uint32_t>& rows) {
  Values values = distinct_values(column, rows);
  Grouping grouping;
  number_groups(values, column, grouping);
  grouping.missing = grouping.labels.size();
  grouping.labels.emplace_back(k_missing);
  grouping.group.reserve(rows.size());
  for (const std::uint32_t row : rows) {
    grouping.group.push_back(column.missing(row) ? *grouping.missing
                                                 : values.at(value_of(column, row)).group);
  }
  return grouping;
}

} // namespace

std::vector<std::size_t> largest_groups(const std::vector<std::size_t>& sizes, std::size_t most) {
  std::vector<std::size_t> order(sizes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (order.size() > most) {
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t i, std::size_t j) { return sizes[i] > sizes[j]; });
    order.resize(most);
    std::sort(order.begin(), order.end());
  }
  return order;
}

Grouping group_by(const dataset::Column& column, const std::vector<std::uint32_t>& rows,
                  std::optional<int> bins) {
  const bool number =
      column.type == dataset::ColumnType::number || column.type == dataset::ColumnType::datetime;
  if (bins && !number) {
    throw Error(ErrorCode::input, "cannot cut '{}' into bins: it is a {} column, not a number", column.name,
                dataset::name_of(column.type))
        .hint("leave out `bins` in evaluation.slices");
  }
  if (number) {
    const std::vector<double> sorted = present_values(column, rows);
    std::size_t distinct = sorted.empty() ? 0 : 1;
    for (std::size_t i = 1; i < sorted.size(); ++i) {
      distinct += sorted[i] > sorted[i - 1] ? 1U : 0U;
    }
    if (bins || distinct > k_most_distinct_numbers) {
      return by_bins(column, rows, inner_edges(sorted, bins.value_or(4)));
    }
  }
  return by_value(column, rows);
}

} // namespace mlp::evaluation
