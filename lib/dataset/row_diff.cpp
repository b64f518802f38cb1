#include "dataset/row_diff.hpp"

#include "base/radix_sort.hpp"

#include <algorithm>

namespace mlp::dataset {
namespace {

/// A fingerprint that one side has more often, how many of its rows the other side has too, and the rest.
struct Excess {
  std::uint64_t fingerprint;
  std::int64_t common;
  std::int64_t more;
};

std::vector<std::uint64_t> sorted(std::span<const std::uint64_t> fingerprints) {
  std::vector<std::uint64_t> copy(fingerprints.begin(), fingerprints.end());
  radix_sort(copy, [](std::uint64_t fingerprint) { return fingerprint; });
  return copy;
}

/// The first rows beyond those that the other side has too.
std::vector<std::size_t> first_rows(std::span<const std::uint64_t> rows, std::vector<Excess> excess) {
  std::vector<std::size_t> first;
  for (std::size_t row = 0; row < rows.size() && first.size() < k_diff_examples; ++row) {
    const auto found =
        std::lower_bound(excess.begin(), excess.end(), rows[row],
                         [](const Excess& item, std::uint64_t wanted) { return item.fingerprint < wanted; });
    if (found == excess.end() || found->fingerprint != rows[row]) {
      continue;
    }
    if (found->common > 0) {
      --found->common;
    } else {
      first.push_back(row);
    }
  }
  return first;
}

struct IdAndRow {
  std::uint64_t id;
  std::uint32_t row;
};

/// Nothing where an id occurs twice.
std::optional<std::vector<IdAndRow>> by_id(std::span<const std::uint64_t> ids) {
  std::vector<IdAndRow> items;
  items.reserve(ids.size());
  for (std::size_t row = 0; row < ids.size(); ++row) {
    items.push_back({ids[row], static_cast<std::uint32_t>(row)});
  }
  radix_sort(items, [](const IdAndRow& item) { return item.id; });
  const auto twice = std::adjacent_find(items.begin(), items.end(),
                                        [](const IdAndRow& a, const IdAndRow& b) { return a.id == b.id; });
  return twice == items.end() ? std::optional(std::move(items)) : std::nullopt;
}

void keep_first(std::vector<std::size_t>& rows) {
  const std::size_t kept = std::min(rows.size(), k_diff_examples);
  std::partial_sort(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(kept), rows.end());
  rows.resize(kept);
}

} // namespace

RowDiff compare_content(std::span<const std::uint64_t> left, std::span<const std::uint64_t> right) {
  RowDiff diff;
  diff.same_order = std::equal(left.begin(), left.end(), right.begin(), right.end());
  if (diff.same_order) {
    diff.unchanged = static_cast<std::int64_t>(left.size());
    return diff;
  }
  const std::vector<std::uint64_t> a = sorted(left);
  const std::vector<std::uint64_t> b = sorted(right);
  std::vector<Excess> removed;
  std::vector<Excess> added;
  for (auto i = a.begin(), j = b.begin(); i != a.end() || j != b.end();) {
    const std::uint64_t least = j == b.end() || (i != a.end() && *i < *j) ? *i : *j;
    const auto differs = [&](std::uint64_t other) { return other != least; };
    const auto end_i = std::find_if(i, a.end(), differs);
    const auto end_j = std::find_if(j, b.end(), differs);
    const std::int64_t common = std::min(end_i - i, end_j - j);
    diff.unchanged += common;
    if (end_i - i > common) {
      removed.push_back({least, common, end_i - i - common});
      diff.removed += removed.back().more;
    }
    if (end_j - j > common) {
      added.push_back({least, common, end_j - j - common});
      diff.added += added.back().more;
    }
    i = end_i;
    j = end_j;
  }
  diff.removed_rows = first_rows(left, std::move(removed));
  diff.added_rows = first_rows(right, std::move(added));
  return diff;
}

std::optional<RowDiff> compare_by_id(const IdentifiedRows& left, const IdentifiedRows& right) {
  const auto a = by_id(left.ids);
  const auto b = by_id(right.ids);
  if (!a || !b) {
    return std::nullopt;
  }
  RowDiff diff;
  diff.same_order = left.rows == right.rows;
  for (auto i = a->begin(), j = b->begin(); i != a->end() || j != b->end();) {
    if (j == b->end() || (i != a->end() && i->id < j->id)) {
      diff.removed_rows.push_back((i++)->row);
    } else if (i == a->end() || j->id < i->id) {
      diff.added_rows.push_back((j++)->row);
    } else {
      if (left.rows[i->row] != right.rows[j->row]) {
        diff.changed.emplace_back(i->row, j->row);
      }
      ++i;
      ++j;
    }
  }
  diff.removed = static_cast<std::int64_t>(diff.removed_rows.size());
  diff.added = static_cast<std::int64_t>(diff.added_rows.size());
  diff.unchanged = static_cast<std::int64_t>(a->size() - diff.changed.size()) - diff.removed;
  keep_first(diff.removed_rows);
  keep_first(diff.added_rows);
  std::sort(diff.changed.begin(), diff.changed.end());
  return diff;
}

} // namespace mlp::dataset
