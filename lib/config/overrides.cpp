#include "config/overrides.hpp"

#include "base/error.hpp"
#include "base/nearest.hpp"
#include "config/sections.hpp"

#include <algorithm>
#include <array>

namespace mlp::config {
namespace {

/// "max_depth" is short for "model.params.max_depth", "rounds" for "model.rounds".
std::string full_key(const std::string& key) {
  constexpr std::array<std::string_view, 5> of_model = {"rounds", "early_stopping", "seed", "class_weight",
                                                        "calibrate"};
  if (key.find('.') != std::string::npos) {
    return key;
  }
  const bool short_key = std::find(of_model.begin(), of_model.end(), key) != of_model.end();
  return (short_key ? "model." : "model.params.") + key;
}

std::vector<std::string> parts_of(const Override& wanted) {
  const std::string key = full_key(wanted.key);
  std::vector<std::string> parts;
  for (std::size_t start = 0; start <= key.size();) {
    const std::size_t end = std::min(key.find('.', start), key.size());
    parts.push_back(key.substr(start, end - start));
    start = end + 1;
  }
  if (wanted.key.empty() ||
      std::any_of(parts.begin(), parts.end(), [](const auto& part) { return part.empty(); })) {
    throw Error(ErrorCode::usage, "cannot set '{}': an empty key", wanted.key)
        .hint("write `--set max_depth=8` or `--set data.split.test=0.3`");
  }
  const auto& sections = section_names();
  if (std::find(sections.begin(), sections.end(), parts.front()) == sections.end()) {
    const auto near = nearest(parts.front(), sections);
    throw Error(ErrorCode::usage, "cannot set '{}': mlp.yaml has no section '{}'", wanted.key, parts.front())
        .hint(near ? fmt::format("did you mean `--set {}{}=…`?", *near, key.substr(parts.front().size()))
                   : fmt::format("sections: {}", fmt::join(sections, ", ")));
  }
  return parts;
}

void place(YamlNode& node, Position position) {
  node.position = position;
  for (Position& key : node.key_positions) {
    key = position;
  }
  for (YamlNode& item : node.items) {
    place(item, position);
  }
  for (auto& [key, value] : node.members) {
    place(value, position);
  }
}

/// Only quotes and flow collections are YAML here: a bare `>50K` or `#1` is the text that it looks like.
YamlNode value_of(const Override& wanted, Position position) {
  const std::string& text = wanted.value;
  YamlNode node;
  if (!text.empty() && std::string_view("\"'[{").find(text.front()) != std::string_view::npos) {
    try {
      node = parse_yaml(text, fmt::format("--set {}={}", wanted.key, text));
    } catch (const Error& error) {
      throw Error(ErrorCode::usage, "{}", error.what()).hint("put the whole KEY=VALUE into single quotes");
    }
  } else if (!text.empty()) {
    node.kind = text == "null" || text == "~" ? YamlNode::Kind::null : YamlNode::Kind::scalar;
    node.scalar = text;
  }
  place(node, position);
  return node;
}

/// Where the member `key` of `map` is, made where absent; its key then stands at `position`.
std::size_t member_index(YamlNode& map, const std::string& key, Position position) {
  for (std::size_t i = 0; i < map.members.size(); ++i) {
    if (map.members[i].key == key) {
      return i;
    }
  }
  map.members.push_back({key, YamlNode()});
  map.key_positions.push_back(position);
  return map.members.size() - 1;
}

void set(YamlNode& root, const Override& wanted, Position position) {
  YamlNode* node = &root;
  Position* key_position = nullptr;
  std::string path;
  for (const std::string& part : parts_of(wanted)) {
    if (node->kind == YamlNode::Kind::null) {
      node->kind = YamlNode::Kind::map;
      node->position = node->position.line > 0 ? node->position : position;
    }
    if (node->kind != YamlNode::Kind::map) {
      throw Error(ErrorCode::usage, "cannot set '{}': '{}' is {}, not a map", wanted.key, path,
                  describe(*node))
          .hint(fmt::format("set '{}' as a whole", path));
    }
    path += (path.empty() ? "" : ".") + part;
    const std::size_t index = member_index(*node, part, position);
    key_position = &node->key_positions[index];
    node = &node->members[index].value;
  }
  *key_position = position; // what is wrong with the value is said of the command line, not of the file
  *node = value_of(wanted, position);
}

} // namespace

void apply_overrides(YamlNode& root, const std::vector<Override>& overrides) {
  for (std::size_t i = 0; i < overrides.size(); ++i) {
    set(root, overrides[i], {0, i + 1});
  }
}

void refuse_wrong_overrides(const std::vector<Finding>& findings, const std::vector<Override>& overrides) {
  for (const Finding& finding : findings) {
    if (finding.position.line == 0 && finding.severity == Finding::Severity::error) {
      const Override& wrong = overrides.at(finding.position.column - 1);
      throw Error(ErrorCode::usage, "--set {}={}: {}", wrong.key, wrong.value, finding.message)
          .hint(finding.hint.empty() ? fmt::format("run `mlp check --explain {}` to read why", finding.rule)
                                     : finding.hint);
    }
  }
}

} // namespace mlp::config
