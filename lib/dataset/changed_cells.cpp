#include "dataset/changed_cells.hpp"

#include "dataset/value_hash.hpp"

#include <algorithm>

namespace mlp::dataset {

RowsAsRead rows_as_read(const Table& table, const std::vector<std::string>& columns,
                        std::span<const std::uint32_t> rows, const std::set<std::string>& hidden) {
  RowsAsRead read;
  for (const std::string& name : columns) {
    const Column& column = table.column(name);
    const ValueHasher hash(column);
    auto& hashes = read.hashes.emplace_back();
    hashes.reserve(rows.size());
    for (const std::uint32_t row : rows) {
      hashes.push_back(hash(row));
    }
    auto& texts = read.texts.emplace_back();
    for (std::size_t i = 0; i < std::min(rows.size(), k_diff_examples) && !hidden.contains(name); ++i) {
      texts.push_back(column.text(rows[i]));
    }
  }
  return read;
}

ChangedCells compare_cells(const RowsAsRead& left, const RowsAsRead& right,
                           const std::vector<std::string>& columns,
                           std::span<const std::pair<std::uint32_t, std::uint32_t>> pairs,
                           const std::set<std::string>& hidden) {
  ChangedCells found;
  for (std::size_t i = 0; i < std::min(pairs.size(), k_diff_examples); ++i) {
    found.examples.push_back({pairs[i].first, pairs[i].second, {}});
  }
  for (std::size_t column = 0; column < columns.size(); ++column) {
    const bool shown = !hidden.contains(columns[column]);
    std::int64_t changed = 0;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      if (left.hashes[column][i] == right.hashes[column][i]) {
        continue;
      }
      ++changed;
      if (i < found.examples.size()) {
        found.examples[i].cells.push_back({columns[column], shown, shown ? left.texts[column][i] : "",
                                           shown ? right.texts[column][i] : ""});
      }
    }
    if (changed > 0) {
      found.columns.emplace_back(columns[column], changed);
    }
  }
  std::stable_sort(found.columns.begin(), found.columns.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  return found;
}

} // namespace mlp::dataset
