#pragma once

#include "config/findings.hpp"
#include "config/yaml.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mlp::config {

/// The numbers that a key takes; an open end is not itself allowed.
struct Range {
  double low;
  double high;
  bool low_open = false;
  bool high_open = false;

  [[nodiscard]] bool contains(double value) const; ///< false for NaN
  [[nodiscard]] std::string text() const;          ///< "above 0 and below 1"
};
inline constexpr Range k_share = {0.0, 1.0, true, true}; ///< a true share: neither nothing nor everything

/// Reads one map of a YAML file: whatever key is asked for is thereby known, and finish() reports the others
/// with the nearest known one. A wrong type is a finding, and the key then counts as absent; so does a key
/// without a value ("question:").
class MapReader {
public:
  /// `path`: dotted path of the map, "" for the whole file. A node that is no map is a finding (null: empty).
  MapReader(const YamlNode& node, std::string path, FindingList& findings);

  /// The value of `key`, or null where it is absent or has no value.
  const YamlNode* find(std::string_view key);
  std::optional<std::string> text(std::string_view key);
  std::optional<std::int64_t> integer(std::string_view key, Range range);
  std::optional<double> number(std::string_view key, Range range);
  std::optional<bool> boolean(std::string_view key);
  /// One of `words`.
  std::optional<std::string> choice(std::string_view key, std::span<const std::string_view> words);
  /// "7d", "12h", …; in seconds
  std::optional<std::int64_t> duration(std::string_view key);
  /// One text, or a list of texts.
  std::optional<std::vector<std::string>> texts(std::string_view key);
  /// A map below this one; an empty one where `key` is absent.
  MapReader map(std::string_view key);
  /// Known to the format, not to this version.
  void not_supported(std::string_view key);
  /// The file's `schema: kind/version` must be this one.
  void require_schema(std::string_view schema);
  /// A finding where `key` is absent; `what` says what it is for.
  void require(std::string_view key, std::string_view what);

  [[nodiscard]] bool has(std::string_view key) const; ///< with a value
  /// Where `key` is written, else where the map begins.
  [[nodiscard]] Position position_of(std::string_view key) const;
  [[nodiscard]] std::string path_of(std::string_view key) const;
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] const YamlNode& node() const { return *node_; }
  [[nodiscard]] FindingList& findings() { return findings_; }

  /// Reports every key that was never asked for.
  void finish();

private:
  const YamlNode* node_;
  std::string path_;
  FindingList& findings_;
  std::vector<std::string> known_;
};

// The same for a value that is no member of a map: an item of a list. `path` names it in findings.
std::optional<std::string> read_text(const YamlNode& node, const std::string& path, FindingList& findings);
std::optional<double> read_number(const YamlNode& node, const std::string& path, Range range,
                                  FindingList& findings);
std::optional<std::vector<std::string>> read_texts(const YamlNode& node, const std::string& path,
                                                   FindingList& findings);

/// "'data.split.by' is 'hsah', not one of hash, time, group, file; did you mean 'hash'?"
[[nodiscard]] std::string not_one_of(const std::string& path, const std::string& found,
                                     std::span<const std::string> words);
/// "unknown key 'targt'; did you mean 'target'?"
[[nodiscard]] std::string with_nearest(std::string message, std::string_view word,
                                       std::span<const std::string> candidates);
/// The node in words, for "…, not an integer": "'abc'", "a list", "a map".
[[nodiscard]] std::string describe(const YamlNode& node);

} // namespace mlp::config
