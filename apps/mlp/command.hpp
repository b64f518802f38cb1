#pragma once

#include "session.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace mlp::cli {

/// What a command says of its command line; cli.cpp alone hands it to the parser. Targets must outlive
/// parsing (a command keeps them in the shared request that its run function captures).
class Options {
public:
  using Target = std::variant<std::string*, std::optional<std::string>*, std::vector<std::string>*,
                              std::int64_t*, std::optional<std::int64_t>*, bool*>;
  struct Option {
    std::string names; ///< "--to", "-n,--limit"; a positional: "MODEL"
    std::string value; ///< placeholder, "STAGE"; empty for a flag
    std::string help;
    Target target;
    bool required = false;
    bool positional = false;
    std::vector<std::string> choices; ///< empty: anything
  };

  /// `option("--to", "STAGE", request->stage, "stage to move it to")`
  Option& option(std::string names, std::string value, Target target, std::string help);
  Option& flag(std::string names, bool& target, std::string help);
  /// In order; an optional one before a required one is left out first (`mlp predict [MODEL] INPUT`).
  Option& positional(std::string name, Target target, std::string help);

  [[nodiscard]] const std::vector<Option>& all() const { return options_; }

private:
  std::vector<Option> options_;
};

/// One verb. Its help is: usage line, summary and description, options, example, exit codes.
struct Command {
  std::string name;    ///< "promote", "data add"
  std::string group;   ///< Start | Data | Experiment | Evaluate | Decide | Operate | Account | Share and keep
  std::string summary; ///< imperative, one line, no full stop
  std::string description;                        ///< two sentences
  std::string example;                            ///< lines that can be typed
  std::vector<std::pair<int, std::string>> exits; ///< beside 2, 5 and 130, which every command has
  /// Declares the options on a fresh request and returns what runs it.
  std::function<std::function<Exit(Session&)>(Options&)> declare;
};

} // namespace mlp::cli
