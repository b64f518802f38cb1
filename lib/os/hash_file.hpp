#pragma once

#include "base/content_id.hpp"

#include <filesystem>

namespace mlp::os {

/// The SHA-256 of a file's bytes, read in bounded memory. throws Error{not_found}, Error{environment}, or
/// Error{input} for a folder
[[nodiscard]] ContentId hash_file(const std::filesystem::path& path);

} // namespace mlp::os
