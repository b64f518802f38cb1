#pragma once

#include <string_view>

namespace mlp::report {

/// What the section `evaluation` of mlp.yaml asks for, and what comes of bad input: `mlp help evaluation`.
[[nodiscard]] std::string_view evaluation_guide();

} // namespace mlp::report
