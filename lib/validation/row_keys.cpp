#include "validation/row_keys.hpp"

#include "base/content_id.hpp"
#include "base/random.hpp"
#include "os/threads.hpp"
#include "validation/subject.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

namespace mlp::validation {
namespace {

constexpr std::size_t k_rows_at_once = 16384;
constexpr std::uint64_t k_coins = 0x636f696e; // stream of the coins

} // namespace

RowKeys::RowKeys(const dataset::Table& table, const std::vector<std::string>& columns,
                 dataset::Likeness likeness)
    : rows_(table.rows) {
  for (const std::string& name : columns) {
    hashers_.emplace_back(table.column(name), likeness);
    names_.push_back(std::hash<ContentId>()(sha256(name)));
  }
}

std::uint64_t RowKeys::cell(std::size_t row, std::size_t column) const {
  return mix64(hashers_[column](row) ^ names_[column]);
}

std::uint64_t RowKeys::row(std::size_t row) const {
  std::uint64_t key = 0;
  for (std::size_t column = 0; column < hashers_.size(); ++column) {
    key += cell(row, column);
  }
  return key;
}

std::vector<std::uint64_t> RowKeys::all(unsigned threads) const {
  std::vector<std::uint64_t> keys(rows_);
  const std::size_t pieces = (rows_ + k_rows_at_once - 1) / k_rows_at_once;
  os::parallel_for(pieces, threads, [&](std::size_t piece) {
    const std::size_t end = std::min((piece + 1) * k_rows_at_once, rows_);
    for (std::size_t column = 0; column < hashers_.size(); ++column) { // each stands together in memory
      for (std::size_t row = piece * k_rows_at_once; row < end; ++row) {
        keys[row] += cell(row, column);
      }
    }
  });
  return keys;
}

std::vector<std::uint64_t> RowKeys::crossed(std::size_t a, std::size_t b, std::uint64_t draw) const {
  std::vector<bool> from_a(hashers_.size());
  for (std::size_t column = 0; column < from_a.size(); ++column) {
    const std::uint64_t coins = random_bits(k_seed, k_coins + column / 64, draw);
    from_a[column] = (coins >> column % 64 & 1U) != 0;
  }
  const auto taken = static_cast<std::size_t>(std::count(from_a.begin(), from_a.end(), true));
  if (taken == 0 || taken == from_a.size()) {
    from_a[draw % from_a.size()] = taken == 0; // it shall be neither of the two
  }
  std::vector<std::uint64_t> cells(hashers_.size());
  for (std::size_t column = 0; column < cells.size(); ++column) {
    cells[column] = cell(from_a[column] ? a : b, column);
  }
  return cells;
}

std::uint64_t sum_of(const std::vector<std::uint64_t>& cells) {
  return std::accumulate(cells.begin(), cells.end(), std::uint64_t{0});
}

} // namespace mlp::validation
