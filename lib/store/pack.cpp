#include "store/pack.hpp"

#include "os/hash_file.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace mlp::store {
namespace {

// A pack, version 1; numbers are little-endian. Named by the SHA-256 of the whole file.
//   "mlp-pack 1\n"
//   payloads, one after another
//   index: one entry each, sorted by id, no id twice:
//     id[32]  offset u32  stored u32  size u32  kind u8 (1 piece, 2 manifest)  encoding u8 (0 raw, 1 zstd)  0
//     u16
//   footer: count u64, SHA-256 of the index [32], "mlp-pack-end 1\n\0"
constexpr std::string_view k_head = "mlp-pack 1\n";
constexpr std::string_view k_end("mlp-pack-end 1\n\0", 16);
constexpr std::size_t k_entry_bytes = 48;
constexpr std::size_t k_footer_bytes = 8 + 32 + 16;

template <typename Number> void put_number(std::string& to, Number value) {
  for (std::size_t i = 0; i < sizeof value; ++i) {
    to += static_cast<char>(value >> (8 * i));
  }
}

template <typename Number> Number get_number(std::string_view from) {
  Number value = 0;
  for (std::size_t i = 0; i < sizeof value; ++i) {
    value |= static_cast<Number>(static_cast<Number>(static_cast<unsigned char>(from[i])) << (8 * i));
  }
  return value;
}

std::string_view text_of(const ContentId& id) {
  return {reinterpret_cast<const char*>(id.bytes().data()), id.bytes().size()}; // NOLINT: bytes as bytes
}

ContentId id_from(std::string_view bytes) {
  std::array<std::uint8_t, 32> array{};
  std::memcpy(array.data(), bytes.data(), array.size());
  return ContentId(array);
}

} // namespace

std::string_view pack_head() { return k_head; }

std::string pack_tail(std::vector<PackEntry> entries) {
  std::sort(entries.begin(), entries.end(),
            [](const PackEntry& a, const PackEntry& b) { return a.id < b.id; });
  std::string tail;
  tail.reserve(entries.size() * k_entry_bytes + k_footer_bytes);
  for (const PackEntry& entry : entries) {
    tail += text_of(entry.id);
    put_number(tail, entry.offset);
    put_number(tail, entry.stored);
    put_number(tail, entry.size);
    tail += static_cast<char>(entry.kind);
    tail += static_cast<char>(entry.encoding);
    put_number(tail, std::uint16_t{0});
  }
  const ContentId check = sha256(tail);
  put_number(tail, std::uint64_t{entries.size()});
  tail += text_of(check);
  tail += k_end;
  return tail;
}

std::variant<PackFile, Damage> PackFile::open(const std::filesystem::path& path) {
  const auto facts = os::stat_file(path);
  if (!facts) {
    return Damage{"is missing"};
  }
  const std::string head = os::read_range(path, 0, k_head.size());
  if (head != k_head) {
    return foreign_format(head, "pack");
  }
  const Damage cut{"is cut short, or its end was changed"};
  if (facts->size < k_head.size() + k_footer_bytes) {
    return cut;
  }
  PackFile pack;
  pack.path_ = path;
  pack.bytes_ = facts->size;
  const std::uint64_t index_end = facts->size - k_footer_bytes;
  const std::string footer = os::read_range(path, index_end, k_footer_bytes);
  const auto count = footer.size() == k_footer_bytes ? get_number<std::uint64_t>(footer) : 0;
  if (!footer.ends_with(k_end) || count > (index_end - k_head.size()) / k_entry_bytes) {
    return cut;
  }
  pack.count_ = static_cast<std::size_t>(count);
  pack.payloads_end_ = index_end - count * k_entry_bytes;
  pack.index_ = os::MappedFile(path, pack.payloads_end_);
  if (pack.index_.bytes().size() != count * k_entry_bytes + k_footer_bytes) {
    return cut;
  }
  return pack;
}

PackEntry PackFile::at(std::size_t i) const {
  const std::string_view bytes = index_.bytes().substr(i * k_entry_bytes, k_entry_bytes);
  PackEntry entry;
  entry.id = id_from(bytes);
  entry.offset = get_number<std::uint32_t>(bytes.substr(32));
  entry.stored = get_number<std::uint32_t>(bytes.substr(36));
  entry.size = get_number<std::uint32_t>(bytes.substr(40));
  entry.kind = static_cast<PackEntry::Kind>(bytes[44]);
  entry.encoding = static_cast<Encoding>(bytes[45]);
  return entry;
}

std::size_t PackFile::lower_bound(const ContentId& id) const {
  const std::string_view wanted = text_of(id);
  std::size_t first = 0;
  for (std::size_t count = count_; count > 0;) {
    const std::size_t half = count / 2;
    if (index_.bytes().substr((first + half) * k_entry_bytes, wanted.size()) < wanted) {
      first += half + 1;
      count -= half + 1;
    } else {
      count = half;
    }
  }
  return first;
}

std::optional<PackEntry> PackFile::find(const ContentId& id) const {
  const std::size_t i = lower_bound(id);
  return i < count_ && text_of(id) == index_.bytes().substr(i * k_entry_bytes, 32) ? std::optional(at(i))
                                                                                   : std::nullopt;
}

std::string PackFile::payload(const PackEntry& entry) const {
  return os::read_range(path_, entry.offset, entry.stored);
}

std::variant<std::string, Damage> PackFile::load(const PackEntry& entry) const {
  const bool piece = entry.kind == PackEntry::Kind::piece && entry.size <= k_piece_bytes &&
                     (entry.encoding == Encoding::raw || entry.encoding == Encoding::zstd);
  const bool manifest = entry.kind == PackEntry::Kind::manifest && entry.encoding == Encoding::raw;
  if (!(piece || manifest) || std::uint64_t{entry.offset} + entry.stored > payloads_end_) {
    return Damage{"has a broken index"};
  }
  auto decoded = decode_payload(entry.encoding, payload(entry), entry.size);
  if (const auto* bytes = std::get_if<std::string>(&decoded);
      bytes != nullptr && entry.kind == PackEntry::Kind::piece && sha256(*bytes) != entry.id) {
    return Damage{"holds other bytes than its index says"};
  }
  return decoded;
}

bool PackFile::index_intact() const {
  const std::string_view index = index_.bytes().substr(0, count_ * k_entry_bytes);
  return text_of(sha256(index)) == index_.bytes().substr(index.size() + 8, 32);
}

bool PackFile::intact() const { return os::hash_file(path_) == ContentId::from_hex(path_.stem().string()); }

} // namespace mlp::store
