#include "workflow/data_facts.hpp"

#include "base/error.hpp"
#include "base/nearest.hpp"
#include "config/scalars.hpp"
#include "dataset/profile.hpp"
#include "dataset/read_table.hpp"
#include "dataset/target_problem.hpp"
#include "dataset/writing_findings.hpp"
#include "workflow/data_source.hpp"
#include "workflow/split_choice.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mlp::workflow {
namespace {

Task task_of_target(const dataset::Column& target, const dataset::ColumnProfile& profile) {
  if (profile.unique == 2) {
    return Task::binary;
  }
  const bool number =
      target.type == dataset::ColumnType::number || target.type == dataset::ColumnType::datetime;
  return number ? Task::regression : Task::multiclass;
}

/// The value whose probability is predicted: as asked, else true, 1, or the rarer one.
std::string positive_of(const dataset::Column& target, const dataset::ColumnProfile& profile,
                        const std::string& asked, std::vector<std::string>& notes) {
  std::vector<std::string> values;
  for (const auto& [value, count] : profile.top) {
    values.push_back(value);
  }
  if (!asked.empty()) {
    if (std::find(values.begin(), values.end(), asked) == values.end()) {
      throw Error(ErrorCode::input, "--positive: '{}' is no value of '{}'", asked, target.name)
          .hint(fmt::format("its values: {}", fmt::join(values, ", ")));
    }
    return asked;
  }
  std::string guess = values.empty() ? "Yes" : values.back(); // `top` is sorted: the rarer one
  if (target.type == dataset::ColumnType::boolean && target.spellings.size() == 2) {
    guess = target.spellings[1];
  } else if (std::find(values.begin(), values.end(), "1") != values.end() &&
             std::find(values.begin(), values.end(), "0") != values.end()) {
    guess = "1";
  }
  notes.push_back(
      fmt::format("positive is '{}': change data.positive in mlp.yaml if you mean the other value", guess));
  return guess;
}

void append_column(std::string& lines, const std::string& name, const std::string& what) {
  lines += fmt::format("{}    {}: {{{}}}", lines.empty() ? "" : "\n", config::yaml_text(name), what);
}

/// The date that rows follow each other by, and how they are split by it; else why they are not.
std::string time_role(const dataset::Column& time, const dataset::Column& target, const DataFacts& facts,
                      const InitRequest& request, std::optional<TimeSplit>& split,
                      std::vector<std::string>& notes) {
  const std::string by_time = "for a test on later rows set `role: time` and `split: {by: time, …}`";
  if (facts.task == Task::ranking || !request.group.empty()) {
    notes.push_back(fmt::format("'{}' is a date: not a feature, and the split is by '{}'; {}", time.name,
                                request.group, by_time));
    return "role: ignore";
  }
  split = time_split_of(time, target);
  if (!split) {
    notes.push_back(fmt::format("'{}' is a date, but its values bear no split by time: not a feature; {}",
                                time.name, by_time));
    return "role: ignore";
  }
  notes.push_back(fmt::format(
      "'{}' is a date: rows from {} on ({:.0f}%) are the test part; if rows do not follow each other in "
      "time, set `split: {{by: hash}}` and `role: ignore`",
      time.name, split->test_from, 100 * split->test_share));
  return "role: time";
}

std::string column_lines(const dataset::Table& table, const dataset::Profile& profile, const DataFacts& facts,
                         const InitRequest& request, std::optional<TimeSplit>& split,
                         std::vector<std::string>& notes) {
  const std::vector<std::string>& protected_columns = request.protected_columns;
  const std::string& group = request.group;
  std::string lines;
  bool has_id = false;
  bool has_time = false;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const dataset::Column& column = table.columns[i];
    const dataset::ColumnProfile& facts_of = profile.columns[i];
    const bool all_different = facts_of.unique == profile.rows && profile.rows > 1;
    const bool whole_numbers = column.type == dataset::ColumnType::number &&
                               std::all_of(column.numbers.begin(), column.numbers.end(),
                                           [](double v) { return v == std::trunc(v); });
    if (column.name == facts.target) {
      continue;
    }
    if (column.name == group) {
      append_column(lines, column.name, "role: group");
      continue;
    }
    if (std::find(protected_columns.begin(), protected_columns.end(), column.name) !=
        protected_columns.end()) {
      append_column(lines, column.name, "protected: true");
    } else if (column.type == dataset::ColumnType::datetime && !has_time) {
      append_column(lines, column.name,
                    time_role(column, table.column(facts.target), facts, request, split, notes));
      has_time = true;
    } else if (all_different && (whole_numbers || !column.codes.empty())) {
      append_column(lines, column.name, has_id ? "role: ignore" : "role: id");
      notes.push_back(fmt::format("'{}' is different in every row: not a feature", column.name));
      has_id = true;
    } else if (column.type == dataset::ColumnType::text) {
      append_column(lines, column.name, "role: ignore");
      notes.push_back(fmt::format("'{}' is free text: not a feature", column.name));
    }
  }
  return lines;
}

void require_column(const dataset::Table& table, const std::string& name, std::string_view flag) {
  if (table.find(name) != nullptr) {
    return;
  }
  std::vector<std::string> known;
  for (const dataset::Column& column : table.columns) {
    known.push_back(column.name);
  }
  auto error = Error(ErrorCode::input, "{}: the data have no column '{}'", flag, name);
  if (const auto close = nearest(name, known)) {
    throw std::move(error).hint(fmt::format("did you mean `{} {}`?", flag, *close));
  }
  throw std::move(error).hint(fmt::format("its columns: {}", fmt::join(known, ", ")));
}

