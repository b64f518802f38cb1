#include "evaluation/current_rule.hpp"

#include "base/error.hpp"
#include "dataset/labels.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

namespace mlp::evaluation {
namespace {

std::string place_of(const config::Project& project) {
  const config::Position position = project.position_of("evaluation.current_rule.column");
  return fmt::format("mlp.yaml:{}:{}: 'evaluation.current_rule.column'", position.line, position.column);
}

/// The column's values as numbers; nothing where a row has none.
class NumberReader {
public:
  NumberReader(const dataset::Column& column, const config::Project& project) : column_(column) {
    if (!column.is_numeric()) {
      throw Error(ErrorCode::input, "{} names '{}', which is a {}, not a number", place_of(project),
                  column.name, name_of(column.type))
          .hint("name a column of numbers, or leave out `threshold` for a column of the target's classes");
    }
  }
  [[nodiscard]] std::optional<double> at(std::uint32_t row) const {
    const double value = column_.numbers[row];
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
  }

private:
  const dataset::Column& column_;
};

/// The class that a row's value names.
std::size_t named_class(const dataset::Column& column, std::uint32_t row, const Scored& scored,
                        const config::Project& project) {
  const std::string text = column.text(row);
  const auto found = std::find_if(scored.classes.begin(), scored.classes.end(),
                                  [&](const std::string& name) { return dataset::same_label(name, text); });
  if (found == scored.classes.end()) {
    throw Error(ErrorCode::input, "{}: row {} of '{}' has '{}', which is no class of the target",
                place_of(project), row + 1, column.name, text)
        .hint(scored.task == Task::binary
                  ? "of a score say from which number on a case is called positive: `threshold: NUMBER`"
                  : "a decision is one of the target's classes, or empty");
  }
  return static_cast<std::size_t>(found - scored.classes.begin());
}

/// named_class(), looked up once a distinct value.
class ClassReader {
public:
  ClassReader(const dataset::Column& column, const Scored& scored, const config::Project& project)
      : column_(column), scored_(scored), project_(project) {}

  [[nodiscard]] std::size_t at(std::uint32_t row) {
    const auto [known, is_new] = known_.try_emplace(column_.text(row), 0);
    if (is_new) {
      known->second = named_class(column_, row, scored_, project_);
    }
    return known->second;
  }

private:
  const dataset::Column& column_;
  const Scored& scored_;
  const config::Project& project_;
  std::map<std::string, std::size_t> known_;
};

void add_class(RuleScores& rule, std::size_t called, const Scored& scored) {
  if (scored.task == Task::binary) {
    rule.scores.push_back(called == 1 ? 1.0 : 0.0);
    return;
  }
  rule.scores.resize(rule.scores.size() + scored.classes.size(), 0.0);
  rule.scores[rule.scores.size() - scored.classes.size() + called] = 1.0;
}

/// Numbers within [0, 1] are kept as they are; of others only the decision can be judged.
void settle_scores(RuleScores& rule, double threshold) {
  rule.labels_only = !std::all_of(rule.scores.begin(), rule.scores.end(),
                                  [](double score) { return score >= 0.0 && score <= 1.0; });
  if (!rule.labels_only) {
    rule.threshold = threshold;
    return;
  }
  for (double& score : rule.scores) {
    score = score >= threshold ? 1.0 : 0.0;
  }
}

} // namespace

RuleScores rule_of_column(const dataset::Table& table, const std::vector<std::uint32_t>& rows,
                          const Scored& scored, const config::Project& project) {
  const config::CurrentRule& asked = project.evaluation.current_rule;
  const dataset::Column& column = table.column(asked.column);
  const bool as_numbers = asked.threshold.has_value() || !has_classes(scored.task);
  const auto numbers = as_numbers ? std::optional(NumberReader(column, project)) : std::nullopt;
  ClassReader classes(column, scored, project);
  RuleScores rule;
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    if (column.missing(rows[i]) || (numbers && !numbers->at(rows[i]))) {
      continue;
    }
    rule.at.push_back(i);
    if (numbers) {
      rule.scores.push_back(*numbers->at(rows[i]));
    } else {
      add_class(rule, classes.at(rows[i]), scored);
    }
  }
  if (rule.at.empty()) {
    throw Error(ErrorCode::input, "{}: '{}' has no value in any of the {} rows", place_of(project),
                column.name, rows.size())
        .hint("name a column that holds today's decisions, or remove `evaluation.current_rule`");
  }
  if (!has_classes(scored.task)) {
    rule.labels_only = false;
  } else if (asked.threshold) {
    settle_scores(rule, *asked.threshold);
  }
  return rule;
}

Scored scored_by_rule(const Scored& scored, const RuleScores& rule) {
  Scored part = rows_at(scored, rule.at);
  part.model = rule.scores;
  part.threshold = rule.threshold;
  return part;
}

} // namespace mlp::evaluation
