#include "commands/commands.hpp"

namespace mlp::cli {

std::vector<Command> commands() {
  return {
      // Share and keep
      completion_command(),
      // Help
      help_command(),
      version_command(),
  };
}

} // namespace mlp::cli
