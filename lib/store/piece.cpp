#include "store/piece.hpp"

#include "base/c_handle.hpp"

#include <fmt/format.h>
#include <zstd.h>

#include <charconv>
#include <utility>

namespace mlp::store {
namespace {

// A stored piece, version 1:
//   "mlp-object 1 raw <size>\n" <content>
//   "mlp-object 1 zstd <size> <check>\n" <one zstd frame>
// size   bytes of content, decimal
// check  the first 16 hex digits of the frame's SHA-256: zstd ignores some bits of a frame, we do not
constexpr std::string_view k_magic = "mlp-object 1 ";
constexpr std::size_t k_check_digits = 16;
constexpr int k_level = 1; // level 3 is slower and no smaller on CSV
/// Of zstd's match table. By its own choice it fills the first cache: 12 is up to a fifth faster on decimals,
/// and stores 0 to 2 % more.
constexpr int k_table_bits = 12;

using Compressor = CHandle<ZSTD_CCtx, ZSTD_freeCCtx>;

std::string check_of(std::string_view payload) { return sha256(payload).hex().substr(0, k_check_digits); }

} // namespace

struct PieceEncoder::State {
  Compressor compressor{ZSTD_createCCtx()};
  std::string buffer;
};

PieceEncoder::PieceEncoder() : state_(std::make_unique<State>()) {
  ZSTD_CCtx* compressor = state_->compressor.get();
  if (compressor == nullptr) {
    throw Error(ErrorCode::environment, "cannot compress: out of memory");
  }
  for (const auto& [parameter, value] :
       {std::pair(ZSTD_c_compressionLevel, k_level), std::pair(ZSTD_c_hashLog, k_table_bits)}) {
    if (ZSTD_isError(ZSTD_CCtx_setParameter(compressor, parameter, value)) != 0) {
      throw Error(ErrorCode::internal, "cannot set up zstd");
    }
  }
}

PieceEncoder::~PieceEncoder() = default;

Payload PieceEncoder::compress(std::string_view content) {
  std::string& buffer = state_->buffer;
  if (buffer.size() < ZSTD_compressBound(content.size())) {
    buffer.resize(ZSTD_compressBound(content.size()));
  }
  const std::size_t size =
      ZSTD_compress2(state_->compressor.get(), buffer.data(), buffer.size(), content.data(), content.size());
  if (ZSTD_isError(size) != 0) {
    throw Error(ErrorCode::internal, "cannot compress: {}", ZSTD_getErrorName(size));
  }
  if (size > content.size() - content.size() / 20) { // saves less than 5 %
    return {Encoding::raw, content};
  }
  return {Encoding::zstd, std::string_view(buffer).substr(0, size)};
}

EncodedPiece PieceEncoder::encode(std::string_view content) {
  const Payload payload = compress(content);
  if (payload.encoding == Encoding::raw) {
    return {fmt::format("{}raw {}\n", k_magic, content.size()), payload.bytes};
  }
  return {fmt::format("{}zstd {} {}\n", k_magic, content.size(), check_of(payload.bytes)), payload.bytes};
}

std::variant<std::string, Damage> decode_payload(Encoding encoding, std::string_view payload,
                                                 std::uint64_t size) {
  if (encoding == Encoding::raw) {
    return payload.size() == size
               ? std::variant<std::string, Damage>(std::string(payload))
               : Damage{fmt::format("holds {} bytes of content instead of {}", payload.size(), size)};
  }
  std::string content(size, '\0');
  const std::size_t got = ZSTD_decompress(content.data(), content.size(), payload.data(), payload.size());
  if (ZSTD_isError(got) != 0 || got != size) {
    return Damage{"does not decompress to the size that it states"};
  }
  return content;
}

std::optional<std::uint64_t> parse_decimal(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size() ||
      (text.front() == '0' && text.size() > 1)) {
    return std::nullopt;
  }
  return value;
}

Damage foreign_format(std::string_view file, std::string_view kind) {
  const std::string magic = fmt::format("mlp-{} ", kind);
  if (file.starts_with(magic)) {
    file.remove_prefix(magic.size());
    const auto version = parse_decimal(file.substr(0, file.find_first_of(" \n")));
    if (version && *version > 1) {
      return {fmt::format("has format version {}, this mlp reads version 1", *version), ErrorCode::input};
    }
  }
  return {fmt::format("does not begin as an mlp {} file does", kind)};
}

std::variant<PieceHeader, Damage> parse_piece_header(std::string_view file) {
  if (!file.starts_with(k_magic)) {
    return foreign_format(file, "object");
  }
  const std::string_view head = file.substr(0, k_longest_piece_header);
  const auto end = head.find('\n');
  const auto space = head.find(' ', k_magic.size());
  if (end == std::string_view::npos || space == std::string_view::npos || space > end) {
    return Damage{"has a broken header"};
  }
  PieceHeader header;
  header.payload_at = end + 1;
  const std::string_view encoding = head.substr(k_magic.size(), space - k_magic.size());
  std::string_view size = head.substr(space + 1, end - space - 1);
  if (encoding == "zstd" && size.find(' ') != std::string_view::npos) {
    header.encoding = Encoding::zstd;
    header.check = size.substr(size.find(' ') + 1);
    size = size.substr(0, size.find(' '));
  } else if (encoding != "raw") {
    return Damage{"has a broken header"};
  }
  const auto bytes = parse_decimal(size);
  if (!bytes || *bytes > k_piece_bytes) {
    return Damage{"has a broken header"};
  }
  header.size = *bytes;
  return header;
}

std::variant<std::string, Damage> decode_piece(std::string_view file, const ContentId& id) {
  const auto parsed = parse_piece_header(file);
  if (const auto* damage = std::get_if<Damage>(&parsed)) {
    return *damage;
  }
  const auto& header = std::get<PieceHeader>(parsed);
  const std::string_view payload = file.substr(header.payload_at);
  if (header.encoding == Encoding::zstd && check_of(payload) != header.check) {
    return Damage{"was changed or cut short: its compressed bytes do not match their check"};
  }
  auto content = decode_payload(header.encoding, payload, header.size);
  if (const auto* bytes = std::get_if<std::string>(&content)) {
    if (const ContentId found = sha256(*bytes); found != id) {
      return Damage{fmt::format("holds the content of '{}', not of its own name", found.hex())};
    }
  }
  return content;
}

} // namespace mlp::store
