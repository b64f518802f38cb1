#include "parquet/parquet.hpp"

namespace mlp::parquet {

bool is_parquet(std::string_view first_bytes) { return first_bytes.starts_with("PAR1"); }

} // namespace mlp::parquet
