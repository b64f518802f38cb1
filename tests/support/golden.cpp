#include "support/golden.hpp"

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace mlp::test {

std::string golden_difference(std::string_view name, std::string_view text) {
  const std::filesystem::path path = std::filesystem::path(MLP_GOLDEN_FOLDER) / name;
  if (const char* accept = ::getenv("MLP_TEST_ACCEPT");
      accept != nullptr && std::string_view(accept) == "1") {
    std::ofstream(path, std::ios::binary) << text;
  }
  std::ifstream wanted(path, std::ios::binary);
  std::istringstream found{std::string(text)};
  for (int number = 1;; ++number) {
    std::string wanted_line;
    std::string found_line;
    const bool has_wanted = static_cast<bool>(std::getline(wanted, wanted_line));
    const bool has_found = static_cast<bool>(std::getline(found, found_line));
    if (!has_wanted && !has_found) {
      return "";
    }
    if (has_wanted != has_found || wanted_line != found_line) {
      return path.string() + ":" + std::to_string(number) + ": wanted '" + wanted_line + "', found '" +
             found_line + "'; if that is right, run again with MLP_TEST_ACCEPT=1 and read the diff";
    }
  }
}

} // namespace mlp::test
