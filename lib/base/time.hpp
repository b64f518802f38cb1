#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mlp {

/// Seconds since 1970-01-01T00:00:00Z. lib/ never asks the clock: times are handed in.
using UnixSeconds = std::int64_t;

/// "2026-11-23T05:14:13Z"
[[nodiscard]] std::string format_utc(UnixSeconds time);
/// "2026-11-23"
[[nodiscard]] std::string format_date(UnixSeconds time);
/// The date where it is midnight, else the date and time.
[[nodiscard]] std::string format_time(UnixSeconds time);

/// Reads ISO 8601: `2026-11-23`, `2026-11-23T05:14`, `2026-11-23 05:14:13[.fff][Z|±hh:mm|±hhmm]`; no zone
/// means UTC. A fraction is dropped. Nothing where the text is no such date or the date does not exist.
[[nodiscard]] std::optional<UnixSeconds> parse_time(std::string_view text);

} // namespace mlp
