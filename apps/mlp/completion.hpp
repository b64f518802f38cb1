#pragma once

#include "command.hpp"

#include <span>
#include <string>

namespace mlp::cli {

/// A script that lets a shell complete commands, options and their choices; file names elsewhere.
[[nodiscard]] std::string bash_completion(std::span<const Command> commands);
[[nodiscard]] std::string zsh_completion(std::span<const Command> commands);
[[nodiscard]] std::string fish_completion(std::span<const Command> commands);

} // namespace mlp::cli
