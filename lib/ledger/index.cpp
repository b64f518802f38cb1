#include "ledger/index.hpp"

#include "ledger/record_format.hpp"

#include <bit>
#include <cstdint>
#include <cstring>
#include <type_traits>

// cache/ledger-index, version 2. Numbers are little-endian; text is its length (4 bytes), then its bytes.
//
//   "mlp-ledger-index 2\n"
//   SHA-256 of all that follows (32 bytes)
//   text tree of the local branch, text tree of the remote's (empty = none)
//   count (8), then for each entry: id (32), seq (8), flags (1: 1 = local, 2 = published), and as text
//     kind, time, project, name, model, dataset, stage, decision, expects, headline, blob
//   count (8), then for each misfit: flags (1; also 4 = unreadable), and as text path, blob, why

namespace mlp::ledger {
namespace {

constexpr std::string_view k_magic = "mlp-ledger-index 2\n";
constexpr std::size_t k_hash_bytes = 32;
static_assert(std::endian::native == std::endian::little, "numbers are written as they lie in memory");

std::array<std::string Entry::*, 11> texts_of_entry() {
  return {&Entry::kind,  &Entry::time,     &Entry::project, &Entry::name,     &Entry::model, &Entry::dataset,
          &Entry::stage, &Entry::decision, &Entry::expects, &Entry::headline, &Entry::blob};
}

template <typename Item> std::uint8_t flags_of(const Item& item) {
  unsigned flags = (item.local ? 1U : 0U) | (item.published ? 2U : 0U);
  if constexpr (std::is_same_v<Item, Misfit>) {
    flags |= item.unreadable ? 4U : 0U;
  }
  return static_cast<std::uint8_t>(flags);
}

class Writer {
public:
  template <typename Number> void number(Number value) {
    std::array<char, sizeof value> raw{};
    std::memcpy(raw.data(), &value, sizeof value);
    bytes.append(raw.data(), raw.size());
  }
  void text(std::string_view value) {
    number(static_cast<std::uint32_t>(value.size()));
    bytes += value;
  }
  void hash(const ContentId& id) {
    for (const std::uint8_t byte : id.bytes()) {
      bytes += static_cast<char>(byte);
    }
  }
  std::string bytes;
};

/// Reads what Writer wrote. What lies beyond the end reads as nothing, and `sound` turns false.
class Reader {
public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}
  template <typename Number> Number number() {
    Number value{};
    const std::string_view raw = take(sizeof value);
    if (sound) {
      std::memcpy(&value, raw.data(), sizeof value);
    }
    return value;
  }
  std::string text() { return std::string(take(number<std::uint32_t>())); }
  ContentId hash() {
    std::array<std::uint8_t, k_hash_bytes> raw{};
    const std::string_view bytes = take(raw.size());
    if (sound) {
      std::memcpy(raw.data(), bytes.data(), raw.size());
    }
    return ContentId(raw);
  }
  template <typename Item> void flags(Item& item) {
    const auto flags = number<std::uint8_t>();
    item.local = (flags & 1U) != 0;
    item.published = (flags & 2U) != 0;
    if constexpr (std::is_same_v<Item, Misfit>) {
      item.unreadable = (flags & 4U) != 0;
    }
  }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  bool sound = true;

private:
  std::string_view take(std::size_t size) {
    sound = sound && size <= rest_.size();
    const std::string_view taken = sound ? rest_.substr(0, size) : std::string_view();
    rest_.remove_prefix(taken.size());
    return taken;
  }
  std::string_view rest_;
};

Entry read_entry(Reader& reader) {
  Entry entry;
  entry.id = reader.hash();
  entry.seq = reader.number<std::int64_t>();
  reader.flags(entry);
  for (const auto member : texts_of_entry()) {
    entry.*member = reader.text();
  }
  constexpr std::size_t k_date_letters = 10;
  reader.sound = reader.sound && entry.time.size() >= k_date_letters;
  if (reader.sound) {
    entry.path = record_path(entry.id, entry.time);
  }
  return entry;
}

Misfit read_misfit(Reader& reader) {
  Misfit misfit;
  reader.flags(misfit);
  misfit.path = reader.text();
  misfit.blob = reader.text();
  misfit.why = reader.text();
  return misfit;
}

} // namespace

std::string encode(const Index& index) {
  Writer writer;
  for (const auto& tree : index.trees) {
    writer.text(tree.value_or(""));
  }
  writer.number(static_cast<std::uint64_t>(index.entries.size()));
  for (const Entry& entry : index.entries) {
    writer.hash(entry.id);
    writer.number(entry.seq);
    writer.number(flags_of(entry));
    for (const auto member : texts_of_entry()) {
      writer.text(entry.*member);
    }
  }
  writer.number(static_cast<std::uint64_t>(index.misfits.size()));
  for (const Misfit& misfit : index.misfits) {
    writer.number(flags_of(misfit));
    writer.text(misfit.path);
    writer.text(misfit.blob);
    writer.text(misfit.why);
  }
  Writer file;
  file.bytes = k_magic;
  file.hash(sha256(writer.bytes));
  file.bytes += writer.bytes;
  return std::move(file.bytes);
}

std::optional<Index> decode(std::string_view bytes) {
  if (!bytes.starts_with(k_magic) || bytes.size() < k_magic.size() + k_hash_bytes) {
    return std::nullopt;
  }
  Reader reader(bytes.substr(k_magic.size()));
  if (reader.hash() != sha256(bytes.substr(k_magic.size() + k_hash_bytes))) {
    return std::nullopt;
  }
  Index index;
  for (auto& tree : index.trees) {
    if (std::string name = reader.text(); !name.empty()) {
      tree = std::move(name);
    }
  }
  for (auto left = reader.number<std::uint64_t>(); left > 0 && reader.sound; --left) {
    index.entries.push_back(read_entry(reader));
  }
  for (auto left = reader.number<std::uint64_t>(); left > 0 && reader.sound; --left) {
    index.misfits.push_back(read_misfit(reader));
  }
  return reader.sound && reader.at_end() ? std::optional(std::move(index)) : std::nullopt;
}

} // namespace mlp::ledger
