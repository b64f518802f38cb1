#pragma once

#include "dataset/read_table.hpp"
#include "dataset/version.hpp"
#include "os/files.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace mlp::dataset {

/// A file of a dataset and its place in the version's listing.
struct DatasetFile {
  Source source;
  std::string item; ///< relative path in the listing; empty where the dataset is this file
};

/// Calls `visit` for all files below a folder that are data, in no order, until it returns false. throws
/// Error{input} for links, and for what is neither file nor folder
void visit_files_below(const std::filesystem::path& root, const std::string& shown_name,
                       const std::function<bool(const std::filesystem::path&)>& visit);

/// The files of one or several paths in the order of their version. throws as sources_of
[[nodiscard]] std::vector<DatasetFile>
files_of(const std::vector<std::pair<std::filesystem::path, std::string>>& paths);

/// throws Error{not_found} where the file has vanished
[[nodiscard]] os::FileStat stat_of(const Source& source);
/// throws Error{input} "… changed while it was read"
[[noreturn]] void throw_changed(const Source& source);
/// throws Error{input} where the file is no longer as it was before it was read
void require_unchanged(const Source& source, const os::FileStat& before);

/// The version of these files, given each file's content.
[[nodiscard]] Version version_from(const std::vector<DatasetFile>& files, const std::vector<ContentId>& ids,
                                   std::uint64_t bytes);

} // namespace mlp::dataset
