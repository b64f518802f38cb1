#pragma once

#include "dataset/version.hpp"
#include "workflow/workspace.hpp"

#include <map>
#include <string>
#include <vector>

namespace mlp::workflow {

/// A dataset that was read, with its version.
struct LoadedData {
  std::string name; ///< of the pointer beside it, else the file's stem
  dataset::Version version;
  dataset::Table table;
};

/// How mlp.yaml wants data to be read.
[[nodiscard]] dataset::ReadOptions read_options(const Workspace& workspace, const config::Project& project);

/// Whether mlp.yaml says that this path (relative to the project's folder) is rows.
[[nodiscard]] bool is_declared(Workspace& workspace, const std::string& path);

/// How data at `path` (relative to the project's folder) are to be read: as mlp.yaml wants it where they are
/// its data or its test file; its format and columns are not about other tables.
[[nodiscard]] dataset::ReadOptions read_options_for(Workspace& workspace, const std::string& path);

/// The user's path, relative to the project's folder, so that records read the same on every machine.
[[nodiscard]] std::string project_relative(const Workspace& workspace, const fs::path& full);

/// Reads, hashes and stores the files or folders that mlp.yaml names (relative to the project's folder) in
/// one pass. throws Error{not_found} naming mlp.yaml's line and what would help
[[nodiscard]] LoadedData load_data(Workspace& workspace, const config::Project& project,
                                   const std::vector<std::string>& paths);

/// What is made of `input` may be written to `output`. throws Error{usage} where that is the very file that
/// is read, Error{not_found} where its folder does not exist
void require_output(const fs::path& output, const fs::path& input);

/// The name a dataset goes by: the stem of its path ("data/adult.csv.gz" → "adult").
[[nodiscard]] std::string dataset_name(const std::string& path);

/// Other labelled data by path (its bytes are stored, so that results can be recomputed) or by REF.
struct OpenedData {
  std::string name;
  ContentId version;
  dataset::Table table;
};
[[nodiscard]] OpenedData open_data(Workspace& workspace, const std::string& text,
                                   const dataset::ReadOptions& options);

} // namespace mlp::workflow
