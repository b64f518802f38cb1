#include "store/writer.hpp"

#include "store/chunking.hpp"
#include "store/folder.hpp"
#include "store/object_store.hpp"
#include "store/placing.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace mlp::store {
namespace {

constexpr std::size_t k_buffer_bytes = std::size_t{4} << 20U;

} // namespace

std::unique_ptr<os::Draft> draft_of_piece(const Holdings& holdings, os::FileOps& files, const ContentId& id,
                                          std::string_view content) {
  if (holdings.has_intact_piece(id)) {
    return nullptr;
  }
  PieceEncoder encoder;
  const EncodedPiece piece = encoder.encode(content);
  return draft_of(holdings.layout(), files, holdings.layout().object(id), piece.header, piece.payload);
}

void store_piece(const Holdings& holdings, os::FileOps& files, const ContentId& id,
                 std::string_view content) {
  std::vector<std::unique_ptr<os::Draft>> drafts;
  drafts.push_back(draft_of_piece(holdings, files, id, content));
  if (drafts.front() != nullptr) {
    place(files, drafts);
  }
}

void place_packs(os::FileOps& files, Holdings& holdings, PackWriter& packs,
                 std::vector<std::unique_ptr<os::Draft>> others) {
  if (auto last = packs.finish()) {
    others.push_back(std::move(last));
  }
  const fs::path folder = holdings.layout().packs();
  place(files, others, is_there(folder) ? std::set<fs::path>{folder} : std::set<fs::path>{});
  holdings.list_anew();
}

ObjectStore::Writer::Writer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ObjectStore::Writer::~Writer() = default;
ObjectStore::Writer::Writer(Writer&&) noexcept = default;

void ObjectStore::Writer::append(std::string_view bytes) { impl_->append(bytes); }
ContentId ObjectStore::Writer::commit() { return impl_->commit(); }

ObjectStore::Writer::Impl::Impl(Holdings& holdings, os::FileOps& files, std::shared_ptr<PackWriter> shared,
                                unsigned threads)
    : holdings_(holdings), files_(files), durable_(shared == nullptr), packs_(std::move(shared)),
      threads_(threads) {
  if (packs_ == nullptr) {
    packs_ = std::make_shared<PackWriter>(holdings.layout(), files);
  }
}

void ObjectStore::Writer::Impl::append(std::string_view bytes) {
  constexpr std::size_t k_step = std::size_t{256} << 10U; // copied while it is in the cache from being hashed
  while (!bytes.empty()) {
    if (buffer_.size() == k_buffer_bytes) {
      cut(false);
    }
    const auto step = bytes.substr(0, std::min(k_step, k_buffer_bytes - buffer_.size()));
    whole_.update(step);
    buffer_ += step;
    bytes.remove_prefix(step.size());
  }
}

/// Hands over all chunks whose ends are known: where more is coming, the last bytes wait for it.
void ObjectStore::Writer::Impl::cut(bool all) {
  if (crew_ == nullptr) {
    crew_ = std::make_unique<PieceCrew>(holdings_, *packs_, threads_);
  }
  Cuts cuts;
  std::string_view rest = buffer_;
  while (rest.size() >= k_largest_chunk || (all && !rest.empty())) {
    cuts.sizes.push_back(first_chunk(rest));
    rest.remove_prefix(cuts.sizes.back());
  }
  std::string next = crew_->spare();
  next.reserve(k_buffer_bytes);
  next.assign(rest);
  buffer_.resize(buffer_.size() - rest.size());
  cuts.bytes = std::exchange(buffer_, std::move(next));
  crew_->submit(std::move(cuts));
}

ContentId ObjectStore::Writer::Impl::commit() {
  const ContentId id = whole_.finish();
  if (crew_ == nullptr && buffer_.size() <= k_largest_chunk) {
    add_whole(id);
  } else {
    cut(true);
    crew_->finish();
    add_manifest(id);
  }
  if (durable_) {
    place_packs(files_, holdings_, *packs_);
  }
  return id;
}

void ObjectStore::Writer::Impl::add_whole(const ContentId& id) {
  if (packs_->holds(id) || holdings_.has_intact_piece(id)) {
    return;
  }
  PieceEncoder encoder;
  PackedPieces packed;
  packed.add(id, PackEntry::Kind::piece, encoder.compress(buffer_), buffer_.size());
  packs_->add(packed);
}

/// After its pieces: the packs that they are in get their names before the one that it is in, or with it.
void ObjectStore::Writer::Impl::add_manifest(const ContentId& id) {
  const std::string bytes = to_bytes(crew_->manifest());
  const auto known = holdings_.load_manifest(id);
  const auto* manifest = std::get_if<Manifest>(&known);
  if (packs_->holds(id) || (manifest != nullptr && manifest->pieces == crew_->manifest().pieces)) {
    return;
  }
  PackedPieces packed;
  packed.add(id, PackEntry::Kind::manifest, {Encoding::raw, bytes}, bytes.size());
  packs_->add(packed);
}

} // namespace mlp::store
