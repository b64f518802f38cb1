#pragma once

#include "parquet/parquet.hpp"

#include <arrow/type_fwd.h>

#include <cstddef>
#include <functional>
#include <optional>
#include <string_view>

namespace mlp::parquet {

/// What a column of this type is here; nothing where no column of a table can hold it.
[[nodiscard]] std::optional<Kind> kind_of(const ::arrow::DataType& type);

/// As Batch::read_numbers.
[[nodiscard]] std::optional<std::size_t> read_numbers(const ::arrow::Array& array, double* out);
/// As Batch::read_texts.
void read_texts(const ::arrow::Array& array,
                const std::function<void(std::optional<std::string_view>)>& take);

} // namespace mlp::parquet
