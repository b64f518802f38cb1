#pragma once

#include "store/object_store.hpp"

#include <string>
#include <utility>
#include <vector>

namespace mlp::dataset {

/// What became of the files of a folder: by their listings, no file is read.
struct FileDiff {
  std::vector<store::TreeItem> added;
  std::vector<store::TreeItem> removed;
  std::vector<std::pair<store::TreeItem, store::TreeItem>> changed; ///< one path, other bytes
  std::vector<std::pair<std::string, std::string>> moved;           ///< the same bytes, from where to where
  std::int64_t unchanged = 0;

  [[nodiscard]] bool equal() const {
    return added.empty() && removed.empty() && changed.empty() && moved.empty();
  }
};
/// Both listings sorted by path bytes, as a version has them. All lists of the result are, too.
[[nodiscard]] FileDiff compare_files(const std::vector<store::TreeItem>& left,
                                     const std::vector<store::TreeItem>& right);

/// Whether a file of a folder is read as rows, by its name: csv, tsv, tab, psv, dat, data or no ending at
/// all, perhaps with gz or zst behind. Not txt: in folders these are notes and documents.
[[nodiscard]] bool is_table_name(std::string_view path);

} // namespace mlp::dataset
