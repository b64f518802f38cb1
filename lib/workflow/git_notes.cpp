#include "workflow/git_notes.hpp"

#include <fmt/format.h>

namespace mlp::workflow {
namespace {

constexpr const char* k_ignore_file = ".gitignore";

bool is_below(const fs::path& relative) { return !relative.empty() && *relative.begin() != ".."; }

/// The line of .gitignore for this path alone, relative to that file's folder (gitignore(5)).
std::string ignore_line(const fs::path& path, bool folder) {
  std::string line = "/";
  for (const char c : path.generic_string()) {
    if (c == '\n' || c == '\r') {
      line += '?'; // no line can hold them
      continue;
    }
    if (c == '*' || c == '?' || c == '[' || c == '\\' || c == ' ') {
      line += '\\';
    }
    line += c;
  }
  return folder ? line + "/" : line;
}

std::string shell_word(const std::string& text) {
  const bool plain = text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                            "_./-+,:@%") == std::string::npos;
  if (plain) {
    return text;
  }
  std::string word = "'";
  for (const char c : text) {
    word += c == '\'' ? "'\\''" : std::string(1, c);
  }
  return word + "'";
}

} // namespace

std::optional<std::string> note_of_git(Workspace& workspace, const fs::path& full) {
  std::error_code error;
  const fs::path real = fs::canonical(full, error);
  if (error) {
    return std::nullopt; // gone since
  }
  const fs::path root = fs::weakly_canonical(workspace.repository().work_tree());
  const fs::path in_tree = real.lexically_relative(root);
  if (!is_below(in_tree) || in_tree == ".") {
    return std::nullopt;
  }
  const git::Tracking tracking = workspace.repository().tracking_of(in_tree);
  if (tracking == git::Tracking::none) {
    return std::nullopt;
  }
  const bool folder = fs::is_directory(real, error);
  const fs::path here = fs::weakly_canonical(workspace.context().directory);
  const fs::path of_project = real.lexically_relative(workspace.project_folder());
  const bool inside = is_below(of_project) && of_project != ".";
  const fs::path ignores = inside ? workspace.project_folder() : root;
  const std::string remedy =
      fmt::format("the line '{}' in '{}'", ignore_line(inside ? of_project : in_tree, folder),
                  (ignores / k_ignore_file).lexically_relative(here).string());
  const std::string shown = real.lexically_relative(here).string();
  if (tracking == git::Tracking::untracked) {
    return fmt::format(
        "git does not ignore '{}', and `git add -A` would commit the data themselves: {} keeps "
        "them out",
        shown, remedy);
  }
  return fmt::format("git keeps {} too: `git rm {}--cached {}` and {} leave the data to mlp",
                     folder ? fmt::format("files of '{}'", shown) : fmt::format("'{}'", shown),
                     folder ? "-r " : "", shell_word(shown), remedy);
}

} // namespace mlp::workflow
