#pragma once

#include "base/content_id.hpp"
#include "store/damage.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace mlp::store {

/// The most content that one object holds; larger contents are cut into pieces.
inline constexpr std::size_t k_piece_bytes = std::size_t{4} << 20U;

/// How content is stored.
enum class Encoding : std::uint8_t { raw = 0, zstd = 1 };

/// Content as it is stored: `bytes` are of the content or the encoder, whichever is smaller, and valid until
/// either changes.
struct Payload {
  Encoding encoding = Encoding::raw;
  std::string_view bytes;
};

/// A stored file's bytes: header, then payload.
struct EncodedPiece {
  std::string header;
  std::string_view
      payload; ///< of the content or the encoder, whichever is smaller: valid until either changes
};

/// Compresses pieces, one after another; not for two threads at once.
class PieceEncoder {
public:
  PieceEncoder();
  ~PieceEncoder();
  PieceEncoder(const PieceEncoder&) = delete;
  PieceEncoder& operator=(const PieceEncoder&) = delete;
  /// zstd level 1, or raw where that saves less than 5 %.
  [[nodiscard]] Payload compress(std::string_view content);
  /// The same as a stored file.
  [[nodiscard]] EncodedPiece encode(std::string_view content);

private:
  struct State;
  std::unique_ptr<State> state_;
};

/// What a header says; `payload_at` is where the payload begins.
struct PieceHeader {
  Encoding encoding = Encoding::raw;
  std::uint64_t size = 0;
  std::string check;
  std::size_t payload_at = 0;
};

/// The content of `size` bytes that a payload stands for; it is not verified against an id.
[[nodiscard]] std::variant<std::string, Damage> decode_payload(Encoding encoding, std::string_view payload,
                                                               std::uint64_t size);

inline constexpr std::size_t k_longest_piece_header = 64;
[[nodiscard]] std::variant<PieceHeader, Damage> parse_piece_header(std::string_view file);
/// The content, if it is whole and named `id`.
[[nodiscard]] std::variant<std::string, Damage> decode_piece(std::string_view file, const ContentId& id);

/// Damage of a file that should begin "mlp-<kind> 1": written by a newer mlp, or no such file at all.
[[nodiscard]] Damage foreign_format(std::string_view file, std::string_view kind);
/// A decimal number without sign and leading zeros. Nothing for anything else.
[[nodiscard]] std::optional<std::uint64_t> parse_decimal(std::string_view text);

} // namespace mlp::store
