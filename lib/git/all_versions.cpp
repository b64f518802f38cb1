#include "base/error.hpp"
#include "git/libgit2.hpp"
#include "git/parts.hpp"
#include "git/program.hpp"
#include "git/repository.hpp"
#include "os/files.hpp"

#include <algorithm>
#include <set>

namespace mlp::git {
namespace {

/// Blobs that any commit of any ref added, changed or removed. (rev-list --objects lists none for such a
/// pattern.)
std::set<ObjectName> blobs_of_history(const ProgramPlace& place, const std::string& pattern) {
  std::set<ObjectName> blobs;
  const std::string changes = git_output(place,
                                         {"log", "--all", "--full-history", "-m", "--raw", "--no-abbrev",
                                          "--no-renames", "--format=", "--", pattern},
                                         "list the history's files");
  each_part(changes, '\n', [&](std::string_view line) { // ":<mode> <mode> <object> <object> <letter>\t<path>"
    for (int field = 0; field < 4 && line.starts_with(field == 0 ? ":" : ""); ++field) {
      const std::string_view word = line.substr(0, line.find(' '));
      line.remove_prefix(std::min(word.size() + 1, line.size()));
      if (field >= 2 && word.find_first_not_of('0') != std::string_view::npos) {
        blobs.insert(ObjectName(word));
      }
    }
  });
  return blobs;
}

std::vector<fs::path> worktrees_of(const ProgramPlace& place) {
  constexpr std::string_view k_folder = "worktree ";
  std::vector<fs::path> folders;
  const std::string listing =
      git_output(place, {"worktree", "list", "--porcelain", "-z"}, "list the worktrees");
  bool bare = false;
  each_part(listing, '\0', [&](std::string_view line) {
    if (line.starts_with(k_folder)) {
      folders.emplace_back(line.substr(k_folder.size()));
    }
    bare = bare || line == "bare";
  });
  std::error_code absent; // a worktree may have been deleted, and a bare repository has none of its own
  folders.erase(std::remove_if(folders.begin(), folders.end(),
                               [&](const fs::path& folder) { return !fs::exists(folder / ".git", absent); }),
                folders.end());
  return folders;
}

} // namespace

std::vector<std::string> Repository::all_versions(const std::string& suffix) const {
  const std::string pattern = "*" + suffix;
  const ProgramPlace place{impl_->git_directory, impl_->work_tree};
  std::set<ObjectName> blobs = blobs_of_history(place, pattern);
  std::vector<std::string> contents;
  for (const fs::path& worktree : worktrees_of(place)) {
    const Repository there = open(worktree);
    const ProgramPlace here{there.impl_->git_directory, there.impl_->work_tree};
    const std::string staged =
        git_output(here, {"ls-files", "--stage", "-z", "--", pattern}, "list what is staged");
    each_part(staged, '\0', [&](std::string_view line) { // "<mode> <object> <stage>\t<path>"
      const std::size_t begin = line.find(' ') + 1;
      blobs.insert(ObjectName(line.substr(begin, line.find(' ', begin) - begin)));
    });
    const std::string present = git_output(here, {"ls-files", "--cached", "--others", "-z", "--", pattern},
                                           "list the work tree's files");
    each_part(present, '\0', [&](std::string_view path) {
      if (auto bytes = os::read_file_if_exists(worktree / fs::path(path))) {
        contents.push_back(std::move(*bytes));
      }
    });
  }
  for (const ObjectName& blob : blobs) {
    if (has_object(blob)) { // a partial clone has not all of them
      contents.push_back(read_blob(blob));
    }
  }
  return contents;
}

} // namespace mlp::git
