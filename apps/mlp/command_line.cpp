#include "command_line.hpp"

#include "base/error.hpp"
#include "base/nearest.hpp"

#include <algorithm>

namespace mlp::cli {
namespace {

/// The first argument at or after `from` that is neither an option nor the value of a global one.
std::size_t next_word(const std::vector<std::string>& arguments, std::size_t from) {
  for (std::size_t i = from; i < arguments.size() && arguments[i] != "--"; ++i) {
    if (arguments[i] == "-C" || arguments[i] == "--color") {
      ++i;
    } else if (!arguments[i].starts_with('-')) {
      return i;
    }
  }
  return arguments.size();
}

const Command* named(std::span<const Command> commands, const std::string& name) {
  const auto found = std::find_if(commands.begin(), commands.end(),
                                  [&](const Command& command) { return command.name == name; });
  return found == commands.end() ? nullptr : &*found;
}

Error unknown_command(const std::string& name, std::span<const Command> commands) {
  std::vector<std::string> known;
  known.reserve(commands.size());
  for (const Command& command : commands) {
    known.push_back(command.name);
    if (const auto blank = command.name.find(' '); blank != std::string::npos) {
      known.push_back(command.name.substr(0, blank));
    }
  }
  const auto near = nearest(name, known);
  return Error(ErrorCode::usage, "'{}' is not a known command", name)
      .hint(near ? fmt::format("did you mean `{}`?", *near) : "run `mlp --help`");
}

} // namespace

Options global_options(GlobalFlags& flags) {
  Options options;
  options.flag("--json", flags.json, "print one JSON document (one a line for lists)");
  options.flag("-q,--quiet", flags.quiet, "show no progress");
  options.option("--color", "WHEN", &flags.color, "auto, always or never; NO_COLOR is obeyed").choices = {
      "auto", "always", "never"};
  options.option("-C", "DIR", &flags.directory, "run as if started in DIR");
  options.flag("-h,--help", flags.help, "show this help");
  return options;
}

CalledCommand find_command(const std::vector<std::string>& arguments, std::span<const Command> commands) {
  CalledCommand called;
  called.arguments = arguments;
  const std::size_t first = next_word(arguments, 0);
  if (first == arguments.size()) {
    return called;
  }
  const auto take = [&](std::size_t at) {
    called.arguments.erase(called.arguments.begin() + static_cast<std::ptrdiff_t>(at));
  };
  called.word = arguments[first];
  called.command = named(commands, called.word);
  const bool is_family = std::any_of(commands.begin(), commands.end(), [&](const Command& command) {
    return command.name.starts_with(called.word + " ");
  });
  if (called.command == nullptr && !is_family) {
    throw unknown_command(called.word, commands);
  }
  const std::size_t second = next_word(arguments, first + 1);
  if (is_family && second < arguments.size()) {
    const std::string name = called.word + " " + arguments[second];
    called.command = named(commands, name);
    if (called.command == nullptr) {
      throw unknown_command(name, commands);
    }
    take(second);
  }
  take(first);
  return called;
}

bool has_flag(const std::vector<std::string>& arguments, std::string_view flag) {
  const auto end = std::find(arguments.begin(), arguments.end(), "--");
  return std::find(arguments.begin(), end, flag) != end;
}

} // namespace mlp::cli
