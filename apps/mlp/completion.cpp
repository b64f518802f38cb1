#include "completion.hpp"

#include "command_line.hpp"
#include "help_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mlp::cli {
namespace {

using Option = Options::Option;

/// A command with all its options, those of every command included.
struct Entry {
  const Command* command;
  std::vector<Option> options;
};

/// The options' targets are never written to: only names and choices are read.
std::vector<Entry> entries_of(std::span<const Command> commands) {
  std::vector<Entry> entries;
  for (const Command& command : commands) {
    Options own;
    GlobalFlags flags;
    static_cast<void>(command.declare(own));
    const Options global = global_options(flags);
    std::vector<Option> options = own.all();
    options.insert(options.end(), global.all().begin(), global.all().end());
    entries.push_back({&command, std::move(options)});
  }
  return entries;
}

std::vector<std::string> names_of(const Option& option) {
  const auto comma = option.names.find(',');
  if (comma == std::string::npos) {
    return {option.names};
  }
  return {option.names.substr(0, comma), option.names.substr(comma + 1)};
}

/// First words in order, each with the second words that may follow: {"train": [], "data": ["add", "list"]}.
std::vector<std::pair<std::string, std::vector<std::string>>> families_of(std::span<const Command> commands) {
  std::vector<std::pair<std::string, std::vector<std::string>>> families;
  for (const Command& command : commands) {
    const auto blank = command.name.find(' ');
    const std::string first = command.name.substr(0, blank);
    auto family = std::find_if(families.begin(), families.end(),
                               [&](const auto& entry) { return entry.first == first; });
    if (family == families.end()) {
      family = families.insert(families.end(), {first, {}});
    }
    if (blank != std::string::npos) {
      family->second.push_back(command.name.substr(blank + 1));
    }
  }
  return families;
}

std::string first_words(std::span<const Command> commands) {
  std::vector<std::string> words;
  for (const auto& [first, seconds] : families_of(commands)) {
    words.push_back(first);
  }
  return fmt::format("{}", fmt::join(words, " "));
}

/// Shell text that sets `command` to the verb that the line holds so far; bash and zsh understand it alike.
/// `words` are the shell's words without the program's name, up to the one being completed.
std::string find_verb(std::span<const Command> commands) {
  std::vector<std::string> two_words;
  for (const auto& [first, seconds] : families_of(commands)) {
    if (!seconds.empty()) {
      two_words.push_back(first);
    }
  }
  const std::string go_on = two_words.empty() ? ""
                                              : fmt::format("case \"$command\" in {}) continue ;; esac; ",
                                                            fmt::join(two_words, "|"));
  return "  local command='' skip='' entry\n"
         "  for entry in \"${words_before[@]}\"; do\n"
         "    if [[ -n $skip ]]; then skip=''; continue; fi\n"
         "    case \"$entry\" in\n"
         "      -C|--color) skip=1 ;;\n"
         "      -*) ;;\n"
         "      *) command=\"${command:+$command }$entry\"; " +
         go_on + "break ;;\n    esac\n  done\n";
}

/// The `case` that sets `candidates` (a list of words) and `files` (whether file names fit) from `command`
/// and `previous`.
std::string candidates_case(std::span<const Command> commands) {
  std::string text = "  case \"$command\" in\n";
  text += fmt::format("    '') candidates='{} --help --version' files='' ;;\n", first_words(commands));
  for (const auto& [first, seconds] : families_of(commands)) {
    if (!seconds.empty()) {
      text += fmt::format("    '{}') candidates='{} --help' files='' ;;\n", first, fmt::join(seconds, " "));
    }
  }
  for (const Entry& entry : entries_of(commands)) {
    std::string flags;
    std::string values;
    std::string choices;
    for (const Option& option : entry.options) {
      if (option.positional) {
        choices += fmt::format("{} ", fmt::join(option.choices, " "));
        continue;
      }
      const auto names = names_of(option);
      flags += fmt::format("{} ", fmt::join(names, " "));
      if (!option.value.empty()) {
        values += fmt::format("        {}) candidates='{}'{} ;;\n", fmt::join(names, "|"),
                              fmt::join(option.choices, " "), option.choices.empty() ? "" : " files=''");
      }
    }
    text += fmt::format(
        "    '{}')\n      case \"$previous\" in\n{}        *) candidates='{}{}' ;;\n      esac ;;\n",
        entry.command->name, values, choices, flags);
  }
  return text + "  esac\n";
}

/// As it may stand between single quotes in fish and zsh.
std::string quoted(std::string text) {
  for (std::size_t at = 0; (at = text.find('\'', at)) != std::string::npos; at += 4) {
    text.replace(at, 1, "'\\''");
  }
  return "'" + text + "'";
}

} // namespace

