#pragma once

#include "os/files.hpp"
#include "store/layout.hpp"
#include "store/object_store.hpp"
#include "store/piece_crew.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace mlp::store {

/// Stores content of at most one piece; writes nothing where it is there, intact.
void store_piece(const Layout& layout, os::FileOps& files, const ContentId& id, std::string_view content);

/// Hashes the whole on the appending thread and cuts it into pieces for a crew, which small content never
/// needs.
struct ObjectStore::Writer::Impl {
public:
  Impl(Layout layout, os::FileOps& files, unsigned threads);
  void append(std::string_view bytes);
  ContentId commit();

private:
  void submit();
  void publish(const ContentId& id);

  Layout layout_;
  os::FileOps& files_;
  unsigned threads_;
  Sha256 whole_;
  std::string buffer_;
  std::unique_ptr<PieceCrew> crew_;
};

} // namespace mlp::store
