#pragma once

#include "command.hpp"

#include <span>
#include <string>
#include <vector>

namespace mlp::cli {

/// What every command takes.
struct GlobalFlags {
  bool json = false;
  bool quiet = false;
  bool help = false;
  std::string color = "auto";
  std::string directory;
};
[[nodiscard]] Options global_options(GlobalFlags& flags);

/// Which command a line calls; options may stand before the verb (`mlp -C income status`).
struct CalledCommand {
  const Command* command = nullptr;   ///< null: none, or only the first word of some ("data")
  std::string word;                   ///< that first word; empty where there is none at all
  std::vector<std::string> arguments; ///< all but the verb's words
};

/// throws Error{usage} where a word is no command, with the nearest one
[[nodiscard]] CalledCommand find_command(const std::vector<std::string>& arguments,
                                         std::span<const Command> commands);

/// Whether `flag` stands among the arguments, before any "--".
[[nodiscard]] bool has_flag(const std::vector<std::string>& arguments, std::string_view flag);

} // namespace mlp::cli
