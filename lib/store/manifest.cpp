#include "store/manifest.hpp"

#include "store/piece.hpp"

#include <fmt/format.h>

#include <iterator>
#include <optional>

namespace mlp::store {
namespace {

// A manifest, version 1:
//   "mlp-manifest 1\n"
//   "size <bytes of the whole content>\n"
//   "<sha-256 of a piece> <its bytes>\n"    one or more
constexpr std::string_view k_magic = "mlp-manifest 1\n";

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

std::string to_text(const Manifest& manifest) {
  std::string text = fmt::format("{}size {}\n", k_magic, manifest.size());
  for (const auto& piece : manifest.pieces) {
    fmt::format_to(std::back_inserter(text), "{} {}\n", piece.id.hex(), piece.size);
  }
  return text;
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
