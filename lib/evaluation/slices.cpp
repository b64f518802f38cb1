#include "evaluation/slices.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

namespace mlp::evaluation {
namespace {

using Key = std::vector<std::size_t>; ///< a group of each column

std::string label_of(const Key& key, const config::SliceConfig& wanted,
                     const std::vector<Grouping>& groupings) {
  std::string label;
  for (std::size_t i = 0; i < key.size(); ++i) {
    label += fmt::format("{}{}={}", i > 0 ? " & " : "", wanted.columns[i], groupings[i].labels[key[i]]);
  }
  return label;
}

/// The largest combinations, and the rest as one slice at the end.
std::vector<Slice> named_slices(std::map<Key, Slice>&& found, const config::SliceConfig& wanted,
                                const std::vector<Grouping>& groupings) {
  std::vector<std::size_t> sizes;
  sizes.reserve(found.size());
  for (const auto& [key, slice] : found) {
    sizes.push_back(slice.at.size());
  }
  // one column has its others and its missing values besides
  const auto kept = largest_groups(sizes, wanted.columns.size() > 1 ? k_most_slices : found.size());
  std::vector<Slice> slices;
  Slice others;
  others.columns = wanted.columns;
  std::size_t position = 0;
  for (auto& [key, slice] : found) {
    if (!std::binary_search(kept.begin(), kept.end(), position++)) {
      others.at.insert(others.at.end(), slice.at.begin(), slice.at.end());
      continue;
    }
    slice.label = label_of(key, wanted, groupings);
    slice.columns = wanted.columns;
    slice.pooled = wanted.columns.size() == 1 && groupings[0].others == key[0];
    slices.push_back(std::move(slice));
  }
  if (!others.at.empty()) {
    std::sort(others.at.begin(), others.at.end());
    others.label = fmt::format("{}=(others: {} combinations)", fmt::join(wanted.columns, " & "),
                               found.size() - kept.size());
    others.pooled = true;
    slices.push_back(std::move(others));
  }
  return slices;
}

} // namespace

std::vector<Slice> slices_by(const dataset::Table& table, const std::vector<std::uint32_t>& rows,
                             const config::SliceConfig& wanted) {
  std::vector<Grouping> groupings;
  for (const std::string& name : wanted.columns) {
    groupings.push_back(group_by(table.column(name), rows, wanted.bins));
  }
  std::map<Key, Slice> found;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    Key key;
    key.reserve(groupings.size());
    for (const Grouping& grouping : groupings) {
      key.push_back(grouping.group[i]);
    }
    found[key].at.push_back(static_cast<std::uint32_t>(i));
  }
  return named_slices(std::move(found), wanted, groupings);
}

std::vector<Slice> slices_of(const dataset::Table& table, const std::vector<std::uint32_t>& rows,
                             const config::Project& project) {
  std::vector<Slice> slices;
  const auto append = [&](const config::SliceConfig& wanted) {
    auto found = slices_by(table, rows, wanted);
    std::move(found.begin(), found.end(), std::back_inserter(slices));
  };
  std::set<std::vector<std::string>> done;
  for (const config::SliceConfig& wanted : project.evaluation.slices) {
    append(wanted);
    done.insert(wanted.columns);
  }
  for (const auto& [name, column] : project.data.columns) {
    if (column.is_protected && !done.contains({name})) {
      append({{name}, std::nullopt});
    }
  }
  return slices;
}

} // namespace mlp::evaluation
