#include "workflow/initialising.hpp"

#include "base/error.hpp"
#include "base/nearest.hpp"
#include "config/findings.hpp"
#include "config/project.hpp"
#include "config/scalars.hpp"
#include "config/templates.hpp"
#include "os/held_file.hpp"
#include "workflow/ci_file.hpp"
#include "workflow/data_facts.hpp"
#include "workflow/data_source.hpp"
#include "workflow/split_choice.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace mlp::workflow {
namespace {

constexpr const char* k_project_file = "mlp.yaml";
constexpr const char* k_ignore_lines[] = {"/data/*", "!/data/*.mlp"};

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

/// Copies the data to data/ unless they lie below the project already; returns the path for mlp.yaml.
std::string place_data(const Context& context, const fs::path& data, const fs::path& folder) {
  const fs::path relative = fs::weakly_canonical(data).lexically_relative(fs::weakly_canonical(folder));
  if (!relative.empty() && *relative.begin() != "..") {
    return relative.generic_string();
  }
  const fs::path target = folder / "data" / data.filename();
  for (const dataset::Source& source : dataset::sources_of(data, data.string())) {
    const fs::path below = fs::path(source.path).lexically_relative(data);
    const fs::path place = below == "." ? target : target / below;
    if (const auto there = os::stat_file(place)) {
      if (os::read_file(place) != os::read_file(source.path)) {
        throw Error(ErrorCode::input, "'{}' exists and differs from '{}'", place.string(), source.path)
            .hint("move one of them away: nothing is overwritten");
      }
      continue;
    }
    const os::HeldFile bytes(source.path);
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
  case Task::ranking:
    return "staging: better than a random order; production: and no worse than the model there";
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
  const bool about_data = !request.target.empty() || !request.positive.empty() || !request.group.empty() ||
                          !request.protected_columns.empty();
  if (request.data.empty() && about_data) {
    throw Error(ErrorCode::usage, "--target, --positive, --group and --protected need --data")
        .hint("for example `mlp init --data adult.csv --target income`");
  }
}

/// What a workflow trains on is what a committed pointer names, so it needs one.
std::string next_commands(const InitRequest& request, const DataFacts& facts) {
  const std::string enter = request.directory.empty() ? "" : fmt::format("cd {} && ", request.directory);
  const std::string add = request.ci.empty() ? "" : fmt::format("mlp data add {} && ", facts.path);
  return fmt::format("{}{}git add -A && git commit -m \"start\" && mlp train", enter, add);
}

[[noreturn]] void refuse_existing_project(const fs::path& file, const InitRequest& request) {
  auto error = Error(ErrorCode::input, "'{}' exists: nothing is overwritten", file.string());
  if (!request.ci.empty()) {
    const std::string where = request.directory.empty() ? "" : request.directory + " ";
    throw std::move(error).hint(
        fmt::format("to add the workflow file alone: `mlp init {}--ci {}`", where, request.ci));
  }
  throw std::move(error).hint("edit it and run `mlp check`, or start in another folder: `mlp init DIR`");
}

void write_ci_file(const Context& context, const InitRequest& request, const git::Repository& repository,
                   const CiProject& project, InitResult& result) {
  const CiFile file = ci_file(request.ci, repository, project);
  os::write_file(context.files, file.path, file.text);
  result.written.emplace_back(file.path.lexically_relative(project.folder).generic_string(),
                              "checks, trains and judges at each change; fill in what it says");
}

/// A workflow file for a project that stands.
InitResult add_ci_file(const Context& context, const InitRequest& request, const fs::path& folder) {
  const config::LoadedProject loaded =
      config::load_project(os::read_file(folder / k_project_file), k_project_file);
  config::require_no_errors(loaded.findings);
  InitResult result;
  write_ci_file(context, request, git::Repository::open(folder),
                {folder, loaded.project.name, loaded.project.data.paths.front()}, result);
  result.next = fmt::format("fill in {}, then git add and commit it", result.written.front().first);
  return result;
}

} // namespace

InitResult init(const Context& context, const InitRequest& request) {
  require_request(request);
  fs::path folder = fs::weakly_canonical(request.directory.empty() ? context.directory
                                                                   : context.directory / request.directory);
  if (!folder.has_filename()) { // "income/" where there is no such folder yet
    folder = folder.parent_path();
  }
  if (!request.ci.empty()) {
    refuse_existing_ci_file(request.ci, folder);
  }
  const fs::path project_file = folder / k_project_file;
  if (fs::exists(project_file)) {
    if (!request.ci.empty() && request.data.empty() && request.template_name.empty()) {
      return add_ci_file(context, request, folder);
    }
    refuse_existing_project(project_file, request);
  }
  InitResult result;
  DataFacts facts;
  facts.name = name_from(folder);
  facts.task = request.template_name.empty() ? Task::binary : *task_from(request.template_name);
  fs::path data;
  if (!request.data.empty()) {
    data = context.directory / request.data;
    look_at_data(context, request, data, facts, result.notes);
  }
  context.files.make_directories(folder);
  const git::Repository repository = git::Repository::init(folder);
  if (!data.empty()) {
    facts.path = place_data(context, data, folder);
  } else {
    facts.columns = facts.task == Task::ranking ? "    query: {role: group}" : "";
    facts.split = split_line(facts.task, std::nullopt, false);
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
  // After these, because it is what makes the folder a project: a killed init can simply be run again.
  os::write_file(context.files, project_file,
                 config::fill_template(files.project, {{"name", facts.name},
                                                       {"path", config::yaml_text(facts.path)},
                                                       {"format", facts.format},
                                                       {"target", config::yaml_text(facts.target)},
                                                       {"positive", config::yaml_text(facts.positive)},
                                                       {"columns", facts.columns},
                                                       {"split", facts.split}}));
  result.written.insert(result.written.begin(), {"mlp.yaml", facts.summary});
  if (!request.ci.empty()) {
    write_ci_file(context, request, repository, {folder, facts.name, facts.path}, result);
  }
  result.next = next_commands(request, facts);
  return result;
}

} // namespace mlp::workflow
