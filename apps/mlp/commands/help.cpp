#include "base/error.hpp"
#include "command_line.hpp"
#include "commands/commands.hpp"
#include "help_text.hpp"
#include "report/check_reference.hpp"
#include "report/evaluation_guide.hpp"
#include "report/metric_reference.hpp"
#include "report/trainer_contract.hpp"

#include <fmt/format.h>

#include <memory>
#include <span>

namespace mlp::cli {
namespace {

std::string joined(const std::vector<std::string>& words) { return fmt::format("{}", fmt::join(words, " ")); }

std::string help_text_of(const std::vector<std::string>& words, std::span<const Command> known) {
  GlobalFlags flags;
  const Options global = global_options(flags);
  if (words.empty()) {
    return overview(known, global);
  }
  std::vector<std::string> line;
  for (const std::string& word : words) { // `mlp help "data add"` is `mlp help data add`
    const auto blank = word.find(' ');
    line.push_back(word.substr(0, blank));
    if (blank != std::string::npos) {
      line.push_back(word.substr(blank + 1));
    }
  }
  const CalledCommand called = find_command(line, known);
  if (!called.arguments.empty() && called.command != nullptr) {
    throw Error(ErrorCode::usage, "'{}' is not a known command", joined(line))
        .hint(fmt::format("run `mlp help {}`", called.command->name));
  }
  if (called.command == nullptr) {
    return family_help(called.word, known);
  }
  Options options;
  static_cast<void>(called.command->declare(options));
  return command_help(*called.command, options, global);
}

Json summaries_as_json(std::span<const Command> known) {
  Json list = Json::array();
  for (const Command& command : known) {
    list.push_back(
        Json::object({{"name", command.name}, {"group", command.group}, {"summary", command.summary}}));
  }
  return list;
}

Exit run(const std::vector<std::string>& words, Session& session) {
  const std::vector<Command> known = commands();
  const auto asks_for = [&](const char* topic) { return words == std::vector<std::string>{topic}; };
  const bool metrics = asks_for("metrics"); // these topics are no commands
  const bool checks = asks_for("checks");
  const std::string text = metrics                  ? report::metric_reference()
                           : checks                 ? report::check_reference()
                           : asks_for("evaluation") ? std::string(report::evaluation_guide())
                           : asks_for("trainer")    ? std::string(report::trainer_contract())
                                                    : help_text_of(words, known);
  if (!session.json) {
    session.page(text);
    return Exit::ok;
  }
  Json document = Json::object({{"schema", "mlp.help/1"}, {"text", text}});
  if (metrics) {
    document["metrics"] = report::metric_reference_json();
  }
  if (checks) {
    document["checks"] = report::check_reference_json();
  }
  if (words.empty()) {
    document["commands"] = summaries_as_json(known);
  }
  session.print(document);
  return Exit::ok;
}

} // namespace

Command help_command() {
  return {.name = "help",
          .group = "Help",
          .summary = "Show how to use mlp or one of its commands",
          .description =
              "Without a name, lists every command by what it is for. With one, shows its usage, options, "
              "an example and its exit codes; `mlp help metrics` explains every metric, `mlp help checks` "
              "every check on data, `mlp help evaluation` by what a model is judged, `mlp help trainer` how "
              "to train with a program of your own.",
          .example = "mlp help completion\nmlp help metrics\nmlp help checks\nmlp help evaluation\n"
                     "mlp help trainer",
          .exits = {{0, "done"}},
          .declare = [](Options& options) {
            auto words = std::make_shared<std::vector<std::string>>();
            options.positional("COMMAND", words.get(),
                               "command to explain, or `metrics`, `checks`, `evaluation`, `trainer`");
            return [words](Session& session) { return run(*words, session); };
          }};
}

} // namespace mlp::cli
