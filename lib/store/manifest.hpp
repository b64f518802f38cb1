#pragma once

#include "base/content_id.hpp"
#include "store/damage.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace mlp::store {

/// The pieces that a content larger than one piece is made of, in order.
struct Manifest {
  struct Piece {
    ContentId id;
    std::uint64_t size = 0;
    friend bool operator==(const Piece&, const Piece&) = default;
  };
  std::vector<Piece> pieces;

  [[nodiscard]] std::uint64_t size() const;
};

/// As it stands in a pack: 32 bytes of id and the size as a little-endian u32, for each piece.
[[nodiscard]] std::string to_bytes(const Manifest& manifest);
[[nodiscard]] std::variant<Manifest, Damage> parse_manifest_bytes(std::string_view bytes);

/// As it stands in a file of its own, as older stores have them.
[[nodiscard]] std::variant<Manifest, Damage> parse_manifest(std::string_view text);

} // namespace mlp::store
