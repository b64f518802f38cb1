#pragma once

#include "validation/subject.hpp"

#include <cstddef>
#include <cstdint>

namespace mlp::validation {

/// Rows that break a promise.
struct Breaks {
  std::int64_t rows = 0;
  FirstRows first;
  void add(std::size_t row) {
    ++rows;
    first.add(row);
  }
};

} // namespace mlp::validation
