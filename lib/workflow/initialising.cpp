#include "workflow/initialising.hpp"

#include "base/error.hpp"
#include "base/nearest.hpp"
#include "config/scalars.hpp"
#include "config/templates.hpp"
#include "dataset/profile.hpp"
#include "dataset/read_table.hpp"
#include "dataset/target_problem.hpp"
#include "workflow/data_source.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace mlp::workflow {
namespace {

constexpr const char* k_ignore_lines[] = {"/data/*", "!/data/*.mlp"};

/// What the data say about the project that is being made.
struct Facts {
  Task task = Task::binary;
  std::string name;
  std::string path = "data/data.csv";
  std::string target = "target";
  std::string positive = "Yes";
  std::string columns; ///< YAML lines for data.columns
  std::string summary; ///< for the terminal
};

const config::Template& template_named(const std::string& name) {
  std::vector<std::string> known;
  for (const config::Template& candidate : config::templates()) {
    if (candidate.name == name) {
      return candidate;
    }
    known.emplace_back(candidate.name);
  }
  auto error = Error(ErrorCode::usage, "there is no template '{}'", name);
  if (const auto close = nearest(name, known)) {
    throw std::move(error).hint(fmt::format("did you mean `--template {}`?", *close));
  }
  throw std::move(error).hint("`mlp init --list` shows the templates");
}

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

std::string column_lines(const dataset::Table& table, const dataset::Profile& profile, const Facts& facts,
                         const std::vector<std::string>& protected_columns, std::vector<std::string>& notes) {
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
    if (std::find(protected_columns.begin(), protected_columns.end(), column.name) !=
        protected_columns.end()) {
      append_column(lines, column.name, "protected: true");
    } else if (column.type == dataset::ColumnType::datetime && !has_time) {
      append_column(lines, column.name, "role: time");
      notes.push_back(fmt::format(
          "'{}' is a date: if rows follow each other in time, split {{by: time}} is the honest test",
          column.name));
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

std::string summary_of(const dataset::Profile& profile, const dataset::Table& table, const Facts& facts,
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

/// Reads the data and fills in what they say.
void look_at_data(const Context& context, const InitRequest& request, const fs::path& data, Facts& facts,
                  std::vector<std::string>& notes) {
  dataset::ReadOptions options;
  options.threads = context.threads;
  options.progress = &context.progress;
  options.interrupt = &context.interrupt;
  const dataset::Table table = dataset::read_table(dataset::sources_of(data, request.data), options);
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
  facts.columns = column_lines(table, profile, facts, request.protected_columns, notes);
  facts.summary = summary_of(profile, table, facts, request);
}

/// Copies the data to data/ unless they lie below the project already; returns the path for mlp.yaml.
std::string place_data(const Context& context, const fs::path& data, const fs::path& folder) {
  const fs::path relative = fs::weakly_canonical(data).lexically_relative(fs::weakly_canonical(folder));
  if (!relative.empty() && *relative.begin() != "..") {
    return relative.generic_string();
  }
  const fs::path target = folder / "data" / data.filename();
  for (const dataset::Source& source : dataset::sources_of(data, data.string())) {
    const fs::path below = source.path.lexically_relative(data);
    const fs::path place = below == "." ? target : target / below;
    if (const auto there = os::stat_file(place)) {
      if (os::read_file(place) != os::read_file(source.path)) {
        throw Error(ErrorCode::input, "'{}' exists and differs from '{}'", place.string(),
                    source.path.string())
            .hint("move one of them away: nothing is overwritten");
      }
      continue;
    }
    const os::MappedFile bytes(source.path);
    os::write_file(context.files, place, bytes.bytes());
  }
  return (fs::path("data") / data.filename()).generic_string();
}

std::string policy_summary(Task task) {
  switch (task) {
  case Task::binary:
    return "staging: roc_auc ≥ 0.65 and better than guessing; production: and no worse than the model there";
  case Task::multiclass:
  case Task::regression:
    break;
  }
  return "staging: better than guessing; production: and no worse than the model there";
}

void write_ignores(const Context& context, const fs::path& folder, InitResult& result) {
  std::string text = os::read_file_if_exists(folder / ".gitignore").value_or("");
  std::string added;
  for (const char* line : k_ignore_lines) {
    if (("\n" + text + "\n").find(fmt::format("\n{}\n", line)) == std::string::npos) {
      added += fmt::format("{}\n", line);
    }
  }
  if (added.empty()) {
    return;
  }
  if (!text.empty() && text.back() != '\n') {
    text += '\n';
  }
  os::write_file(context.files, folder / ".gitignore", text + added);
  result.written.emplace_back(".gitignore", "data stay out of git, their pointers (.mlp) do not");
}

std::string name_from(const fs::path& folder) {
  std::string name;
  for (const char c : folder.filename().string()) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    name += plain ? c : (c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : '-');
  }
  return name.find_first_not_of('-') == std::string::npos ? "model" : name;
}

void require_request(const InitRequest& request) {
  if (!request.template_name.empty()) {
    static_cast<void>(template_named(request.template_name));
  }
  const bool about_data =
      !request.target.empty() || !request.positive.empty() || !request.protected_columns.empty();
  if (request.data.empty() && about_data) {
    throw Error(ErrorCode::usage, "--target, --positive and --protected need --data")
        .hint("for example `mlp init --data adult.csv --target income`");
  }
}

} // namespace

InitResult init(const Context& context, const InitRequest& request) {
  require_request(request);
  fs::path folder = fs::weakly_canonical(request.directory.empty() ? context.directory
                                                                   : context.directory / request.directory);
  if (!folder.has_filename()) { // "income/" where there is no such folder yet
    folder = folder.parent_path();
  }
  const fs::path project_file = folder / "mlp.yaml";
  if (fs::exists(project_file)) {
    throw Error(ErrorCode::input, "'{}' exists: nothing is overwritten", project_file.string())
        .hint("edit it and run `mlp check`, or start in another folder: `mlp init DIR`");
  }
  InitResult result;
  Facts facts;
  facts.name = name_from(folder);
  facts.task = request.template_name.empty() ? Task::binary : *task_from(request.template_name);
  fs::path data;
  if (!request.data.empty()) {
    data = context.directory / request.data;
    look_at_data(context, request, data, facts, result.notes);
  }
  context.files.make_directories(folder);
  static_cast<void>(git::Repository::init(folder));
  if (!data.empty()) {
    facts.path = place_data(context, data, folder);
  } else {
    facts.summary =
        fmt::format("task {}; put your data at {} and fill in target", name_of(facts.task), facts.path);
  }
  const config::Template& files = template_named(std::string(name_of(facts.task)));
  write_ignores(context, folder, result);
  if (fs::exists(folder / "policy.yaml")) {
    result.notes.emplace_back("policy.yaml exists: kept as it is");
  } else {
    os::write_file(context.files, folder / "policy.yaml", files.policy);
    result.written.emplace_back("policy.yaml", policy_summary(facts.task));
  }
  // Last, because it is what makes the folder a project: a killed init can simply be run again.
  os::write_file(context.files, project_file,
                 config::fill_template(files.project, {{"name", facts.name},
                                                       {"path", config::yaml_text(facts.path)},
                                                       {"target", config::yaml_text(facts.target)},
                                                       {"positive", config::yaml_text(facts.positive)},
                                                       {"columns", facts.columns}}));
  result.written.insert(result.written.begin(), {"mlp.yaml", facts.summary});
  const std::string enter = request.directory.empty() ? "" : fmt::format("cd {} && ", request.directory);
  result.next = fmt::format("{}git add -A && git commit -m \"start\" && mlp train", enter);
  return result;
}

} // namespace mlp::workflow
