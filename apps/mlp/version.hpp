#pragma once

#include <string_view>

namespace mlp::cli {

/// Of this program, as CMakeLists.txt states it; recorded with each run.
inline constexpr std::string_view k_version = MLP_VERSION;

} // namespace mlp::cli
