#pragma once

#include "os/files.hpp"
#include "store/holdings.hpp"
#include "store/object_store.hpp"
#include "store/pack_writer.hpp"
#include "store/piece_crew.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace mlp::store {

/// Stores content of at most one piece as a loose file; writes nothing where it is there, intact.
void store_piece(const Holdings& holdings, os::FileOps& files, const ContentId& id, std::string_view content);
/// The draft for it, not synced; nothing where it is there, intact.
[[nodiscard]] std::unique_ptr<os::Draft> draft_of_piece(const Holdings& holdings, os::FileOps& files,
                                                        const ContentId& id, std::string_view content);

/// Finishes the packs, gives them and other drafts their names, and makes durable which packs there are:
/// another process may have renamed one an instant ago that we rely on.
void place_packs(os::FileOps& files, Holdings& holdings, PackWriter& packs,
                 std::vector<std::unique_ptr<os::Draft>> others = {});

/// Hashes the whole on the appending thread and cuts it into chunks for a crew, which small content never
/// needs.
struct ObjectStore::Writer::Impl {
public:
  /// Into `shared`, whose owner finishes it; where that is null, into packs of its own that commit()
  /// finishes.
  Impl(Holdings& holdings, os::FileOps& files, std::shared_ptr<PackWriter> shared, unsigned threads);
  void append(std::string_view bytes);
  ContentId commit();

private:
  void cut(bool all);
  void add_whole(const ContentId& id);
  void add_manifest(const ContentId& id);

  Holdings& holdings_;
  os::FileOps& files_;
  const bool durable_; ///< at commit
  std::shared_ptr<PackWriter> packs_;
  unsigned threads_;
  Sha256 whole_;
  std::string buffer_;
  std::unique_ptr<PieceCrew> crew_;
};

} // namespace mlp::store
