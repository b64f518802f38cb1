#include "version.hpp"

#include "commands/commands.hpp"
#include "parquet/parquet.hpp"

#include <ostream>

namespace mlp::cli {

Command version_command() {
  return {
      .name = "version",
      .group = "Help",
      .summary = "Show the version of mlp",
      .description = "Prints the version of this program, as `mlp --version` does. A run records it in its "
                     "environment; with --json, `parquet` says whether this build reads Parquet files.",
      .example = "mlp version",
      .exits = {{0, "done"}},
      .declare = [](Options&) {
        return [](Session& session) {
          if (session.json) {
            session.print(Json::object(
                {{"schema", "mlp.version/1"}, {"version", k_version}, {"parquet", parquet::is_built_in()}}));
          } else {
            session.out << "mlp " << k_version << '\n';
          }
          return Exit::ok;
        };
      }};
}

} // namespace mlp::cli
