#include "dataset/cell_value.hpp"
#include "dataset/labels.hpp"
#include "dataset/queries.hpp"
#include "dataset/spellings.hpp"
#include "dataset/target_problem.hpp"
#include "dataset/training_findings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <unordered_map>

namespace mlp::dataset {
namespace {

constexpr std::int64_t k_few_rows = 100;
constexpr std::int64_t k_few_queries = 30;
constexpr std::int64_t k_small_class = 30; // evaluation.md §7, "Label validity"
constexpr std::int64_t k_imbalance = 100;  // likewise

Check warning(std::string id, const std::string& target, std::int64_t rows, std::string why) {
  Check check;
  check.id = std::move(id);
  check.status = CheckStatus::warn;
  check.n = rows;
  check.why = std::move(why);
  check.subject = target;
  return check;
}

void add_row_findings(std::vector<Check>& findings, const Column& target, std::int64_t labelled,
                      std::int64_t rows) {
  if (labelled < rows) {
    auto check = warning("target_dropped", target.name, rows,
                         fmt::format("{} of {} rows have no target ('{}') and are left out", rows - labelled,
                                     rows, target.name));
    check.observed = static_cast<double>(rows - labelled);
    findings.push_back(std::move(check));
  }
  if (labelled < k_few_rows) {
    auto check =
        warning("few_rows", target.name, labelled,
                fmt::format("{} rows with a target are few: every metric will be uncertain", labelled));
    check.observed = static_cast<double>(labelled);
    check.limit = static_cast<double>(k_few_rows);
    findings.push_back(std::move(check));
  }
}

/// "no" and "No": one class that would be learnt as two.
void add_spelling_finding(std::vector<Check>& findings, const Column& target, const Labels& labels,
                          std::int64_t labelled) {
  const std::vector<std::string_view> words(labels.texts.begin(), labels.texts.end());
  if (const auto found = spellings_among(words)) {
    findings.push_back(warning("class_spelling", target.name, labelled,
                               fmt::format("'{}' and '{}' are two classes: is it one, written in two ways?",
                                           found->one, found->other)));
  }
}

void add_class_findings(std::vector<Check>& findings, const Column& target, const Labels& labels,
                        std::int64_t labelled) {
  add_spelling_finding(findings, target, labels, labelled);
  const auto smallest = std::min_element(labels.counts.begin(), labels.counts.end());
  const auto largest = std::max_element(labels.counts.begin(), labels.counts.end());
  const std::string& rarest = labels.texts[static_cast<std::size_t>(smallest - labels.counts.begin())];
  const auto small = std::count_if(labels.counts.begin(), labels.counts.end(),
                                   [](std::int64_t rows) { return rows < k_small_class; });
  if (small > 0) {
    auto check = warning("small_class", target.name, labelled,
                         fmt::format("{} of {} classes have fewer than {} rows; the rarest, '{}', has {}",
                                     small, labels.texts.size(), k_small_class, rarest, *smallest));
    check.observed = static_cast<double>(*smallest);
    check.limit = static_cast<double>(k_small_class);
    findings.push_back(std::move(check));
  }
  if (*smallest * k_imbalance < *largest) {
    const double ratio = static_cast<double>(*largest) / static_cast<double>(*smallest);
    auto check = warning(
        "imbalance", target.name, labelled,
        fmt::format("'{}' is {:.0f} times rarer than the most frequent class: judge by average_precision, "
                    "not by accuracy",
                    rarest, ratio));
    check.observed = ratio;
    check.limit = static_cast<double>(k_imbalance);
    findings.push_back(std::move(check));
  }
}

bool is_constant(const Column& target) {
  double first = 0;
  bool any = false;
  for (std::size_t row = 0; row < target.numbers.size(); ++row) {
    if (!target.missing(row)) {
      if (any && target.numbers[row] != first) {
        return false;
      }
      first = target.numbers[row];
      any = true;
    }
  }
  return any;
}

void add_regression_findings(std::vector<Check>& findings, const Column& target) {
  if (const auto problem = regression_problem(target)) {
    findings.push_back(failure(problem->id, target.name, problem->why));
  } else if (is_constant(target)) {
    findings.push_back(failure("one_class", target.name,
                               fmt::format("the target '{}' has the same value in every row", target.name)));
  }
}

/// What each query holds.
struct QueryFacts {
  std::int64_t rows = 0;
  bool has_relevant = false;
};

void add_query_findings(std::vector<Check>& findings, const Table& table, const Column& query,
                        const Column& target) {
  std::unordered_map<std::string, QueryFacts> queries;
  std::int64_t without_query = 0;
  for (std::size_t row = 0; row < table.rows; ++row) {
    if (target.missing(row) || query.missing(row)) {
      without_query += query.missing(row) ? 1 : 0;
      continue;
    }
    QueryFacts& facts = queries[query.text(row)];
    ++facts.rows;
    facts.has_relevant = facts.has_relevant || target.numbers[row] > 0.0;
  }
  const auto all = static_cast<std::int64_t>(queries.size());
  const auto count = [&](auto concerns) {
    return std::count_if(queries.begin(), queries.end(),
                         [&](const auto& item) { return concerns(item.second); });
  };
  const auto add = [&](const char* id, std::int64_t number, std::int64_t of, std::string why) {
    if (number > 0) {
      auto check = warning(id, query.name, of, std::move(why));
      check.observed = static_cast<double>(number);
      findings.push_back(std::move(check));
    }
  };
  const auto irrelevant = count([](const QueryFacts& facts) { return !facts.has_relevant; });
  const auto single = count([](const QueryFacts& facts) { return facts.rows == 1; });
  add("query_missing", without_query, static_cast<std::int64_t>(table.rows),
      fmt::format("{} of {} rows have no query ('{}') and are left out", without_query, table.rows,
                  query.name));
  add("query_without_relevant", irrelevant, all,
      fmt::format("{} of {} queries have no row with a grade above 0: no metric counts them", irrelevant,
                  all));
  add("query_of_one_row", single, all,
      fmt::format("{} of {} queries have one row only: there is nothing to order", single, all));
  add("few_queries", all < k_few_queries ? all : 0, all,
      fmt::format("{} queries are few: every metric will be uncertain", all));
  if (irrelevant == all) {
    findings.push_back(failure("no_relevant_row", target.name, "no query has a row with a grade above 0"));
  }
}

void add_ranking_findings(std::vector<Check>& findings, const Table& table, const config::Project& project) {
  const Column& target = table.column(project.data.target);
  if (const auto problem = relevance_problem(target)) {
    findings.push_back(failure(problem->id, target.name, problem->why));
    return;
  }
  add_query_findings(findings, table, query_column(table, project), target);
}

} // namespace

std::vector<Check> target_findings(const Table& table, const config::Project& project) {
  const Column& target = table.column(project.data.target);
  std::vector<Check> findings;
  std::int64_t labelled = 0;
  for (std::size_t row = 0; row < table.rows; ++row) {
    labelled += target.missing(row) ? 0 : 1;
  }
  if (labelled == 0) {
    return {failure("target_missing", target.name,
                    fmt::format("none of {} rows has a target ('{}')", table.rows, target.name))};
  }
  add_row_findings(findings, target, labelled, static_cast<std::int64_t>(table.rows));
  if (project.model.task == Task::regression) {
    add_regression_findings(findings, target);
    return findings;
  }
  if (project.model.task == Task::ranking) {
    add_ranking_findings(findings, table, project);
    return findings;
  }
  const auto labels = labels_of(target);
  if (const auto problem = class_problem(target, labels, project)) {
    findings.push_back(failure(problem->id, target.name, problem->why));
  } else {
    add_class_findings(findings, target, *labels, labelled);
  }
  return findings;
}

} // namespace mlp::dataset
