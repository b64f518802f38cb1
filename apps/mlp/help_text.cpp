#include "help_text.hpp"

#include "report/display.hpp"
#include "report/text_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace mlp::cli {
namespace {

constexpr std::size_t k_width = 80; // not the terminal's: help reads the same everywhere
constexpr std::size_t k_name_width = 26;

bool is_list(const Options::Option& option) {
  return std::holds_alternative<std::vector<std::string>*>(option.target);
}

std::string usage_word(const Options::Option& option) {
  std::string word = long_name(option);
  if (!option.positional && !option.value.empty()) {
    word += " " + option.value;
  }
  if (!option.required) {
    word = "[" + word + "]";
  }
  return is_list(option) && !option.value.ends_with(",…") ? word + "…" : word;
}

/// "-n, --limit N" on the left, the help to the right of it, wrapped.
std::string entry(const std::string& left, const std::string& help) {
  const std::string text = report::wrapped(help, k_width, k_name_width + 4);
  const std::size_t width = report::display_width(left);
  if (width > k_name_width) {
    return "  " + left + "\n" + text;
  }
  return "  " + left + text.substr(width + 2);
}

/// The help, and the choices where it does not name them all.
std::string help_with_choices(const Options::Option& option) {
  const std::string said = option.value + " " + option.help;
  const bool named = std::all_of(option.choices.begin(), option.choices.end(),
                                 [&](const auto& choice) { return said.find(choice) != std::string::npos; });
  return named ? option.help : fmt::format("{} ({})", option.help, fmt::join(option.choices, ", "));
}

std::string option_entry(const Options::Option& option) {
  std::string left = option.names;
  if (const auto comma = left.find(','); comma != std::string::npos && !option.positional) {
    left.replace(comma, 1, ", ");
  }
  if (!option.positional && !option.value.empty()) {
    left += " " + option.value;
  }
  return entry(left, help_with_choices(option));
}

std::string section(const std::string& title, const Options& options, bool positional) {
  std::string text;
  for (const auto& option : options.all()) {
    if (option.positional == positional) {
      text += option_entry(option);
    }
  }
  return text.empty() ? "" : fmt::format("\n{}:\n{}", title, text);
}

std::string exits_text(const Command& command) {
  std::map<int, std::string> meanings = {{0, "done"},
                                         {2, "the command line is wrong"},
                                         {5, "the environment: disk, permissions, git, a missing tool"},
                                         {130, "interrupted"}};
  for (const auto& [status, meaning] : command.exits) {
    meanings[status] = meaning;
  }
  std::string text;
  for (const auto& [status, meaning] : meanings) {
    text += fmt::format("  {:>3}  ", status) + report::wrapped(meaning, k_width, 7).substr(7);
  }
  return text;
}

std::string indented(const std::string& lines) {
  std::string text;
  for (std::size_t begin = 0; begin < lines.size();) {
    const std::size_t end = std::min(lines.find('\n', begin), lines.size());
    text += "  " + lines.substr(begin, end - begin) + "\n";
    begin = end + 1;
  }
  return text;
}

/// The usage line broken between words, the further lines set in under the first argument.
std::string wrapped_usage(const Command& command, const Options& options) {
  const std::string start = fmt::format("usage: mlp {} ", command.name);
  std::string text = start.substr(0, start.size() - 1);
  std::size_t column = text.size();
  for (const auto& option : options.all()) {
    const std::string word = usage_word(option);
    const std::size_t width = report::display_width(word);
    if (column + 1 + width > k_width) {
      text += "\n" + std::string(start.size(), ' ') + word;
      column = start.size() + width;
    } else {
      text += " " + word;
      column += 1 + width;
    }
  }
  return text + "\n";
}

std::string summaries(std::span<const Command* const> commands) {
  report::TextTable table({report::Align::left, report::Align::left});
  for (const Command* command : commands) {
    std::string name = command->name;
    name.resize(std::max<std::size_t>(name.size(), 14), ' ');
    table.row({name, command->summary});
  }
  return table.text(2);
}

} // namespace

std::string long_name(const Options::Option& option) {
  const auto comma = option.names.find(',');
  return comma == std::string::npos ? option.names : option.names.substr(comma + 1);
}

std::string shown_name(const Options::Option& option) { return fmt::format("'{}'", long_name(option)); }

std::string usage_line(const std::string& command, const Options& options) {
  std::string text = "usage: " + command;
  for (const auto& option : options.all()) {
    text += " " + usage_word(option);
  }
  return text;
}

std::string command_help(const Command& command, const Options& options, const Options& global) {
  std::string text = wrapped_usage(command, options);
  text += "\n" + report::wrapped(command.summary + ".", k_width);
  text += "\n" + report::wrapped(command.description, k_width);
  text += section("arguments", options, true);
  text += section("options", options, false);
  text += section("options of every command", global, false);
  text += "\nexample:\n" + indented(command.example);
  text += "\nexit codes:\n" + exits_text(command);
  return text;
}

std::string overview(std::span<const Command> commands, const Options& global) {
  std::vector<std::string> groups;
  std::map<std::string, std::vector<const Command*>> members;
  for (const Command& command : commands) {
    if (members[command.group].empty()) {
      groups.push_back(command.group);
    }
    members[command.group].push_back(&command);
  }
  std::string text = "usage: mlp COMMAND [ARGUMENT…] [OPTION…]\n\n";
  text += report::wrapped(
      "Takes a machine-learning model from a question to retirement, recorded in the project's "
      "own git repository.",
      k_width);
  for (const std::string& group : groups) {
    text += fmt::format("\n{}:\n{}", group, summaries(members[group]));
  }
  text += section("options of every command", global, false);
  text += "\nRun `mlp help COMMAND` for one command, `mlp help metrics` for the metrics.\n";
  return text;
}

std::string family_help(const std::string& word, std::span<const Command> commands) {
  std::vector<const Command*> members;
  for (const Command& command : commands) {
    if (command.name.starts_with(word + " ")) {
      members.push_back(&command);
    }
  }
  return fmt::format(
      "usage: mlp {} VERB [ARGUMENT…] [OPTION…]\n\n{}\nRun `mlp {} VERB --help` for one of them.\n", word,
      summaries(members), word);
}

} // namespace mlp::cli
