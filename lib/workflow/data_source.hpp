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
