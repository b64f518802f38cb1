#pragma once

#include "dataset/table.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace mlp::dataset {

/// 64-bit hashes of a column's decoded values: equal values hash equally in any column of any file, however
/// they are coded there. A word that is the shortest form of a number hashes as that number. The column must
/// outlive it.
class ValueHasher {
public:
  explicit ValueHasher(const Column& column);
  [[nodiscard]] std::uint64_t operator()(std::size_t row) const;

private:
  const Column& column_;
  std::vector<std::uint64_t> known_; ///< of each category, or of a boolean's two spellings
};

} // namespace mlp::dataset
