#include "base/error.hpp"
#include "parquet/parquet.hpp"

namespace mlp::parquet {

bool is_built_in() { return false; }

std::unique_ptr<File> open_file(std::string_view, const std::string& name, unsigned) {
  throw Error(ErrorCode::input, "'{}' is a Parquet file, and this mlp was built without Apache Arrow", name)
      .hint("write it as CSV: `duckdb -c \"copy (from 'FILE.parquet') to 'FILE.csv'\"`, or in Python "
            "`pandas.read_parquet('FILE.parquet').to_csv('FILE.csv', index=False)`")
      .hint("or build mlp where CMake's find_package finds Arrow and Parquet (Apache Arrow's C++ library)");
}

} // namespace mlp::parquet
