#include "evaluation/loss_units.hpp"

#include "dataset/personal_data.hpp"
#include "dataset/roles.hpp"
#include "metrics/queries.hpp"
#include "metrics/row_losses.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <set>

namespace mlp::evaluation {
namespace {

metrics::Rows rows_of(const Scored& scored) {
  metrics::Rows rows;
  rows.task = scored.task;
  rows.target = scored.target;
  rows.scores = scored.model;
  rows.classes = scored.task == Task::multiclass ? scored.classes.size() : 1;
  if (scored.task == Task::ranking) {
    rows.places = scored.places;
    rows.groups = *std::ranges::max_element(scored.places) + std::size_t{1};
  }
  return rows;
}

std::vector<LossUnit> query_units(const Scored& scored, const std::vector<std::uint32_t>& rows) {
  std::vector<LossUnit> units;
  for (const metrics::Query& query : metrics::queries_of(rows_of(scored))) {
    if (query.relevant > 0.0) {
      const std::uint32_t first = *std::ranges::min_element(query.rows);
      const double loss =
          1.0 - metrics::ndcg(query, std::numeric_limits<double>::infinity(), metrics::Gain::linear);
      units.push_back({rows[first], loss, scored.weights.empty() ? 1.0 : scored.weights[first]});
    }
  }
  return units;
}

bool says_the_same(const dataset::Column& column, std::uint32_t a, std::uint32_t b) {
  if (column.missing(a) || column.missing(b)) {
    return column.missing(a) == column.missing(b);
  }
  return column.is_numeric() ? column.numbers[a] == column.numbers[b] : column.codes[a] == column.codes[b];
}

/// Whether all rows of each query have one value.
bool is_of_queries(const dataset::Column& column, const Scored& scored,
                   const std::vector<std::uint32_t>& rows) {
  std::vector<std::optional<std::uint32_t>> first(scored.places.empty() ? 0 : scored.places.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto& seen = first[scored.places[i]];
    if (seen && !says_the_same(column, *seen, rows[i])) {
      return false;
    }
    seen = seen.value_or(rows[i]);
  }
  return true;
}

} // namespace

std::vector<LossUnit> loss_units(const Scored& scored, const std::vector<std::uint32_t>& rows) {
  if (scored.task == Task::ranking) {
    return query_units(scored, rows);
  }
  const std::vector<double> losses = metrics::skill_losses(rows_of(scored));
  std::vector<LossUnit> units;
  units.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    units.push_back({rows[i], losses[i], scored.weights.empty() ? 1.0 : scored.weights[i]});
  }
  return units;
}

std::vector<std::string> searched_columns(const Scored& scored, const dataset::Table& table,
                                          const std::vector<std::uint32_t>& rows,
                                          const config::Project& project) {
  std::set<std::string> wanted;
  for (const config::SliceConfig& slice : project.evaluation.slices) {
    wanted.insert(slice.columns.begin(), slice.columns.end());
  }
  std::vector<std::string> names;
  for (const dataset::Column& column : table.columns) {
    const auto said = project.data.columns.find(column.name);
    const bool is_protected = said != project.data.columns.end() && said->second.is_protected;
    const bool is_feature = dataset::role_of(project, column.name) == config::Role::feature;
    const bool may_be_searched = is_feature || is_protected;
    if (column.type == dataset::ColumnType::text || column.name == project.data.target ||
        (!wanted.contains(column.name) && (!may_be_searched || dataset::personal_data(column)))) {
      continue;
    }
    if (scored.task != Task::ranking || is_of_queries(column, scored, rows)) {
      names.push_back(column.name);
    }
  }
  return names;
}

} // namespace mlp::evaluation
