#include "evaluation/slices.hpp"

#include "base/error.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

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

/// Each row's group in one column: a rank that sorts the groups, and what a person calls them.
struct Grouping {
  std::vector<std::size_t> group; ///< [rows]
  std::vector<std::string> labels;
};

Grouping by_bins(const dataset::Column& column, const std::vector<std::uint32_t>& rows,
                 const std::vector<double>& edges) {
  dataset::Column shown;
  shown.type = column.type;
  shown.numbers = edges;
  Grouping grouping;
  for (std::size_t bin = 0; bin <= edges.size(); ++bin) {
    grouping.labels.push_back(bin_label(shown, bin));
  }
  grouping.labels.emplace_back(k_missing);
  grouping.group.reserve(rows.size());
  for (const std::uint32_t row : rows) {
    if (column.missing(row)) {
      grouping.group.push_back(edges.size() + 1);
      continue;
    }
    const auto above = std::upper_bound(edges.begin(), edges.end(), column.numbers[row]);
    grouping.group.push_back(static_cast<std::size_t>(above - edges.begin()));
  }
  return grouping;
}

Grouping by_value(const dataset::Column& column, const std::vector<std::uint32_t>& rows) {
  const bool numeric = !column.numbers.empty();
  std::map<double, std::size_t> rank_of; // numbers sort as numbers, codes as their sorted categories
  for (const std::uint32_t row : rows) {
    if (!column.missing(row)) {
      rank_of.emplace(numeric ? column.numbers[row] : column.codes[row], 0);
    }
  }
  if (rank_of.size() > k_most_slices) {
    throw Error(ErrorCode::input, "cannot slice by '{}': it has {} values, more than {}", column.name,
                rank_of.size(), k_most_slices)
        .hint("give a number `bins`, or slice by a column with fewer values");
  }
  Grouping grouping;
  grouping.labels.resize(rank_of.size());
  std::size_t next = 0;
  for (auto& [value, rank] : rank_of) {
    rank = next++;
  }
  grouping.labels.emplace_back(k_missing);
  for (const std::uint32_t row : rows) {
    std::size_t rank = rank_of.size();
    if (!column.missing(row)) {
      rank = rank_of.at(numeric ? column.numbers[row] : column.codes[row]);
      grouping.labels[rank] = column.text(row);
    }
    grouping.group.push_back(rank);
  }
  return grouping;
}

Grouping grouping_of(const dataset::Column& column, const std::vector<std::uint32_t>& rows,
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

void append_slices(std::vector<Slice>& slices, const dataset::Table& table,
                   const std::vector<std::uint32_t>& rows, const config::SliceConfig& wanted) {
  std::vector<Grouping> groupings;
  for (const std::string& name : wanted.columns) {
    groupings.push_back(grouping_of(table.column(name), rows, wanted.bins));
  }
  std::map<std::vector<std::size_t>, Slice> found;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::vector<std::size_t> key;
    key.reserve(groupings.size());
    for (const Grouping& grouping : groupings) {
      key.push_back(grouping.group[i]);
    }
    found[key].at.push_back(static_cast<std::uint32_t>(i));
  }
  if (found.size() > k_most_slices) {
    throw Error(ErrorCode::input, "cannot slice by '{}': {} combinations, more than {}",
                fmt::join(wanted.columns, " & "), found.size(), k_most_slices)
        .hint("cross fewer columns, or columns with fewer values, in evaluation.slices");
  }
  for (auto& [key, slice] : found) {
    for (std::size_t i = 0; i < key.size(); ++i) {
      slice.label +=
          fmt::format("{}{}={}", i > 0 ? " & " : "", wanted.columns[i], groupings[i].labels[key[i]]);
    }
    slice.columns = wanted.columns;
    slices.push_back(std::move(slice));
  }
}

} // namespace

std::vector<Slice> slices_of(const dataset::Table& table, const std::vector<std::uint32_t>& rows,
                             const config::Project& project) {
  std::vector<Slice> slices;
  std::set<std::vector<std::string>> done;
  for (const config::SliceConfig& wanted : project.evaluation.slices) {
    append_slices(slices, table, rows, wanted);
    done.insert(wanted.columns);
  }
  for (const auto& [name, column] : project.data.columns) {
    if (column.is_protected && !done.contains({name})) {
      append_slices(slices, table, rows, {{name}, std::nullopt});
    }
  }
  return slices;
}

} // namespace mlp::evaluation
