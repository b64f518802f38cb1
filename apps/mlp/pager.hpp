#pragma once

#include <string>
#include <string_view>

namespace mlp::cli {

/// Shows text on the terminal through a program, as git does: the shell runs `program`, with LESS=FRX and
/// LV=-c where they are unset (less then leaves at once where the text fits on the screen). Returns when it
/// ends; false where it could not be started: nothing was shown then. "cat" and "" are no pagers.
[[nodiscard]] bool show_in_pager(const std::string& program, std::string_view text);

} // namespace mlp::cli
