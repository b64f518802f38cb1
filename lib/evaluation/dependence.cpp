#include "evaluation/dependence.hpp"

#include "dataset/split_key.hpp"

#include <algorithm>
#include <map>
#include <string>

namespace mlp::evaluation {
namespace {

/// Groups are numbered by their values' order, so that no order of rows changes a number.
std::vector<std::uint32_t> clusters_of(const dataset::Column& column,
                                       const std::vector<std::uint32_t>& rows) {
  std::map<std::string, std::vector<std::size_t>> rows_of_value;
  std::vector<std::size_t> without;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (column.missing(rows[i])) {
      without.push_back(i);
    } else {
      rows_of_value[column.text(rows[i])].push_back(i);
    }
  }
  std::vector<std::uint32_t> clusters(rows.size());
  std::uint32_t number = 0;
  for (const auto& [value, members] : rows_of_value) {
    for (const std::size_t i : members) {
      clusters[i] = number;
    }
    ++number;
  }
  for (const std::size_t i : without) {
    clusters[i] = number++;
  }
  return clusters;
}

std::vector<std::uint32_t> ranks_of(const dataset::Column& column, const std::vector<std::uint32_t>& rows) {
  std::vector<double> times;
  times.reserve(rows.size());
  for (const std::uint32_t row : rows) {
    times.push_back(column.numbers[row]);
  }
  std::vector<double> known = times;
  std::ranges::sort(known);
  known.erase(std::unique(known.begin(), known.end()), known.end());
  std::vector<std::uint32_t> ranks;
  ranks.reserve(times.size());
  for (const double time : times) {
    ranks.push_back(static_cast<std::uint32_t>(std::ranges::lower_bound(known, time) - known.begin()));
  }
  return ranks;
}

/// The column of a role, where the table has it.
const dataset::Column* column_of(const dataset::Table& table, const config::Project& project,
                                 config::Role role) {
  const auto name = dataset::column_of_role(project, role);
  return name ? table.find(*name) : nullptr;
}

} // namespace

void set_dependence(Scored& scored, const dataset::Table& table, const std::vector<std::uint32_t>& rows,
                    const config::Project& project) {
  if (const auto* group = column_of(table, project, config::Role::group)) {
    scored.dependence = metrics::Dependence::clusters;
    scored.places = clusters_of(*group, rows);
    return;
  }
  const auto* time = column_of(table, project, config::Role::time);
  const auto has_time = [&](std::uint32_t row) { return !time->missing(row); };
  if (time != nullptr && time->is_numeric() && std::ranges::all_of(rows, has_time)) {
    scored.dependence = metrics::Dependence::time;
    scored.places = ranks_of(*time, rows);
  }
}

} // namespace mlp::evaluation
