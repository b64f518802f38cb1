#pragma once

#include "base/json.hpp"
#include "base/progress.hpp"
#include "base/time.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace mlp::cli {

/// Exit statuses, as cli.md lists them. An Error's status follows from its code, in cli.cpp alone.
enum class Exit : int {
  ok = 0,
  no = 1,
  usage = 2,
  input = 3,
  integrity = 4,
  environment = 5,
  bug = 70,
  interrupted = 130
};

/// What a command may touch: everything that lib/ must not read by itself is read once, in main, and stands
/// here.
struct Session {
  std::ostream& out;
  std::ostream& err;
  std::map<std::string, std::string> environment; ///< the variables mlp obeys
  std::filesystem::path directory;                ///< working directory, after -C
  std::function<std::int64_t()> now_ns;           ///< the clock: nanoseconds since 1970
  Interrupt& interrupt;
  Progress* progress = nullptr; ///< never null once a command runs
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  unsigned width = 80; ///< of the terminal
  unsigned threads = 1;

  // From the flags that every command has.
  bool json = false;
  bool quiet = false;
  bool color = false; ///< of standard output

  /// Nothing where it is unset or empty.
  [[nodiscard]] std::optional<std::string> variable(const std::string& name) const;
  /// Prints one JSON document and a newline.
  void print(const Json& document) const;
  /// One line on standard error, "warning: …"; kept back by nothing.
  void warn(std::string_view message) const;
  /// The text as the terminal can show it: with signs of ASCII where its locale is not UTF-8. What does not
  /// go to a terminal is always UTF-8.
  [[nodiscard]] std::string plain(std::string text) const;
  /// A result that may be long: through MLP_PAGER, PAGER or less where `out` is a terminal, else plainly to
  /// it.
  void page(std::string_view text) const;
};

} // namespace mlp::cli
