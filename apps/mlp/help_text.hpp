#pragma once

#include "command.hpp"

#include <span>
#include <string>

namespace mlp::cli {

/// "--limit" of "-n,--limit"; the name of a positional.
[[nodiscard]] std::string long_name(const Options::Option& option);
/// As a message quotes it: "'--limit'".
[[nodiscard]] std::string shown_name(const Options::Option& option);

/// "usage: mlp promote [MODEL] --to STAGE [--dry-run]", in one line.
[[nodiscard]] std::string usage_line(const std::string& command, const Options& options);

/// What `mlp COMMAND --help` prints; `options` are the command's own, `global` those of every command.
[[nodiscard]] std::string command_help(const Command& command, const Options& options, const Options& global);

/// What `mlp --help` prints: every command by group.
[[nodiscard]] std::string overview(std::span<const Command> commands, const Options& global);

/// What `mlp data --help` prints: the commands that begin with that word.
[[nodiscard]] std::string family_help(const std::string& word, std::span<const Command> commands);

} // namespace mlp::cli
