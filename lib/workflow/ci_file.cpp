#include "workflow/ci_file.hpp"

#include "base/error.hpp"
#include "config/scalars.hpp"
#include "config/templates.hpp"

#include <algorithm>

namespace mlp::workflow {
namespace {

const config::CiTemplate& template_for(const std::string& host) {
  const auto all = config::ci_templates();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const auto& item) { return item.host == host; });
  if (found == all.end()) {
    throw Error(ErrorCode::usage, "there is no template for the host '{}'", host)
        .hint("use `--ci github` or `--ci gitlab`");
  }
  return *found;
}

void refuse_existing(const fs::path& path, const std::string& shown) {
  std::error_code ignored;
  if (fs::exists(fs::symlink_status(path, ignored))) {
    throw Error(ErrorCode::input, "'{}' exists: nothing is overwritten", path.string())
        .hint(fmt::format("rename '{}', run this again, and bring the two together", shown));
  }
}

std::string after(const std::string& text, std::string_view prefix) {
  return text.starts_with(prefix) ? text.substr(prefix.size()) : text;
}

/// The name of the branch that decides, as the git host knows it.
std::string deciding_branch(const git::Repository& repository) {
  if (const auto configured = repository.config("mlp.policyBranch")) {
    return after(*configured, "origin/");
  }
  if (const auto target = repository.symbolic_target("refs/remotes/origin/HEAD")) {
    return after(*target, "refs/remotes/origin/");
  }
  const auto head = repository.symbolic_target("HEAD");
  return head ? after(*head, "refs/heads/") : "main";
}

fs::path nearest_existing(const fs::path& path) {
  std::error_code ignored;
  fs::path folder = path;
  while (!fs::exists(folder, ignored) && folder.has_relative_path()) {
    folder = folder.parent_path();
  }
  return folder;
}

} // namespace

CiFile ci_file(const std::string& host, const git::Repository& repository, const CiProject& project) {
  const config::CiTemplate& chosen = template_for(host);
  const fs::path root = fs::weakly_canonical(repository.work_tree());
  const fs::path below = fs::weakly_canonical(project.folder).lexically_relative(root);
  CiFile file;
  file.shown = std::string(chosen.path);
  file.path = root / file.shown;
  file.text = config::fill_template(chosen.text, {{"name", project.name},
                                                  {"branch", deciding_branch(repository)},
                                                  {"folder", config::yaml_text(below.generic_string())},
                                                  {"path", config::yaml_text(project.data)}});
  refuse_existing(file.path, file.shown);
  return file;
}

void refuse_existing_ci_file(const std::string& host, const fs::path& folder) {
  const config::CiTemplate& chosen = template_for(host);
  fs::path root = folder; // where a repository would be made
  try {
    root = git::Repository::open(nearest_existing(folder)).work_tree();
  } catch (const Error& error) {
    if (error.code() != ErrorCode::not_found) {
      throw;
    }
  }
  refuse_existing(root / chosen.path, std::string(chosen.path));
}

} // namespace mlp::workflow
