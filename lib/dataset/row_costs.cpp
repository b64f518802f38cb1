#include "dataset/row_costs.hpp"

#include "base/error.hpp"
#include "dataset/roles.hpp"
#include "dataset/training_findings.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace mlp::dataset {
namespace {

/// The four outcomes: whether the row is positive, and whether it is called so.
struct Outcome {
  std::string_view name;
  bool positive;
  bool called;
};
constexpr std::array<Outcome, 4> k_outcomes = {
    {{"tp", true, true}, {"fn", true, false}, {"fp", false, true}, {"tn", false, false}}};

bool has_costs(const config::Project& project) {
  return project.model.task == Task::binary && project.evaluation.decision.costs.is_object();
}

std::string place_of(const config::Project& project, std::string_view outcome) {
  const std::string key = fmt::format("evaluation.decision.costs.{}", outcome);
  const config::Position position = project.position_of(key);
  return position.line == 0 ? fmt::format("'{}'", key)
                            : fmt::format("mlp.yaml:{}:{}: '{}'", position.line, position.column, key);
}

/// The column that an outcome's cost stands in.
const Column& cost_column(const Table& table, const config::Project& project, std::string_view outcome,
                          const std::string& name) {
  const auto found = std::find_if(table.columns.begin(), table.columns.end(),
                                  [&](const Column& c) { return c.name == name; });
  if (found == table.columns.end()) {
    throw Error(ErrorCode::input, "{} names the column '{}', which the data lack", place_of(project, outcome),
                name)
        .hint("write an amount, or the name of a column of numbers");
  }
  if (found->type != ColumnType::number) {
    throw Error(ErrorCode::input, "{} names the column '{}', which is a {}, not a number",
                place_of(project, outcome), name, name_of(found->type))
        .hint("write an amount, or the name of a column of numbers");
  }
  return *found;
}

/// The cost of one outcome in every row whose class can cause it.
void take_cost(const Table& table, std::span<const std::uint32_t> rows, std::span<const double> target,
               const config::Project& project, const Outcome& outcome, std::vector<double>& costs) {
  const Json& written = project.evaluation.decision.costs[outcome.name];
  const Column* column =
      written.is_string() ? &cost_column(table, project, outcome.name, written.as_string()) : nullptr;
  std::size_t lacking = 0;
  std::uint32_t first = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if ((target[i] == 1.0) != outcome.positive) {
      continue;
    }
    costs[i] = column == nullptr ? written.number_or(0.0) : column->numbers[rows[i]];
    if (!std::isfinite(costs[i])) {
      first = lacking == 0 ? rows[i] : first;
      ++lacking;
    }
  }
  if (lacking > 0) {
    throw Error(ErrorCode::input,
                "{}: the column '{}' has no amount in {} {} rows that need one, the first is row {}",
                place_of(project, outcome.name), column->name, lacking,
                outcome.positive ? "positive" : "negative", first + 1)
        .hint("fill in the amounts (0 where nothing is lost), or write one amount for all");
  }
}

} // namespace

std::optional<RowCosts> row_costs(const Table& table, std::span<const std::uint32_t> rows,
                                  std::span<const double> target, const config::Project& project) {
  if (!has_costs(project)) {
    return std::nullopt;
  }
  RowCosts costs{std::vector<double>(rows.size()), std::vector<double>(rows.size())};
  for (const Outcome& outcome : k_outcomes) {
    take_cost(table, rows, target, project, outcome, outcome.called ? costs.call : costs.pass);
  }
  return costs;
}

std::vector<Check> cost_findings(const Table& table, const config::Project& project) {
  if (!has_costs(project)) {
    return {};
  }
  const Target target = target_of(table, project);
  std::vector<std::uint32_t> rows;
  std::vector<double> classes;
  for (std::uint32_t row = 0; row < table.rows; ++row) {
    if (!std::isnan(target.values[row])) {
      rows.push_back(row);
      classes.push_back(target.values[row]);
    }
  }
  try {
    static_cast<void>(row_costs(table, rows, classes, project));
  } catch (const Error& error) {
    return {failure("costs", "", error.what())};
  }
  return {};
}

} // namespace mlp::dataset
