#include "config/scalars.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace mlp::config {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// from_chars takes no leading plus; only one that stands before a digit or a point is dropped.
std::string_view without_plus(std::string_view text) {
  if (text.size() > 1 && text[0] == '+' && (is_digit(text[1]) || text[1] == '.')) {
    text.remove_prefix(1);
  }
  return text;
}

template <typename T> std::optional<T> parse_all(std::string_view text) {
  text = without_plus(text);
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return value;
}

Json scalar_to_json(const YamlNode& node) {
  if (node.quoted) {
    return node.scalar;
  }
  if (const auto boolean = parse_boolean(node.scalar)) {
    return *boolean;
  }
  if (const auto integer = parse_integer(node.scalar)) {
    return *integer;
  }
  if (const auto number = parse_number(node.scalar)) {
    constexpr double exact_integers = 9007199254740992.0; // 2^53
    if (std::floor(*number) == *number && std::abs(*number) < exact_integers) {
      return static_cast<std::int64_t>(*number);
    }
    return *number;
  }
  return node.scalar;
}

} // namespace

std::optional<std::int64_t> parse_integer(std::string_view text) { return parse_all<std::int64_t>(text); }

std::optional<double> parse_number(std::string_view text) {
  const auto value = parse_all<double>(text);
  return value && std::isfinite(*value) ? value : std::nullopt;
}

std::optional<bool> parse_boolean(std::string_view text) {
  if (text == "true") {
    return true;
  }
  if (text == "false") {
    return false;
  }
  return std::nullopt;
}

std::optional<std::int64_t> parse_duration(std::string_view text) {
  constexpr std::int64_t most = 1'000'000'000; // of any unit: 600 billion seconds in weeks, far from overflow
  if (text.size() < 2 || !is_digit(text.front())) {
    return std::nullopt;
  }
  const auto count = parse_integer(text.substr(0, text.size() - 1));
  if (!count || *count > most) {
    return std::nullopt;
  }
  switch (text.back()) {
  case 's':
    return *count;
  case 'm':
    return *count * 60;
  case 'h':
    return *count * 3600;
  case 'd':
    return *count * 86400;
  case 'w':
    return *count * 604800;
  default:
    return std::nullopt;
  }
}

std::optional<std::string> text_of(const YamlNode& node) {
  if (node.kind == YamlNode::Kind::scalar || (node.kind == YamlNode::Kind::null && !node.scalar.empty())) {
    return node.scalar;
  }
  return std::nullopt;
}

Json to_json(const YamlNode& node) {
  switch (node.kind) {
  case YamlNode::Kind::null:
    return nullptr;
  case YamlNode::Kind::scalar:
    return scalar_to_json(node);
  case YamlNode::Kind::list: {
    Json::Array items;
    for (const YamlNode& item : node.items) {
      items.push_back(to_json(item));
    }
    return items;
  }
  case YamlNode::Kind::map:
    break;
  }
  Json::Object members;
  for (const auto& [key, value] : node.members) {
    members.emplace(key, to_json(value));
  }
  return members;
}

std::string yaml_text(std::string_view text) {
  const auto is_plain = [](char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-' ||
           c == '.' || c == '/' || c == ' ';
  };
  const bool starts_well = !text.empty() && text.front() != '-' && text.front() != '.' &&
                           text.front() != ' ' && text.back() != ' ';
  // Other readers of YAML take these for booleans or null: quotes tell everybody that they are text.
  constexpr std::string_view taken[] = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"};
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  const bool is_word = std::find(std::begin(taken), std::end(taken), lower) != std::end(taken);
  if (starts_well && !is_word && !is_digit(text.front()) && std::all_of(text.begin(), text.end(), is_plain)) {
    return std::string(text);
  }
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (static_cast<unsigned char>(c) < 0x20U || c == 0x7F) {
      quoted += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    } else {
      quoted += c;
    }
  }
  return quoted + "\"";
}

} // namespace mlp::config
