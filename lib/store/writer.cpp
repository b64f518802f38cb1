#include "store/writer.hpp"

#include "store/object_store.hpp"
#include "store/piece_crew.hpp"
#include "store/placing.hpp"
#include "store/reader.hpp"

#include <algorithm>
#include <iterator>

namespace mlp::store {

void store_piece(const Layout& layout, os::FileOps& files, const ContentId& id, std::string_view content) {
  PieceEncoder encoder;
  std::vector<std::unique_ptr<os::Draft>> drafts;
  drafts.push_back(draft_of_piece(layout, files, encoder, id, content));
  if (drafts.front() != nullptr) {
    place(files, drafts);
  }
}

ObjectStore::Writer::Writer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ObjectStore::Writer::~Writer() = default;
ObjectStore::Writer::Writer(Writer&&) noexcept = default;

void ObjectStore::Writer::append(std::string_view bytes) { impl_->append(bytes); }
ContentId ObjectStore::Writer::commit() { return impl_->commit(); }

ObjectStore::Writer::Impl::Impl(Layout layout, os::FileOps& files, unsigned threads)
    : layout_(std::move(layout)), files_(files), threads_(threads) {}

void ObjectStore::Writer::Impl::append(std::string_view bytes) {
  constexpr std::size_t k_step = std::size_t{256} << 10U; // copied while it is in the cache from being hashed
  while (!bytes.empty()) {
    if (buffer_.size() == k_piece_bytes) { // more is coming, so this is one piece of several
      submit();
    }
    const auto step = bytes.substr(0, std::min(k_step, k_piece_bytes - buffer_.size()));
    whole_.update(step);
    buffer_ += step;
    bytes.remove_prefix(step.size());
  }
}

void ObjectStore::Writer::Impl::submit() {
  if (crew_ == nullptr) {
    crew_ = std::make_unique<PieceCrew>(layout_, files_, threads_);
  }
  crew_->submit(std::move(buffer_));
  buffer_ = crew_->spare();
}

ContentId ObjectStore::Writer::Impl::commit() {
  const ContentId id = whole_.finish();
  if (crew_ == nullptr) {
    store_piece(layout_, files_, id, buffer_);
    return id;
  }
  submit();
  crew_->finish();
  publish(id);
  return id;
}

/// Pieces first, the manifest last: it appears only when all that it names is durable.
void ObjectStore::Writer::Impl::publish(const ContentId& id) {
  const std::string text = to_text(crew_->manifest());
  const auto known = load_manifest(layout_, id);
  const auto* manifest = std::get_if<Manifest>(&known);
  if (manifest != nullptr && to_text(*manifest) == text) {
    place(files_, crew_->drafts()); // only what was damaged
    return;
  }
  // Also the folders of pieces that were there: another process may have renamed them an instant ago.
  std::set<fs::path> folders;
  for (const auto& piece : crew_->manifest().pieces) {
    folders.insert(layout_.object(piece.id).parent_path());
  }
  for (const auto& draft : crew_->drafts()) {
    folders.erase(draft->target().parent_path());
  }
  place(files_, crew_->drafts(), std::move(folders));
  std::vector<std::unique_ptr<os::Draft>> last;
  last.push_back(draft_of(layout_, files_, layout_.manifest(id), text, {}));
  place(files_, last);
}

} // namespace mlp::store
