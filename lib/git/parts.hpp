#pragma once

#include <algorithm>
#include <string_view>

namespace mlp::git {

/// Calls `visit` for each part of a text, which ends in `end` or with the text.
template <typename Visit> void each_part(std::string_view text, char end, const Visit& visit) {
  while (!text.empty()) {
    const std::size_t at = std::min(text.find(end), text.size());
    visit(text.substr(0, at));
    text.remove_prefix(std::min(at + 1, text.size()));
  }
}

} // namespace mlp::git
