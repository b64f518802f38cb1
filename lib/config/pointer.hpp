#pragma once

#include "base/content_id.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace mlp::config {

/// What PATH.mlp says of the dataset at PATH: which version its bytes should be.
struct DatasetPointer {
  ContentId dataset;
  std::int64_t bytes = 0;
  std::int64_t rows = 0;
  std::int64_t files = 1;

  friend bool operator==(const DatasetPointer&, const DatasetPointer&) = default;
};

/// throws Error{input} "data/adult.csv.mlp:2:10: …" for a file of another form or a newer schema
[[nodiscard]] DatasetPointer parse_pointer(std::string_view text, const std::string& file);
[[nodiscard]] std::string format_pointer(const DatasetPointer& pointer);

} // namespace mlp::config