std::string bash_completion(std::span<const Command> commands) {
  return "# bash completion for mlp; use it with: source <(mlp completion bash)\n"
         "_mlp() {\n"
         "  local word=\"${COMP_WORDS[COMP_CWORD]}\" previous=\"${COMP_WORDS[COMP_CWORD-1]}\"\n"
         "  # bash takes --color=auto for three words\n"
         "  if [[ $word == '=' ]]; then word=''; elif [[ $previous == '=' ]]; then "
         "previous=\"${COMP_WORDS[COMP_CWORD-2]}\"; fi\n"
         "  local words_before=(\"${COMP_WORDS[@]:1:COMP_CWORD-1}\") candidates='' files=1\n" +
         find_verb(commands) + candidates_case(commands) +
         "  COMPREPLY=($(compgen -W \"$candidates\" -- \"$word\"))\n"
         "  if [[ -n $files && $word != -* ]]; then COMPREPLY+=($(compgen -f -- \"$word\")); fi\n"
         "}\n"
         "complete -o filenames -F _mlp mlp\n";
}

std::string zsh_completion(std::span<const Command> commands) {
  return "#compdef mlp\n"
         "# zsh completion for mlp; use it with: source <(mlp completion zsh)\n"
         "_mlp() {\n"
         "  local previous=\"${words[CURRENT-1]}\" candidates='' files=1\n"
         "  local -a words_before=(\"${(@)words[2,CURRENT-1]}\")\n" +
         find_verb(commands) + candidates_case(commands) +
         "  compadd -- ${=candidates}\n"
         "  if [[ -n $files ]]; then _files; fi\n"
         "}\n"
         "compdef _mlp mlp\n";
}

std::string fish_completion(std::span<const Command> commands) {
  std::string text = "# fish completion for mlp; use it with: mlp completion fish | source\n"
                     "function __mlp_verb\n"
                     "  set -l words (commandline -opc | string match -rv '^-')\n"
                     "  string join ' ' -- $words[2..-1]\n"
                     "end\n";
  for (const auto& [first, seconds] : families_of(commands)) {
    text += fmt::format("complete -c mlp -f -n 'test -z (__mlp_verb)\"\"' -a {}\n", first);
    for (const std::string& second : seconds) {
      text += fmt::format("complete -c mlp -f -n 'test (__mlp_verb)\"\" = {}' -a {}\n", first, second);
    }
  }
  for (const Entry& entry : entries_of(commands)) {
    const std::string condition =
        fmt::format("string match -qr '^{}( |$)' (__mlp_verb)\"\"", entry.command->name);
    for (const Option& option : entry.options) {
      if (option.positional && option.choices.empty()) {
        continue; // file names, which fish offers by itself
      }
      text += fmt::format("complete -c mlp -n {}", quoted(condition));
      for (const std::string& name : option.positional ? std::vector<std::string>{} : names_of(option)) {
        text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
      }
      if (!option.choices.empty()) {
        text += fmt::format(" -x -a '{}'", fmt::join(option.choices, " "));
      } else if (!option.value.empty()) {
        text += " -r";
      }
      text += fmt::format(" -d {}\n", quoted(option.help));
    }
  }
  return text;
}

} // namespace mlp::cli
