#include "dataset/file_diff.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>

namespace mlp::dataset {
namespace {

/// A file that went and one that came with the same bytes are one that moved.
void find_moved(FileDiff& diff) {
  std::multimap<ContentId, std::size_t> removed;
  for (std::size_t i = 0; i < diff.removed.size(); ++i) {
    removed.emplace(diff.removed[i].id, i);
  }
  std::vector<bool> gone(diff.removed.size());
  std::erase_if(diff.added, [&](const store::TreeItem& item) {
    const auto found = removed.find(item.id);
    if (found == removed.end()) {
      return false;
    }
    diff.moved.emplace_back(diff.removed[found->second].path, item.path);
    gone[found->second] = true;
    removed.erase(found);
    return true;
  });
  std::size_t i = 0;
  std::erase_if(diff.removed, [&](const store::TreeItem&) { return gone[i++]; });
  std::sort(diff.moved.begin(), diff.moved.end());
}

} // namespace

FileDiff compare_files(const std::vector<store::TreeItem>& left, const std::vector<store::TreeItem>& right) {
  FileDiff diff;
  for (auto i = left.begin(), j = right.begin(); i != left.end() || j != right.end();) {
    if (j == right.end() || (i != left.end() && i->path < j->path)) {
      diff.removed.push_back(*i++);
    } else if (i == left.end() || j->path < i->path) {
      diff.added.push_back(*j++);
    } else {
      if (i->id == j->id) {
        ++diff.unchanged;
      } else {
        diff.changed.emplace_back(*i, *j);
      }
      ++i;
      ++j;
    }
  }
  find_moved(diff);
  return diff;
}

bool is_table_name(std::string_view path) {
  std::filesystem::path name = std::filesystem::path(path).filename();
  if (name.extension() == ".gz" || name.extension() == ".zst") {
    name = name.stem();
  }
  constexpr std::array<std::string_view, 9> k_endings = {"",     ".csv",  ".tsv",     ".tab", ".psv",
                                                         ".dat", ".data", ".parquet", ".pq"};
  return std::find(k_endings.begin(), k_endings.end(), name.extension().string()) != k_endings.end();
}

} // namespace mlp::dataset
