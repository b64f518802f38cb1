#pragma once

#include "dataset/csv_chunk.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mlp::dataset {

/// The fields of one record, decoded.
using Record = std::vector<std::string>;

/// Whole records from the front of `text`, about `bytes` of them, at least one; ends with a line end (one is
/// added where the text ends without).
[[nodiscard]] std::string sample_text(std::string_view text, std::size_t bytes);

struct Sample {
  std::vector<Record> records; ///< blank lines left out
  std::size_t end = 0;         ///< behind the last record
  std::optional<Malformed> malformed;
};
/// Up to `most` records of a text that ends with a line end. Slow and simple: for headers and detection.
[[nodiscard]] Sample read_sample(std::string_view text, const Dialect& dialect, std::size_t most);

} // namespace mlp::dataset
