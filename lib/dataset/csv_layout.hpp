#pragma once

#include "dataset/csv_sample.hpp"
#include "dataset/read_table.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mlp::dataset {

/// One file's text, decoded, and what messages call it.
struct TextFile {
  std::string name;
  std::string_view text;
  std::size_t first_line = 1;  ///< of the text: more where it is a later piece of a file
  std::size_t data_begin = 0;  ///< behind the header
  std::size_t blank_lines = 0; ///< before the header
};

/// "data.csv:7"
[[nodiscard]] std::string place_name(const TextFile& file, std::size_t place);

/// How the files of one table are laid out.
struct Layout {
  Dialect dialect;
  bool header = true;
  NumberStyle numbers;
  std::vector<std::string> names; ///< of the columns
  std::vector<Record> sample;     ///< the first data records
  std::vector<std::string> notes;
};

/// Finds delimiter, header and names in the first `sample_bytes` of `file`, and sets file.data_begin.
/// throws Error{input}: no records, a malformed header, two columns of one name, a first line whose fields
/// all stand in other quotes than "
[[nodiscard]] Layout detect_layout(TextFile& file, const config::FormatConfig& declared,
                                   std::size_t sample_bytes);

/// Sets data_begin of a further file of the same table.
/// throws Error{input} naming the first difference of its header (or its number of columns)
void require_same_layout(TextFile& file, const Layout& layout, const std::string& first_name);

} // namespace mlp::dataset
