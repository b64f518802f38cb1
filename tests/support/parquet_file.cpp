#include "support/parquet_file.hpp"

namespace mlp::test {

std::filesystem::path parquet_file(std::string_view name) {
  return std::filesystem::path(MLP_PARQUET_FOLDER) / name;
}

} // namespace mlp::test
