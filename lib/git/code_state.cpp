#include "base/error.hpp"
#include "git/libgit2.hpp"
#include "git/parts.hpp"
#include "git/program.hpp"
#include "git/repository.hpp"

#include <algorithm>

// The git program answers here, not libgit2: it reads sparse and split indexes, and is faster on large trees.

namespace mlp::git {
namespace {

/// What follows the first `fields` blank-separated fields.
std::string after_fields(std::string_view line, int fields) {
  for (; fields > 0; --fields) {
    line.remove_prefix(std::min(line.size(), line.find(' ') + 1));
  }
  return std::string(line);
}

/// One line of `git status --porcelain=v2 --branch` (git-status(1), "Porcelain Format Version 2").
void read_line(std::string_view line, CodeState& state) {
  constexpr std::string_view k_commit = "# branch.oid ";
  constexpr std::string_view k_branch = "# branch.head ";
  if (line.starts_with(k_commit)) {
    if (const auto commit = line.substr(k_commit.size()); commit != "(initial)") {
      state.commit = std::string(commit);
    }
  } else if (line.starts_with(k_branch)) {
    if (const auto branch = line.substr(k_branch.size()); branch != "(detached)") {
      state.branch = branch;
    }
  } else if (line.starts_with("1 ")) {
    state.modified.push_back(after_fields(line, 8));
  } else if (line.starts_with("u ")) {
    state.modified.push_back(after_fields(line, 10));
  } else if (line.starts_with("? ")) {
    state.untracked.push_back(after_fields(line, 1));
  }
}

} // namespace

CodeState Repository::code_state() const {
  const std::string status = git_output({impl_->git_directory, work_tree()},
                                        {"status", "--porcelain=v2", "--branch", "-z", "--no-renames",
                                         "--untracked-files=normal", "--ignored=no"},
                                        "read the state of the work tree");
  CodeState state;
  each_part(status, '\0', [&](std::string_view line) { read_line(line, state); });
  std::sort(state.modified.begin(), state.modified.end());
  std::sort(state.untracked.begin(), state.untracked.end());
  state.clean = state.modified.empty();
  if (state.commit) {
    state.tree = tree_of(*state.commit);
  }
  return state;
}

std::vector<TrackedFile> Repository::tracked_files() const {
  const std::string listing = git_output({impl_->git_directory, work_tree()},
                                         {"ls-files", "-z", "--stage", "--full-name"}, "list tracked files");
  std::vector<TrackedFile> files;
  each_part(listing, '\0', [&](std::string_view line) { // "<mode> <object> <stage>\t<path>"
    const std::string_view mode = line.substr(0, 6);
    const auto tab = line.find('\t');
    if (mode == "160000" || tab == std::string_view::npos) {
      return; // a submodule is no file
    }
    TrackedFile file{std::string(line.substr(tab + 1)), mode == "100755", mode == "120000"};
    if (files.empty() || files.back().path != file.path) { // an unmerged path is listed once a side
      files.push_back(std::move(file));
    }
  });
  return files;
}

Tracking Repository::tracking_of(const fs::path& path) const {
  const os::ProcessResult listing =
      run_git({impl_->git_directory, work_tree()}, {"--literal-pathspecs", "ls-files", "-z", "-t", "--cached",
                                                    "--others", "--exclude-standard", "--", path.string()});
  if (listing.status != 0) {
    return Tracking::none;
  }
  Tracking tracking = Tracking::none;
  each_part(listing.out, '\0', [&](std::string_view line) { // "<tag> <path>"
    const std::string_view name = line.substr(std::min(line.size(), line.find_last_of(" /") + 1));
    if (name.starts_with(".git") || name.ends_with(".mlp")) {
      return;
    }
    if (!line.starts_with("? ")) {
      tracking = Tracking::tracked;
    } else if (tracking == Tracking::none) {
      tracking = Tracking::untracked;
    }
  });
  return tracking;
}

} // namespace mlp::git
