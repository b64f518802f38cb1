#pragma once

#include <filesystem>
#include <string_view>

namespace mlp::test {

/// One of the Parquet files that tests/parquet/make.py wrote.
[[nodiscard]] std::filesystem::path parquet_file(std::string_view name);

} // namespace mlp::test
