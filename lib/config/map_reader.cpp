#include "config/map_reader.hpp"

#include "base/json.hpp"
#include "base/nearest.hpp"
#include "config/scalars.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace mlp::config {
namespace {

const YamlNode k_empty_map = [] {
  YamlNode node;
  node.kind = YamlNode::Kind::map;
  return node;
}();

bool has_value(const YamlNode& node) { return node.kind != YamlNode::Kind::null; }

bool is_plain(const YamlNode& node) { return node.kind == YamlNode::Kind::scalar && !node.quoted; }

void report_wrong_type(const YamlNode& node, const std::string& path, std::string_view wanted,
                       FindingList& findings) {
  findings.error(RuleId::wrong_type, node.position,
                 fmt::format("'{}' is {}, not {}", path, describe(node), wanted));
}

bool report_outside(const YamlNode& node, const std::string& path, double value, Range range,
                    FindingList& findings) {
  if (range.contains(value)) {
    return false;
  }
  findings.error(RuleId::out_of_range, node.position,
                 fmt::format("'{}' is {}; it must be {}", path, node.scalar, range.text()));
  return true;
}

} // namespace

bool Range::contains(double value) const {
  return (low_open ? value > low : value >= low) && (high_open ? value < high : value <= high);
}

std::string Range::text() const {
  std::string from = fmt::format("{} {}", low_open ? "above" : "at least", shortest(low));
  if (std::isinf(high)) {
    return from;
  }
  return fmt::format("{} and {} {}", from, high_open ? "below" : "at most", shortest(high));
}

std::string describe(const YamlNode& node) {
  switch (node.kind) {
  case YamlNode::Kind::null:
    return "empty";
  case YamlNode::Kind::list:
    return "a list";
  case YamlNode::Kind::map:
    return "a map";
  case YamlNode::Kind::scalar:
    break;
  }
  return node.quoted ? fmt::format("the text \"{}\"", node.scalar) : fmt::format("'{}'", node.scalar);
}

std::string with_nearest(std::string message, std::string_view word,
                         std::span<const std::string> candidates) {
  if (const auto near = nearest(word, candidates)) {
    message += fmt::format("; did you mean '{}'?", *near);
  }
  return message;
}

std::string not_one_of(const std::string& path, const std::string& found,
                       std::span<const std::string> words) {
  return with_nearest(fmt::format("'{}' is '{}', not one of {}", path, found, fmt::join(words, ", ")), found,
                      words);
}

std::optional<std::string> read_text(const YamlNode& node, const std::string& path, FindingList& findings) {
  auto text = text_of(node);
  if (!text) {
    report_wrong_type(node, path, "a text", findings);
  }
  return text;
}

std::optional<double> read_number(const YamlNode& node, const std::string& path, Range range,
                                  FindingList& findings) {
  const auto value = is_plain(node) ? parse_number(node.scalar) : std::nullopt;
  if (!value) {
    report_wrong_type(node, path, "a number", findings);
    return std::nullopt;
  }
  return report_outside(node, path, *value, range, findings) ? std::nullopt : value;
}

std::optional<std::vector<std::string>> read_texts(const YamlNode& node, const std::string& path,
                                                   FindingList& findings) {
  if (node.kind != YamlNode::Kind::list) {
    if (auto text = text_of(node)) {
      return std::vector<std::string>{std::move(*text)};
    }
    report_wrong_type(node, path, "a text or a list of texts", findings);
    return std::nullopt;
  }
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    if (auto text = read_text(node.items[i], fmt::format("{}[{}]", path, i), findings)) {
      texts.push_back(std::move(*text));
    }
  }
  return texts;
}

MapReader::MapReader(const YamlNode& node, std::string path, FindingList& findings)
    : node_(&node), path_(std::move(path)), findings_(findings) {
  if (node.kind != YamlNode::Kind::map) {
    if (has_value(node)) {
      report_wrong_type(node, path_.empty() ? "the file" : path_, "a map (key: value)", findings_);
    }
    node_ = &k_empty_map;
  }
}

const YamlNode* MapReader::find(std::string_view key) {
  known_.emplace_back(key);
  const YamlNode* found = node_->find(key);
  return found != nullptr && has_value(*found) ? found : nullptr;
}

bool MapReader::has(std::string_view key) const {
  const YamlNode* found = node_->find(key);
  return found != nullptr && has_value(*found);
}

std::string MapReader::path_of(std::string_view key) const {
  return path_.empty() ? std::string(key) : fmt::format("{}.{}", path_, key);
}

