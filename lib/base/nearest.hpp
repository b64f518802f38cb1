#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mlp {

/// The candidate that `word` was most likely meant to be, or nothing where none is near: at most a third of
/// the word's letters (at least one, at most three) inserted, deleted, replaced or swapped with a neighbour
/// (optimal string alignment distance); the first of equally near ones.
[[nodiscard]] std::optional<std::string> nearest(std::string_view word,
                                                 std::span<const std::string> candidates);

} // namespace mlp
