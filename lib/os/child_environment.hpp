#pragma once

#include <string>
#include <utility>
#include <vector>

namespace mlp::os {

/// This process's environment as NAME=VALUE, with `variables` set in place of or beside what it holds.
[[nodiscard]] std::vector<std::string>
environment_with(const std::vector<std::pair<std::string, std::string>>& variables);

/// `texts` as exec takes them: a null at the end. They must outlive the result.
[[nodiscard]] std::vector<char*> exec_pointers(std::vector<std::string>& texts);

} // namespace mlp::os
