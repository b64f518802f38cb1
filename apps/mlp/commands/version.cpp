#include "version.hpp"

#include "commands/commands.hpp"

#include <ostream>

namespace mlp::cli {

Command version_command() {
  return {.name = "version",
          .group = "Help",
          .summary = "Show the version of mlp",
          .description =
              "Prints the version of this program, as `mlp --version` does. A run records the same "
              "version in its environment.",
          .example = "mlp version",
          .exits = {{0, "done"}},
          .declare = [](Options&) {
            return [](Session& session) {
              if (session.json) {
                session.print(Json::object({{"schema", "mlp.version/1"}, {"version", k_version}}));
              } else {
                session.out << "mlp " << k_version << '\n';
              }
              return Exit::ok;
            };
          }};
}

} // namespace mlp::cli
