#include "dataset/changed_cells.hpp"

#include "dataset/row_hash.hpp"

#include <algorithm>

namespace mlp::dataset {

RowsAsRead rows_as_read(const Table& table, const ReadOptions& options, const CellRequest& request) {
  RowsAsRead read;
  for (const std::string& name : request.columns) {
    const Column& column = table.column(name);
    const TableValueHasher hash(column, options.declares_boolean(name));
    auto& hashes = read.hashes.emplace_back();
    hashes.reserve(request.rows.size());
    for (const std::uint32_t row : request.rows) {
      hashes.push_back(hash(row).first);
    }
    auto& texts = read.texts.emplace_back();
    const std::size_t examples =
        request.hidden.contains(name) ? 0 : std::min(request.rows.size(), k_diff_examples);
    for (std::size_t i = 0; i < examples; ++i) {
      texts.push_back(column.text(request.rows[i]));
    }
  }
  return read;
}

void ChangedCells::add(const RowsAsRead& left, const RowsAsRead& right, const std::vector<std::string>& names,
                       RowPairs pairs, const std::set<std::string>& hidden) {
  for (std::size_t i = examples.size(); i < std::min(pairs.size(), k_diff_examples); ++i) {
    examples.push_back({pairs[i].first, pairs[i].second, {}});
  }
  for (std::size_t column = 0; column < names.size(); ++column) {
    const bool shown = !hidden.contains(names[column]);
    std::int64_t changed = 0;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      if (left.hashes[column][i] == right.hashes[column][i]) {
        continue;
      }
      ++changed;
      if (i < examples.size()) {
        examples[i].cells.push_back(
            {names[column], shown, shown ? left.texts[column][i] : "", shown ? right.texts[column][i] : ""});
      }
    }
    if (changed > 0) {
      columns.emplace_back(names[column], changed);
    }
  }
  std::stable_sort(columns.begin(), columns.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
}

} // namespace mlp::dataset
