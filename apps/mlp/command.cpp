#include "command.hpp"

#include <utility>

namespace mlp::cli {

Options::Option& Options::option(std::string names, std::string value, Target target, std::string help) {
  return options_.emplace_back(
      Option{std::move(names), std::move(value), std::move(help), target, false, false, {}});
}

Options::Option& Options::flag(std::string names, bool& target, std::string help) {
  return options_.emplace_back(Option{std::move(names), "", std::move(help), &target, false, false, {}});
}

Options::Option& Options::positional(std::string name, Target target, std::string help) {
  std::string shown = name;
  return options_.emplace_back(
      Option{std::move(name), std::move(shown), std::move(help), target, false, true, {}});
}

} // namespace mlp::cli
