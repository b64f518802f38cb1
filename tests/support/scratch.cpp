#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <stdlib.h>

#include <cstdio>
#include <exception>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace mlp::test {

Scratch::Scratch() {
  std::string name = (std::filesystem::temp_directory_path() / "mlp-test-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) {
    throw std::runtime_error("cannot make a scratch folder");
  }
  root = name;
}

Scratch::~Scratch() {
  const auto* context = doctest::getContextOptions();
  const bool failed = std::uncaught_exceptions() > 0;
  if (failed && context != nullptr) {
    std::fprintf(stderr, "kept %s\n", root.c_str());
    return;
  }
  std::error_code ignored;
  std::filesystem::remove_all(root, ignored);
}

std::filesystem::path Scratch::write(std::string_view name, std::string_view bytes) const {
  const auto path = root / name;
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}

std::string Scratch::read(std::string_view name) const {
  std::ostringstream bytes;
  bytes << std::ifstream(root / name, std::ios::binary).rdbuf();
  return bytes.str();
}

} // namespace mlp::test
