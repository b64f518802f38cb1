#pragma once

#include "os/files.hpp"

#include <string_view>

namespace mlp::os {

// errno as this module's errors.

/// Whether it says that there is no such file.
[[nodiscard]] bool is_absent(int code);
/// throws Error{environment} "cannot <action> '<path>': <reason>"
[[noreturn]] void fail(std::string_view action, const fs::path& path, int code);
/// throws Error{not_found} where the file is absent, else as fail does
[[noreturn]] void fail_reading(const fs::path& path, int code);

} // namespace mlp::os
