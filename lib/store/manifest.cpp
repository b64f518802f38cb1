#include "store/manifest.hpp"

#include "store/piece.hpp"

#include <fmt/format.h>

#include <array>
#include <cstring>
#include <optional>

namespace mlp::store {
namespace {

// A manifest in a file of its own, version 1:
//   "mlp-manifest 1\n"
//   "size <bytes of the whole content>\n"
//   "<sha-256 of a piece> <its bytes>\n"    one or more
constexpr std::string_view k_magic = "mlp-manifest 1\n";

constexpr std::size_t k_id_bytes = 32;
constexpr std::size_t k_size_bytes = 4;
constexpr std::size_t k_line_bytes = k_id_bytes + k_size_bytes;

std::optional<Manifest::Piece> parse_piece_line(std::string_view line) {
  const auto id = ContentId::from_hex(line.substr(0, 64));
  if (!id || line.size() < 66 || line[64] != ' ') {
    return std::nullopt;
  }
  const auto size = parse_decimal(line.substr(65));
  return size ? std::optional(Manifest::Piece{*id, *size}) : std::nullopt;
}

/// Takes the next line off the front of `text`; nothing where it does not end in a newline.
std::optional<std::string_view> take_line(std::string_view& text) {
  const auto end = text.find('\n');
  if (end == std::string_view::npos) {
    return std::nullopt;
  }
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

} // namespace

std::uint64_t Manifest::size() const {
  std::uint64_t total = 0;
  for (const Piece& piece : pieces) {
    total += piece.size;
  }
  return total;
}

std::string to_bytes(const Manifest& manifest) {
  std::string bytes;
  bytes.reserve(manifest.pieces.size() * k_line_bytes);
  for (const auto& piece : manifest.pieces) {
    for (const std::uint8_t byte : piece.id.bytes()) {
      bytes += static_cast<char>(byte);
    }
    for (unsigned i = 0; i < k_size_bytes; ++i) {
      bytes += static_cast<char>(piece.size >> (8 * i));
    }
  }
  return bytes;
}

std::variant<Manifest, Damage> parse_manifest_bytes(std::string_view bytes) {
  if (bytes.empty() || bytes.size() % k_line_bytes != 0) {
    return Damage{"does not list whole pieces"};
  }
  Manifest manifest;
  manifest.pieces.reserve(bytes.size() / k_line_bytes);
  for (; !bytes.empty(); bytes.remove_prefix(k_line_bytes)) {
    std::array<std::uint8_t, k_id_bytes> id{};
    std::memcpy(id.data(), bytes.data(), id.size());
    std::uint64_t size = 0;
    for (unsigned i = 0; i < k_size_bytes; ++i) {
      size |= std::uint64_t{static_cast<unsigned char>(bytes[k_id_bytes + i])} << (8 * i);
    }
    manifest.pieces.push_back({ContentId(id), size});
  }
  return manifest;
}

std::variant<Manifest, Damage> parse_manifest(std::string_view text) {
  if (!text.starts_with(k_magic)) {
    return foreign_format(text, "manifest");
  }
  std::string_view rest = text.substr(k_magic.size());
  const auto size = take_line(rest);
  Manifest manifest;
  while (!rest.empty()) {
    const auto line = take_line(rest);
    const auto piece = line ? parse_piece_line(*line) : std::nullopt;
    if (!piece) {
      return Damage{"has a broken line"};
    }
    manifest.pieces.push_back(*piece);
  }
  if (!size || *size != fmt::format("size {}", manifest.size()) || manifest.pieces.empty()) {
    return Damage{"does not list all of its pieces"};
  }
  return manifest;
}

} // namespace mlp::store
