#include "config/sections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace mlp::config {
namespace {

constexpr std::array<std::string_view, 4> k_ways = {"hash", "time", "group", "file"};
constexpr std::array<std::string_view, 7> k_keys = {"key",       "seed",       "test", "valid",
                                                    "test_from", "valid_from", "gap"};
constexpr Range k_seed = {0.0, 9007199254740992.0}; // 2^53: every reader of JSON keeps it exact

bool has_effect(std::string_view key, SplitBy by) {
  const bool is_of_time = key == "test_from" || key == "valid_from" || key == "gap";
  return is_of_time == (by == SplitBy::time);
}

std::optional<UnixSeconds> read_time(MapReader& section, std::string_view key) {
  const auto written = section.text(key);
  if (!written) {
    return std::nullopt;
  }
  const auto time = parse_time(*written);
  if (!time) {
    section.findings().error(RuleId::invalid_value, section.find(key)->position,
                             fmt::format("'{}' is '{}', not a date like 2026-01-31 or 2026-01-31T12:00:00Z",
                                         section.path_of(key), *written));
  }
  return time;
}

void read_times(MapReader& section, SplitConfig& split) {
  split.test = 0.0;
  split.valid = 0.0;
  section.require("test_from", "rows from this time on are the test part of a split by time");
  split.test_from = read_time(section, "test_from");
  split.valid_from = read_time(section, "valid_from");
  split.gap_seconds = section.duration("gap").value_or(0);
  if (split.test_from && split.valid_from && !(*split.valid_from < *split.test_from)) {
    section.findings().error(
        RuleId::out_of_range, section.find("valid_from")->position,
        fmt::format("'{}' is not before '{}'", section.path_of("valid_from"), section.path_of("test_from")));
  }
}

} // namespace

std::string_view name_of(SplitBy by) { return k_ways[static_cast<std::size_t>(by)]; }

SplitConfig read_split(MapReader section) {
  SplitConfig split;
  const auto by = section.choice("by", k_ways);
  if (!by && section.has("by")) { // without the way, the other keys cannot be judged
    std::for_each(k_keys.begin(), k_keys.end(), [&section](std::string_view key) { section.find(key); });
    section.finish();
    return split;
  }
  split.by =
      static_cast<SplitBy>(std::find(k_ways.begin(), k_ways.end(), by.value_or("hash")) - k_ways.begin());
  for (const std::string_view key : k_keys) {
    if (section.find(key) != nullptr && !has_effect(key, split.by)) {
      section.findings().error(
          RuleId::split_key_mismatch, section.position_of(key),
          fmt::format("'{}' has no effect on a split by {}", section.path_of(key), name_of(split.by)));
    }
  }
  section.finish();
  if (split.by == SplitBy::time) {
    read_times(section, split);
    return split;
  }
  split.key = section.texts("key").value_or(std::vector<std::string>());
  split.seed = section.integer("seed", k_seed).value_or(0);
  split.valid = section.number("valid", {0.0, 1.0, false, true}).value_or(split.valid);
  if (split.by == SplitBy::file) {
    split.test = 0.0;
    section.require("test", "the file whose rows are the test part of a split by file");
    split.test_file = section.text("test").value_or("");
  } else {
    split.test = section.number("test", k_share).value_or(split.test);
  }
  return split;
}

} // namespace mlp::config
