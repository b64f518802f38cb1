#pragma once

#include <filesystem>
#include <vector>

namespace mlp::store {

/// Whether there is a file; throws Error{environment} where that cannot be known (permissions).
[[nodiscard]] bool is_there(const std::filesystem::path& path);

/// What a folder holds, sorted by name; empty where there is no such folder.
[[nodiscard]] std::vector<std::filesystem::directory_entry> entries_of(const std::filesystem::path& folder);

} // namespace mlp::store
