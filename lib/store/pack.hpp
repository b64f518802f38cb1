#pragma once

#include "base/content_id.hpp"
#include "os/mapped_file.hpp"
#include "store/damage.hpp"
#include "store/piece.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace mlp::store {

/// What a pack holds under one id.
struct PackEntry {
  enum class Kind : std::uint8_t {
    piece = 1,    ///< the content itself, compressed or not
    manifest = 2, ///< the pieces that the content is made of
  };
  ContentId id;
  std::uint32_t offset = 0; ///< of the payload in the pack
  std::uint32_t stored = 0; ///< bytes of the payload
  std::uint32_t size = 0;   ///< bytes of what the payload decodes to
  Kind kind = Kind::piece;
  Encoding encoding = Encoding::raw;
};

/// A pack's first bytes, and what follows its payloads: the index, sorted by id, and its footer.
[[nodiscard]] std::string_view pack_head();
[[nodiscard]] std::string pack_tail(std::vector<PackEntry> entries);

/// A pack that was opened: its index is mapped, its payloads are read when asked for. For any thread.
class PackFile {
public:
  /// Damage where the file is no whole pack. The index is not hashed: see index_intact().
  [[nodiscard]] static std::variant<PackFile, Damage> open(const std::filesystem::path& path);

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
  [[nodiscard]] std::size_t size() const { return count_; } ///< entries
  [[nodiscard]] PackEntry at(std::size_t i) const;
  [[nodiscard]] std::optional<PackEntry> find(const ContentId& id) const;
  /// Index of the first entry whose id is not below `id`.
  [[nodiscard]] std::size_t lower_bound(const ContentId& id) const;

  /// An entry's payload as it is stored. throws Error{not_found} where the pack is gone
  [[nodiscard]] std::string payload(const PackEntry& entry) const;
  /// What the payload decodes to; a piece is verified against its id.
  [[nodiscard]] std::variant<std::string, Damage> load(const PackEntry& entry) const;

  [[nodiscard]] bool index_intact() const;
  /// Reads the whole file: does it have the content that it is named by?
  [[nodiscard]] bool intact() const;

private:
  std::filesystem::path path_;
  std::uint64_t bytes_ = 0;
  std::uint64_t payloads_end_ = 0;
  std::size_t count_ = 0;
  os::MappedFile index_;
};

} // namespace mlp::store
