#include "parquet/parquet.hpp"

#include "base/error.hpp"

namespace mlp::parquet {

bool is_parquet(std::string_view first_bytes) { return first_bytes.starts_with("PAR1"); }

void require_none(std::string_view first_bytes, const std::string& name) {
  if (is_parquet(first_bytes)) {
    throw Error(ErrorCode::input, "'{}' is a Parquet file, and this mlp was built without Apache Arrow", name)
        .hint("write it as CSV: `duckdb -c \"copy (from 'FILE.parquet') to 'FILE.csv'\"`, or in Python "
              "`pandas.read_parquet('FILE.parquet').to_csv('FILE.csv', index=False)`")
        .hint("or build mlp where CMake's find_package finds Arrow and Parquet (Apache Arrow's C++ library)");
  }
}

} // namespace mlp::parquet
