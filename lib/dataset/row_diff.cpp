#include "dataset/row_diff.hpp"

#include "base/radix_sort.hpp"

#include <algorithm>
#include <bit>

namespace mlp::dataset {
namespace {

struct HashedRow {
  RowHash hash;
  std::uint32_t row = 0;
};

/// Rows of two tables, a share at a time: those whose hashes begin alike, so that only these need be sorted.
class Shares {
public:
  Shares(std::size_t left_rows, std::size_t right_rows) {
    constexpr std::size_t k_rows_a_share = std::size_t{1} << 19U;
    const std::size_t wanted = std::max(left_rows, right_rows) / k_rows_a_share + 1;
    bits_ = static_cast<unsigned>(std::bit_width(wanted - 1));
  }
  [[nodiscard]] std::size_t count() const { return std::size_t{1} << bits_; }

  /// The rows of a share by their hashes, equal ones in order.
  [[nodiscard]] std::vector<HashedRow> sorted(std::span<const RowHash> hashes, std::size_t first_row,
                                              std::size_t share) const {
    std::vector<HashedRow> rows;
    rows.reserve((hashes.size() - first_row) / count() * 9 / 8 + 16);
    for (std::size_t row = first_row; row < hashes.size(); ++row) {
      if (bits_ == 0 || hashes[row].first >> (64U - bits_) == share) {
        rows.push_back({hashes[row], static_cast<std::uint32_t>(row)});
      }
    }
    radix_sort(rows, [](const HashedRow& item) { return item.hash.first; });
    sort_ties(rows);
    return rows;
  }

private:
  /// By the second lane, where hashes of different rows agree in the first.
  static void sort_ties(std::vector<HashedRow>& rows) {
    const auto by_hash = [](const HashedRow& a, const HashedRow& b) { return a.hash < b.hash; };
    for (auto begin = rows.begin(); begin != rows.end();) {
      const auto end = std::find_if(
          begin, rows.end(), [&](const HashedRow& item) { return item.hash.first != begin->hash.first; });
      if (!std::is_sorted(begin, end, by_hash)) {
        std::stable_sort(begin, end, by_hash);
      }
      begin = end;
    }
  }

  unsigned bits_ = 0;
};

/// The smallest of the row numbers that come, in no order.
class FirstRows {
public:
  void add(std::size_t row) {
    if (rows_.size() == k_diff_examples && row >= rows_.back()) {
      return;
    }
    rows_.insert(std::upper_bound(rows_.begin(), rows_.end(), row), row);
    rows_.resize(std::min(rows_.size(), k_diff_examples));
  }
  [[nodiscard]] std::vector<std::size_t> take() { return std::move(rows_); }

private:
  std::vector<std::size_t> rows_;
};

using Items = std::vector<HashedRow>;

Items::const_iterator end_of_equal(Items::const_iterator begin, const Items& items, const RowHash& hash) {
  return std::find_if(begin, items.end(), [&](const HashedRow& item) { return item.hash != hash; });
}

class ContentComparison {
public:
  explicit ContentComparison(RowDiff& diff) : diff_(diff) {}

  void add(const Items& left, const Items& right) {
    auto i = left.begin();
    auto j = right.begin();
    while (i != left.end() || j != right.end()) {
      const bool from_left = j == right.end() || (i != left.end() && i->hash < j->hash);
      const RowHash least = from_left ? i->hash : j->hash;
      const auto end_i = end_of_equal(i, left, least);
      const auto end_j = end_of_equal(j, right, least);
      const auto common = std::min(end_i - i, end_j - j);
      diff_.unchanged += common;
      diff_.removed += end_i - i - common;
      diff_.added += end_j - j - common;
      for (i += common; i != end_i; ++i) {
        removed_.add(i->row);
      }
      for (j += common; j != end_j; ++j) {
        added_.add(j->row);
      }
    }
  }

  void finish() {
    diff_.removed_rows = removed_.take();
    diff_.added_rows = added_.take();
  }

private:
  RowDiff& diff_;
  FirstRows removed_;
  FirstRows added_;
};

bool holds_twice(const Items& items) {
  return std::adjacent_find(items.begin(), items.end(), [](const HashedRow& a, const HashedRow& b) {
           return a.hash == b.hash;
         }) != items.end();
}

class IdComparison {
public:
  IdComparison(RowDiff& diff, std::span<const RowHash> left_rows, std::span<const RowHash> right_rows)
      : diff_(diff), left_rows_(left_rows), right_rows_(right_rows) {}

  /// `left` and `right`: by their ids.
  void add(const Items& left, const Items& right) {
    auto i = left.begin();
    auto j = right.begin();
    while (i != left.end() || j != right.end()) {
      if (j == right.end() || (i != left.end() && i->hash < j->hash)) {
        ++diff_.removed;
        removed_.add((i++)->row);
      } else if (i == left.end() || j->hash < i->hash) {
        ++diff_.added;
        added_.add((j++)->row);
      } else {
        if (left_rows_[i->row] != right_rows_[j->row]) {
          diff_.changed.emplace_back(i->row, j->row);
        } else {
          ++diff_.unchanged;
        }
        ++i;
        ++j;
      }
    }
  }

  void finish() {
    diff_.removed_rows = removed_.take();
    diff_.added_rows = added_.take();
    std::sort(diff_.changed.begin(), diff_.changed.end());
  }

private:
  RowDiff& diff_;
  std::span<const RowHash> left_rows_;
  std::span<const RowHash> right_rows_;
  FirstRows removed_;
  FirstRows added_;
};

} // namespace

RowDiff compare_content(std::span<const RowHash> left, std::span<const RowHash> right) {
  RowDiff diff;
  const auto [a, b] = std::mismatch(left.begin(), left.end(), right.begin(), right.end());
  diff.same_order = a == left.end() && b == right.end();
  // Equal rows at the front are no later ones: they are the same in any case.
  const auto front = static_cast<std::size_t>(a - left.begin());
  diff.unchanged = static_cast<std::int64_t>(front);
  ContentComparison comparison(diff);
  const Shares shares(left.size() - front, right.size() - front);
  for (std::size_t share = 0; share < shares.count(); ++share) {
    comparison.add(shares.sorted(left, front, share), shares.sorted(right, front, share));
  }
  comparison.finish();
  return diff;
}

std::optional<RowDiff> compare_by_id(const IdentifiedRows& left, const IdentifiedRows& right) {
  RowDiff diff;
  diff.same_order = left.rows == right.rows;
  IdComparison comparison(diff, left.rows, right.rows);
  const Shares shares(left.ids.size(), right.ids.size());
  for (std::size_t share = 0; share < shares.count(); ++share) {
    const Items a = shares.sorted(left.ids, 0, share);
    const Items b = shares.sorted(right.ids, 0, share);
    if (holds_twice(a) || holds_twice(b)) {
      return std::nullopt;
    }
    comparison.add(a, b);
  }
  comparison.finish();
  return diff;
}

} // namespace mlp::dataset
