#pragma once

#include "base/json.hpp"
#include "config/yaml.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mlp::config {

// A scalar is text until a key asks for more. These read the text of a plain scalar; quotes make it text for
// good, so callers ask is_plain first.

/// Decimal digits with an optional sign. Nothing where it is something else or exceeds 64 bits.
[[nodiscard]] std::optional<std::int64_t> parse_integer(std::string_view text);
/// A finite decimal number: "0.1", ".5", "1e-3", "-7". Nothing for nan, inf and what overflows.
[[nodiscard]] std::optional<double> parse_number(std::string_view text);
/// "true" or "false" only: yes, no, on and off stay text.
[[nodiscard]] std::optional<bool> parse_boolean(std::string_view text);
/// Seconds of "30s", "15m", "12h", "7d", "2w"; not negative.
[[nodiscard]] std::optional<std::int64_t> parse_duration(std::string_view text);

/// The text of a scalar, or of a null that was spelt out ("null" may be a category); nothing else has one.
[[nodiscard]] std::optional<std::string> text_of(const YamlNode& node);

/// The tree as JSON: plain scalars become booleans, integers or numbers where they are spelt so (3.0 and 3
/// are the same number), everything else text.
[[nodiscard]] Json to_json(const YamlNode& node);

/// `text` as a YAML value that reads back as this text: plain where that is safe, else in double quotes.
[[nodiscard]] std::string yaml_text(std::string_view text);

} // namespace mlp::config