Position MapReader::position_of(std::string_view key) const {
  for (std::size_t i = 0; i < node_->members.size(); ++i) {
    if (node_->members[i].key == key) {
      return node_->key_positions[i];
    }
  }
  return node_->position.line > 0 ? node_->position : Position{1, 1};
}

std::optional<std::string> MapReader::text(std::string_view key) {
  const YamlNode* found = find(key);
  return found == nullptr ? std::nullopt : read_text(*found, path_of(key), findings_);
}

std::optional<std::int64_t> MapReader::integer(std::string_view key, Range range) {
  const YamlNode* found = find(key);
  if (found == nullptr) {
    return std::nullopt;
  }
  const auto value = is_plain(*found) ? parse_integer(found->scalar) : std::nullopt;
  if (!value) {
    report_wrong_type(*found, path_of(key), "an integer", findings_);
    return std::nullopt;
  }
  return report_outside(*found, path_of(key), static_cast<double>(*value), range, findings_) ? std::nullopt
                                                                                             : value;
}

std::optional<double> MapReader::number(std::string_view key, Range range) {
  const YamlNode* found = find(key);
  return found == nullptr ? std::nullopt : read_number(*found, path_of(key), range, findings_);
}

std::optional<bool> MapReader::boolean(std::string_view key) {
  const YamlNode* found = find(key);
  if (found == nullptr) {
    return std::nullopt;
  }
  const auto value = is_plain(*found) ? parse_boolean(found->scalar) : std::nullopt;
  if (!value) {
    report_wrong_type(*found, path_of(key), "true or false", findings_);
  }
  return value;
}

std::optional<std::string> MapReader::choice(std::string_view key, std::span<const std::string_view> words) {
  auto value = text(key);
  if (value && std::find(words.begin(), words.end(), *value) == words.end()) {
    findings_.error(RuleId::invalid_value, find(key)->position,
                    not_one_of(path_of(key), *value, std::vector<std::string>(words.begin(), words.end())));
    return std::nullopt;
  }
  return value;
}

std::optional<std::int64_t> MapReader::duration(std::string_view key) {
  const auto written = text(key);
  if (!written) {
    return std::nullopt;
  }
  const auto seconds = parse_duration(*written);
  if (!seconds) {
    findings_.error(RuleId::invalid_value, find(key)->position,
                    fmt::format("'{}' is '{}', not a duration like 12h, 7d or 4w", path_of(key), *written));
  }
  return seconds;
}

std::optional<std::vector<std::string>> MapReader::texts(std::string_view key) {
  const YamlNode* found = find(key);
  return found == nullptr ? std::nullopt : read_texts(*found, path_of(key), findings_);
}

MapReader MapReader::map(std::string_view key) {
  const YamlNode* found = find(key);
  return MapReader(found == nullptr ? k_empty_map : *found, path_of(key), findings_);
}

void MapReader::not_supported(std::string_view key) {
  if (find(key) != nullptr) {
    findings_.not_supported(position_of(key), fmt::format("'{}'", path_of(key)));
  }
}

void MapReader::require(std::string_view key, std::string_view what) {
  if (find(key) == nullptr) {
    findings_.error(RuleId::missing_key, position_of(key),
                    fmt::format("'{}' is missing: {}", path_of(key), what));
  }
}

void MapReader::require_schema(std::string_view schema) {
  require("schema", fmt::format("write `schema: {}`", schema));
  const auto written = text("schema");
  if (written && *written != schema) {
    findings_.error(RuleId::unsupported_schema, find("schema")->position,
                    fmt::format("schema '{}' is not '{}', the one that this version reads", *written, schema),
                    "upgrade mlp if the number is higher");
  }
}

void MapReader::finish() {
  for (std::size_t i = 0; i < node_->members.size(); ++i) {
    const std::string& key = node_->members[i].key;
    if (std::find(known_.begin(), known_.end(), key) != known_.end()) {
      continue;
    }
    std::vector<std::string> here;
    std::copy_if(known_.begin(), known_.end(), std::back_inserter(here), [&here](const std::string& known) {
      return std::find(here.begin(), here.end(), known) == here.end();
    });
    const std::string where = path_.empty() ? "" : fmt::format(" in '{}'", path_);
    findings_.error(RuleId::unknown_key, node_->key_positions[i],
                    with_nearest(fmt::format("unknown key '{}'{}", key, where), key, here),
                    fmt::format("known keys{}: {}", where, fmt::join(here, ", ")));
  }
}

} // namespace mlp::config
