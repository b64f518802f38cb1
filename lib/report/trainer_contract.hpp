#pragma once

#include <string_view>

namespace mlp::report {

/// What an external trainer is given and must do: `mlp help trainer`.
[[nodiscard]] std::string_view trainer_contract();

} // namespace mlp::report
