#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace mlp::test {

/// A fresh folder for one test case, removed at its end; kept (its path printed) where the case failed.
class Scratch {
public:
  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  std::filesystem::path root;

  /// Writes a file below root (making folders) and returns its path.
  std::filesystem::path write(std::string_view name, std::string_view bytes) const;
  [[nodiscard]] std::string read(std::string_view name) const;
};

} // namespace mlp::test
