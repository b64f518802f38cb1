#pragma once

#include "workflow/workspace.hpp"

#include <string>

namespace mlp::workflow {

/// A project as its continuous integration must know it.
struct CiProject {
  fs::path folder;  ///< absolute; where mlp.yaml stands
  std::string name; ///< of its models
  std::string data; ///< data.path of mlp.yaml
};

/// The file that a git host reads to run commands at each change: at the root of the repository, wherever in
/// it the project lies.
struct CiFile {
  fs::path path;     ///< absolute
  std::string shown; ///< relative to the repository: ".github/workflows/mlp.yml"
  std::string text;
};

/// The file of templates/ci/<host>.yml for this project; the branch whose policy judges is
/// git config mlp.policyBranch, else the remote's default branch, else the one that is checked out.
/// throws Error{usage} for an unknown host, Error{input} where the file exists: nothing is overwritten
[[nodiscard]] CiFile ci_file(const std::string& host, const git::Repository& repository,
                             const CiProject& project);

/// The same refusal, before a repository is made or anything is written. `folder` may not exist yet.
void refuse_existing_ci_file(const std::string& host, const fs::path& folder);

} // namespace mlp::workflow
