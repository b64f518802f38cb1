#pragma once

#include "base/check.hpp"
#include "dataset/checks.hpp"
#include "dataset/profile.hpp"
#include "dataset/split.hpp"
#include "workflow/data_source.hpp"
#include "workflow/data_uses.hpp"
#include "workflow/references.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace mlp::workflow {

struct AddDataRequest {
  std::vector<std::string> paths;
  std::string name; ///< empty = the path's stem; only with one path
  std::string source;
  std::string licence;
  std::string message;
};
struct AddedData {
  std::string name;
  std::string path;    ///< links followed, relative to the project where it is in it
  std::string pointer; ///< the written `PATH.mlp`, as PATH was given; empty where unchanged
  ContentId dataset;
  std::uint64_t bytes = 0;
  std::int64_t rows = 0;
  std::int64_t columns = 0;
  std::int64_t files = 0;
  bool table = true; ///< false: a folder of files that are no rows
  std::vector<Check> checks;
  std::vector<std::string> notes;
  bool unchanged = false; ///< this version was recorded before under this name, and its pointer stands
};
/// Makes each path a dataset version: bytes and profile into the store, `PATH.mlp` beside it, a record. All
/// or nothing per path; unchanged data cost a stat.
[[nodiscard]] std::vector<AddedData> add_data(Workspace& workspace, const AddDataRequest& request);

struct DataLine {
  std::string name;
  ContentId dataset; ///< newest version
  std::int64_t rows = 0;
  std::int64_t columns = 0;
  std::int64_t bytes = 0;
  std::int64_t versions = 0;
  std::string time;
  std::string path;
};
[[nodiscard]] std::vector<DataLine> list_data(Workspace& workspace);
[[nodiscard]] Json to_json(const DataLine& line);

struct ShownData {
  std::string name;
  ContentId dataset;
  Json record;          ///< the newest dataset record of this version, or null
  std::string recorded; ///< id of that record; empty where there is none
  std::string time;     ///< and when it was made
  std::uint64_t bytes = 0;
  std::size_t files = 1;
  std::int64_t versions = 0; ///< recorded under this name
  Json format;
  dataset::Profile profile;
  std::vector<Check> checks;
  std::vector<std::string> notes;
  DataUses uses;
};
/// A stored version, or what lies at a path: that is read, but not stored, and needs no repository.
[[nodiscard]] ShownData show_data(Workspace& workspace, const std::string& text);
[[nodiscard]] Json to_json(const ShownData& shown);

struct SplitDataRequest {
  std::string part;   ///< train | valid | test; empty = all, with a `part` column
  std::string output; ///< path; empty = `take`
};
struct SplitDataResult {
  dataset::Split split;
  std::string dataset_name;
  ContentId dataset;
  std::int64_t written = 0;
};
/// The rows of a part of the project's data as CSV with a `row` column (1 = the first data row), to a file
/// (atomically) or piece by piece to `take`.
[[nodiscard]] SplitDataResult split_data(Workspace& workspace, const SplitDataRequest& request,
                                         const std::function<void(std::string_view)>& take);

} // namespace mlp::workflow
