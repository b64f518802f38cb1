#pragma once

#include "base/content_id.hpp"

#include <cstddef>
#include <filesystem>
#include <functional>

namespace mlp::os {

/// The SHA-256 of a file's bytes, read in bounded memory. `took`, where given, is told of each block: its
/// number of bytes. throws Error{not_found}, Error{environment}, or Error{input} for a folder
[[nodiscard]] ContentId hash_file(const std::filesystem::path& path,
                                  const std::function<void(std::size_t)>& took = nullptr);

} // namespace mlp::os
