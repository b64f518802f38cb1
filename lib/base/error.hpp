#pragma once

#include <fmt/format.h>

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mlp {

/// Why a command had to stop. Each code maps to one exit status, in apps/mlp/cli.cpp alone.
enum class ErrorCode {
  usage,       ///< the command line is wrong
  input,       ///< mlp.yaml, policy.yaml, data or another input is wrong
  not_found,   ///< a project, file or reference that does not exist
  ambiguous,   ///< a reference that names more than one thing
  conflict,    ///< the answer is no: somebody else was first (a stage moved)
  corrupt,     ///< stored bytes do not match their hash, or history was rewritten
  environment, ///< disk, permissions, git, network, a missing tool, no policy branch
  interrupted, ///< the user pressed Ctrl-C
  internal,    ///< a bug in mlp
};

/// The code's name as it stands in JSON, for example "not_found".
[[nodiscard]] std::string_view name_of(ErrorCode code);

/// The one exception of mlp. what() says what failed, with place; hints() say what to type next.
class Error : public std::runtime_error {
public:
  template <typename... Args>
  Error(ErrorCode code, fmt::format_string<Args...> format, Args&&... args)
      : std::runtime_error(fmt::format(format, std::forward<Args>(args)...)), code_(code) {}

  [[nodiscard]] ErrorCode code() const noexcept { return code_; }
  [[nodiscard]] const std::vector<std::string>& hints() const noexcept { return hints_; }

  /// Adds what the user can type or change; for use at the throw: `throw Error(...).hint("run `mlp fsck`");`
  Error&& hint(std::string text) && {
    hints_.push_back(std::move(text));
    return std::move(*this);
  }

private:
  ErrorCode code_;
  std::vector<std::string> hints_;
};

} // namespace mlp
