#pragma once

#include "os/files.hpp"
#include "store/layout.hpp"
#include "store/pack.hpp"

#include <exception>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace mlp::store {

/// Pieces on their way into a pack: entries' payloads one after another in `bytes`, offsets from its
/// beginning.
struct PackedPieces {
  std::vector<PackEntry> entries;
  std::string bytes;

  void add(const ContentId& id, PackEntry::Kind kind, const Payload& payload, std::size_t size);
};

/// Writes packs. One that is full gets its name at once, in the order of writing, so that interrupted work
/// need not be done again; the last one at finish(). For many threads.
class PackWriter {
public:
  PackWriter(Layout layout, os::FileOps& files);
  ~PackWriter(); ///< drops the pack that is not full
  PackWriter(const PackWriter&) = delete;
  PackWriter& operator=(const PackWriter&) = delete;

  /// Whether it was added here, whatever became of it since.
  [[nodiscard]] bool holds(const ContentId& id) const;
  /// Whether finish() has a pack to give, or a failure to tell.
  [[nodiscard]] bool is_open() const;
  /// Entries that it holds already are left out.
  void add(const PackedPieces& pieces);
  /// The last pack as a draft that has its name to come, not synced; nothing where there is none.
  [[nodiscard]] std::unique_ptr<os::Draft> finish();

private:
  void require_sound() const;
  void append(const PackedPieces& pieces);
  void write(std::string_view bytes);
  [[nodiscard]] std::unique_ptr<os::Draft> close();

  const Layout layout_;
  os::FileOps& files_;

  std::mutex order_; ///< held while a full pack gets its name: packs appear in the order of writing

  mutable std::mutex guard_;   ///< of all below
  std::exception_ptr failure_; ///< the first
  std::unordered_set<ContentId> held_;
  std::vector<PackEntry> entries_;
  std::unique_ptr<os::Draft> draft_;
  Sha256 hash_;
  std::uint64_t bytes_ = 0;
};

} // namespace mlp::store
