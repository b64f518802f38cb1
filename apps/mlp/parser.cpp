#include "parser.hpp"

#include "base/error.hpp"
#include "base/nearest.hpp"
#include "help_text.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <charconv>
#include <deque>
#include <type_traits>

namespace mlp::cli {
namespace {

using Option = Options::Option;
using Values = std::vector<std::string>;

Error usage_error(const std::string& command, const Options& options, std::string message) {
  return Error(ErrorCode::usage, "{}", message)
      .hint(usage_line(command, options))
      .hint(fmt::format("run `{} --help`", command));
}

/// CLI11 takes the next word for the value of `--name=`: spell the empty value out.
Values with_empty_values(const Values& arguments) {
  Values result;
  bool options_over = false;
  for (const std::string& argument : arguments) {
    options_over = options_over || argument == "--";
    if (!options_over && argument.starts_with("--") && argument.find('=') == argument.size() - 1) {
      result.push_back(argument.substr(0, argument.size() - 1));
      result.emplace_back();
    } else {
      result.push_back(argument);
    }
  }
  return result;
}

Values split_at_commas(const Values& values) {
  Values result;
  for (const std::string& value : values) {
    std::size_t begin = 0;
    for (std::size_t comma = 0; comma != std::string::npos; begin = comma + 1) {
      comma = value.find(',', begin);
      result.push_back(value.substr(begin, comma == std::string::npos ? comma : comma - begin));
    }
  }
  return result;
}

std::int64_t whole_number(const Option& option, const std::string& text) {
  std::int64_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || end != text.data() + text.size()) {
    throw Error(ErrorCode::usage, "{} wants a whole number, found '{}'", shown_name(option), text)
        .hint(fmt::format("for example `{} 10`", long_name(option)));
  }
  return number;
}

void check_choice(const Option& option, const std::string& value) {
  if (option.choices.empty() ||
      std::find(option.choices.begin(), option.choices.end(), value) != option.choices.end()) {
    return;
  }
  const auto near = nearest(value, option.choices);
  throw Error(ErrorCode::usage, "{} is one of {}; found '{}'", shown_name(option),
              fmt::join(option.choices, ", "), value)
      .hint(near ? fmt::format("did you mean `{}`?", *near)
                 : fmt::format("for example `{}`", option.choices.front()));
}

void assign(const Option& option, Values values) {
  if (option.value.ends_with(",…")) {
    values = split_at_commas(values);
  }
  for (const std::string& value : values) {
    check_choice(option, value);
  }
  std::visit(
      [&](auto* target) {
        using T = std::remove_pointer_t<decltype(target)>;
        if constexpr (std::is_same_v<T, std::vector<std::string>>) {
          *target = std::move(values);
        } else if constexpr (std::is_same_v<T, std::int64_t> ||
                             std::is_same_v<T, std::optional<std::int64_t>>) {
          *target = whole_number(option, values.back());
        } else if constexpr (std::is_same_v<T, bool>) {
          *target = true;
        } else {
          *target = values.back();
        }
      },
      option.target);
}

bool takes_many(const Option& option) {
  return std::holds_alternative<std::vector<std::string>*>(option.target);
}

/// Hands the words out in order; where there are fewer words than positionals, optional ones go without,
/// first ones first.
void assign_positionals(const std::string& command, const Options& options, const Values& words) {
  std::vector<const Option*> places;
  std::size_t required = 0;
  for (const Option& option : options.all()) {
    if (option.positional) {
      places.push_back(&option);
      required += option.required ? 1 : 0;
    }
  }
  std::size_t spare =
      words.size() > required ? words.size() - required : 0; // words that optional ones may have
  std::size_t optional_left = places.size() - required;
  std::size_t next = 0;
  for (const Option* place : places) {
    if (place->required && next == words.size()) {
      throw usage_error(command, options, fmt::format("'{}' is missing", place->value));
    }
    if (!place->required && spare < optional_left--) {
      continue;
    }
    const std::size_t count = takes_many(*place) ? spare + (place->required ? 1 : 0) : 1;
    spare -= count - (place->required ? 1 : 0);
    assign(*place, Values(words.begin() + static_cast<std::ptrdiff_t>(next),
                          words.begin() + static_cast<std::ptrdiff_t>(next + count)));
    next += count;
  }
  if (next < words.size()) {
    throw usage_error(command, options, fmt::format("'{}' is one argument too many", words[next]));
  }
}

/// Options with CLI11's counterparts.
struct Bindings {
  std::vector<std::pair<const Option*, CLI::Option*>> options;
  std::vector<CLI::Option*> words;
};

Bindings declare(CLI::App& app, const Options& options, const Options& global, std::size_t argument_count) {
  Bindings bindings;
  app.set_help_flag(); // --help is one of ours
  app.allow_extras();
  for (const Options* list : {&options, &global}) {
    for (const Option& option : list->all()) {
      if (option.positional) {
        continue;
      }
      CLI::Option* bound = std::holds_alternative<bool*>(option.target) ? app.add_flag(option.names)
                                                                        : app.add_option(option.names);
      bindings.options.emplace_back(&option, bound->take_all());
    }
  }
  // One place a word: a CLI11 list would take "[a,b]" apart.
  for (std::size_t i = 0; i < argument_count; ++i) {
    bindings.words.push_back(app.add_option("word" + std::to_string(i)));
  }
  return bindings;
}

void refuse_unknown(const std::string& command, const Bindings& bindings, const Values& remaining) {
  const auto unknown =
      std::find_if(remaining.begin(), remaining.end(), [](const auto& word) { return word != "--"; });
  if (unknown == remaining.end()) {
    return;
  }
  const std::string name = unknown->substr(0, unknown->find('='));
  Values known;
  for (const auto& [option, bound] : bindings.options) {
    known.push_back(long_name(*option));
  }
  const auto near = nearest(name, known);
  throw Error(ErrorCode::usage, "'{}' is not an option of `{}`", name, command)
      .hint(near ? fmt::format("did you mean `{}`?", *near) : fmt::format("run `{} --help`", command));
}

void run_parser(CLI::App& app, const std::string& command, const Options& options, Values arguments) {
  try {
    std::reverse(arguments.begin(), arguments.end()); // CLI11 reads from the back
    app.parse(std::move(arguments));
  } catch (const CLI::ArgumentMismatch& mismatch) {
    const std::string text = mismatch.what(); // "--to: 1 required TEXT missing"
    throw usage_error(command, options, fmt::format("'{}' wants a value", text.substr(0, text.find(':'))));
  } catch (const CLI::ParseError& error) {
    throw usage_error(command, options, error.what());
  }
}

} // namespace

void parse(const std::string& command, const Options& options, const Options& global,
           const std::vector<std::string>& arguments) {
  CLI::App app;
  const Bindings bindings = declare(app, options, global, arguments.size());
  run_parser(app, command, options, with_empty_values(arguments));
  refuse_unknown(command, bindings, app.remaining());
  for (const auto& [option, bound] : bindings.options) {
    const Values& values = bound->results();
    if (values.empty()) {
      if (option->required) {
        throw usage_error(command, options,
                          fmt::format("'{} {}' is missing", long_name(*option), option->value));
      }
      continue;
    }
    if (std::holds_alternative<bool*>(option->target) && values.back() != "true") {
      throw usage_error(command, options, fmt::format("'{}' takes no value", long_name(*option)));
    }
    assign(*option, values);
  }
  Values words;
  for (const CLI::Option* word : bindings.words) {
    const Values& values = word->results();
    words.insert(words.end(), values.begin(), values.end());
  }
  assign_positionals(command, options, words);
}

} // namespace mlp::cli
