#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mlp::config {

/// Where something stands in a file; both count from 1.
struct Position {
  std::size_t line = 0;
  std::size_t column = 0;
};

/// One finding on mlp.yaml or policy.yaml: "mlp.yaml:14:3: unknown key 'targt'; did you mean 'target'?"
struct Finding {
  enum class Severity { error, warning } severity = Severity::error;
  std::string rule; ///< stable id, for `mlp check --explain RULE`: unknown_key, wrong_type, …
  std::string file;
  Position position;
  std::string message;
  std::string hint; ///< may be empty

  [[nodiscard]] std::string text() const; ///< "file:line:column: message"
};

struct YamlMember;

/// A YAML document as a plain tree with positions: the only view of YAML that the rest of mlp has.
struct YamlNode {
  enum class Kind { null, scalar, list, map } kind = Kind::null;
  std::string scalar; ///< the text, unquoted
  bool quoted =
      false; ///< "no" and 'no' are text; a bare no is a boolean in some readers: we say what we take
  Position position;
  std::vector<YamlNode> items;         ///< of a list
  std::vector<YamlMember> members;     ///< of a map, in file order
  std::vector<Position> key_positions; ///< of a map's keys

  [[nodiscard]] const YamlNode* find(std::string_view key) const;
};

struct YamlMember {
  std::string key;
  YamlNode value;
};

/// Anchors and aliases are resolved; duplicate keys, several documents and tags are errors.
/// throws Error{input} "mlp.yaml:3:5: …" where the text is no YAML
[[nodiscard]] YamlNode parse_yaml(std::string_view text, const std::string& file);

} // namespace mlp::config
