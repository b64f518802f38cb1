#pragma once

#include "dataset/table.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace mlp::dataset {

/// When two values of a column count as one. `alike`: words but for case (ASCII and Latin-1), blanks at their
/// ends and repeated ones, invisible characters and the shape of quotes and dashes; numbers whose first 15
/// binary places round alike (within about 3e-5, and a whole number with what is within 1e-6 of it).
enum class Likeness { equal, alike };

/// 64-bit hashes of a column's decoded values: equal values hash equally in any column of any file, however
/// they are coded there. A word that is the shortest form of a number hashes as that number. The column must
/// outlive it.
class ValueHasher {
public:
  explicit ValueHasher(const Column& column, Likeness likeness = Likeness::equal);
  [[nodiscard]] std::uint64_t operator()(std::size_t row) const;

private:
  const Column& column_;
  Likeness likeness_;
  std::vector<std::uint64_t> known_; ///< of each category, or of a boolean's two spellings
};

} // namespace mlp::dataset
