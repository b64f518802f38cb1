#pragma once

#include "workflow/workspace.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mlp::workflow {

/// A version of a folder that has to do with a file.
struct FolderVersion {
  ContentId dataset;
  bool same_bytes = false; ///< holds the bytes that the file has now; else other ones, at its path
};
struct FileInFolders {
  std::string path;                    ///< relative to the project's folder
  std::optional<ContentId> id;         ///< of its bytes now; nothing where it is gone
  std::vector<FolderVersion> versions; ///< oldest first
};

/// The recorded versions of folders that hold a file, by its bytes or by its path. Nothing where `text` is no
/// file's path, or its bytes are a version by themselves, or no folder ever held it.
[[nodiscard]] std::optional<FileInFolders> file_in_folders(Workspace& workspace, const std::string& text);

} // namespace mlp::workflow