std::string summary_of(const dataset::Profile& profile, const dataset::Table& table, const DataFacts& facts,
                       const InitRequest& request) {
  std::string share;
  for (const dataset::ColumnProfile& column : profile.columns) {
    if (column.name == facts.target && facts.task == Task::binary) {
      for (const auto& [value, count] : column.top) {
        if (value == facts.positive && column.count > 0) {
          share = fmt::format(" ({} {:.1f}%)", value,
                              100.0 * static_cast<double>(count) / static_cast<double>(column.count));
        }
      }
    } else if (column.name == facts.target && facts.task == Task::multiclass) {
      share = fmt::format(" ({} classes)", column.unique);
    }
  }
  const auto set_apart =
      std::count(facts.columns.begin(), facts.columns.end(), '\n') + (facts.columns.empty() ? 0 : 1);
  const auto features = static_cast<std::int64_t>(table.columns.size()) - 1 - set_apart;
  std::string text =
      fmt::format("task {}, target {}{}, {} features", name_of(facts.task), facts.target, share, features);
  if (!request.protected_columns.empty()) {
    text += fmt::format(", protected: {}", fmt::join(request.protected_columns, ", "));
  }
  return text;
}

void require_grades(const dataset::Column& target, const InitRequest& request) {
  if (request.group.empty()) {
    throw Error(ErrorCode::usage, "a ranking needs --group: which column says what query a row belongs to?")
        .hint(fmt::format("for example `mlp init --template ranking --data {} --target {} --group query`",
                          request.data, request.target));
  }
  if (const auto problem = dataset::relevance_problem(target)) {
    throw Error(ErrorCode::input, "{}", problem->why).hint(problem->hint);
  }
}

void note_writing(const dataset::Table& table, const dataset::Profile& profile,
                  const std::vector<dataset::ColumnFacts>& columns, std::vector<std::string>& notes) {
  std::vector<std::size_t> all(table.columns.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  for (const Check& check : dataset::writing_findings(profile, columns, all)) {
    notes.push_back(check.why);
  }
}

/// Reads the table; with decimal commas where no comma is between its fields and its columns agree on them.
dataset::Table read_as_written(const std::vector<dataset::Source>& sources, dataset::ReadOptions options,
                               DataFacts& facts, std::vector<std::string>& notes) {
  dataset::Table table = dataset::read_table(sources, options);
  dataset::Profile profile = dataset::profile_of(table, options.threads);
  std::vector<dataset::ColumnFacts> columns = dataset::facts_of(table);
  const auto style = table.format.delimiter == ',' ? std::nullopt : dataset::agreed_style(profile, columns);
  if (style) {
    options.format.decimal = style->decimal;
    options.format.thousands = style->thousands;
    table = dataset::read_table(sources, options);
    profile = dataset::profile_of(table, options.threads);
    columns = dataset::facts_of(table);
    facts.format = fmt::format("  format: {{{}}}", dataset::yaml_of(*style));
    notes.push_back(fmt::format("numbers have decimal commas: mlp.yaml says `format: {{{}}}`; remove it if "
                                "points are the decimal marks",
                                dataset::yaml_of(*style)));
  }
  note_writing(table, profile, columns, notes);
  return table;
}

} // namespace

void look_at_data(const Context& context, const InitRequest& request, const fs::path& data, DataFacts& facts,
                  std::vector<std::string>& notes) {
  dataset::ReadOptions options;
  options.threads = context.threads;
  options.progress = &context.progress;
  options.interrupt = &context.interrupt;
  const dataset::Table table =
      read_as_written(dataset::sources_of(data, request.data), options, facts, notes);
  if (request.target.empty()) {
    std::vector<std::string> known;
    for (const dataset::Column& column : table.columns) {
      known.push_back(column.name);
    }
    throw Error(ErrorCode::usage, "--data needs --target: which column is to be predicted?")
        .hint(fmt::format("its columns: {}", fmt::join(known, ", ")));
  }
  require_column(table, request.target, "--target");
  for (const std::string& name : request.protected_columns) {
    require_column(table, name, "--protected");
  }
  if (!request.group.empty()) {
    require_column(table, request.group, "--group");
  }
  const dataset::Profile profile = dataset::profile_of(table, context.threads);
  facts.target = request.target;
  for (const std::string& note : table.notes) {
    notes.push_back(note);
  }
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (table.columns[i].name != request.target) {
      continue;
    }
    facts.task = request.template_name.empty() ? task_of_target(table.columns[i], profile.columns[i])
                                               : *task_from(request.template_name);
    const auto problem =
        facts.task == Task::regression ? dataset::regression_problem(table.columns[i]) : std::nullopt;
    if (problem) {
      throw Error(ErrorCode::input, "{}", problem->why)
          .hint("use `--template binary` or `--template multiclass`");
    }
    if (facts.task == Task::ranking) {
      require_grades(table.columns[i], request);
    }
    if (facts.task == Task::binary) {
      if (profile.columns[i].unique != 2) {
        throw Error(ErrorCode::input, "'{}' has {} different values: a binary target has two", request.target,
                    profile.columns[i].unique)
            .hint("use `--template multiclass` or `--template regression`");
      }
      facts.positive = positive_of(table.columns[i], profile.columns[i], request.positive, notes);
    } else if (!request.positive.empty()) {
      throw Error(ErrorCode::usage, "--positive: '{}' makes a {} task, which has no positive value",
                  request.target, name_of(facts.task));
    }
  }
  std::optional<TimeSplit> by_time;
  facts.columns = column_lines(table, profile, facts, request, by_time, notes);
  facts.split = split_line(facts.task, by_time, !request.group.empty());
  facts.summary = summary_of(profile, table, facts, request);
}

} // namespace mlp::workflow
