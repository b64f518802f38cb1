#pragma once

#include "config/project.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace mlp::dataset {

/// Makes "8\" pipe" of quoted fields "8"" pipe": as long, so that places stay. Other backslashes are values'
/// own, but for two in a row before a quote: they do not escape it.
class EscapeRewriter {
public:
  /// Rewrites `text` from `from` on, where it goes on behind what was rewritten last.
  void rewrite(std::span<char> text, std::size_t from);

private:
  bool inside_ = false;          ///< of a quoted field
  bool after_backslash_ = false; ///< one that may escape the next byte
};

inline constexpr const char* k_escapes_note =
    "quotes inside values are escaped by backslashes, which are left out";

/// Whether a table escapes quotes by backslashes: its first `sample_bytes` are malformed or uneven as they
/// are, and an even table once they are rewritten.
[[nodiscard]] bool escapes_by_backslash(std::string_view text, std::size_t sample_bytes,
                                        const config::FormatConfig& declared);

} // namespace mlp::dataset
