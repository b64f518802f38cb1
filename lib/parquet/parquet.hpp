#pragma once

#include <string>
#include <string_view>

namespace mlp::parquet {

/// By a file's first bytes, whatever it is called.
[[nodiscard]] bool is_parquet(std::string_view first_bytes);

/// throws Error{input} where the first bytes are those of a Parquet file, which this program cannot read
void require_none(std::string_view first_bytes, const std::string& name);

} // namespace mlp::parquet
