#pragma once

#include "dataset/table.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace mlp::dataset {

/// Writes a row's decoded values as bytes that no other row has: each value as a netstring (`5:hello,`: its
/// length in bytes, its text), a missing one as `~`. The text is Column::text: what was written for words and
/// booleans, ISO 8601 for a date/time, the shortest decimal form for a number (`3`, `0.25`, `1e+20`; −0 is
/// `0`). So a row's bytes depend on its values alone, not on other rows, codes or the file. The table must
/// outlive it.
class RowText {
public:
  /// `columns` in the order in which they are written. throws Error{input} where one is absent
  RowText(const Table& table, const std::vector<std::string>& columns);
  void append(std::size_t row, std::string& out) const;

private:
  struct Source {
    const Column* column = nullptr;
    unsigned decimals = 0;          ///< usual number of digits behind the point: makes writing them quick
    std::vector<std::string> known; ///< netstrings of each category, or of a boolean's two spellings
  };
  std::vector<Source> sources_;
};

} // namespace mlp::dataset
