#pragma once

#include <filesystem>
#include <optional>

namespace mlp::workflow {

/// Where objects are kept: at `wanted` (MLP_STORE), else at `own`. Folders that are not there yet are made
/// when something is stored. throws Error{environment} where `wanted` leads through a file, or
/// is not there and cannot be made
[[nodiscard]] std::filesystem::path store_place(const std::optional<std::filesystem::path>& wanted,
                                                const std::filesystem::path& own);

} // namespace mlp::workflow
