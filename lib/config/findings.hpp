#pragma once

#include "config/rules.hpp"
#include "config/yaml.hpp"

#include <string>
#include <vector>

namespace mlp::config {

/// Gathers what is wrong with one file, so that a person sees all of it at once.
class FindingList {
public:
  explicit FindingList(std::string file) : file_(std::move(file)) {}

  void error(RuleId rule, Position position, std::string message, std::string hint = "");
  void warning(RuleId rule, Position position, std::string message, std::string hint = "");
  /// "not supported by this version yet: 'data.protected_table'": known to the format, not to this program.
  void not_supported(Position position, const std::string& what);

  [[nodiscard]] bool has_errors() const;
  /// Everything found, in the order of the file.
  [[nodiscard]] std::vector<Finding> sorted() &&;

private:
  std::string file_;
  std::vector<Finding> findings_;
};

/// throws Error{input} with the first error (and how many more) where there is one
void require_no_errors(const std::vector<Finding>& findings);

} // namespace mlp::config
