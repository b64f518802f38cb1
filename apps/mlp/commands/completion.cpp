#include "completion.hpp"

#include "commands/commands.hpp"

#include <memory>
#include <ostream>

namespace mlp::cli {
namespace {

Exit run(const std::string& shell, Session& session) {
  const std::vector<Command> known = commands();
  const std::string script = shell == "bash"  ? bash_completion(known)
                             : shell == "zsh" ? zsh_completion(known)
                                              : fish_completion(known);
  if (session.json) {
    session.print(Json::object({{"schema", "mlp.completion/1"}, {"shell", shell}, {"script", script}}));
  } else {
    session.out << script;
  }
  return Exit::ok;
}

} // namespace

Command completion_command() {
  return {.name = "completion",
          .group = "Share and keep",
          .summary = "Print a script that completes mlp's commands in a shell",
          .description =
              "The script knows every command, option and choice of this version. Source it from the "
              "shell's start-up file.",
          .example = "source <(mlp completion bash)",
          .exits = {{0, "done"}},
          .declare = [](Options& options) {
            auto shell = std::make_shared<std::string>();
            auto& place = options.positional("SHELL", shell.get(), "bash, zsh or fish");
            place.choices = {"bash", "zsh", "fish"};
            place.required = true;
            return [shell](Session& session) { return run(*shell, session); };
          }};
}

} // namespace mlp::cli
