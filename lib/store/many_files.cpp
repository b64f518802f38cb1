#include "os/threads.hpp"
#include "store/chunking.hpp"
#include "store/holdings.hpp"
#include "store/object_store.hpp"
#include "store/pack_writer.hpp"
#include "store/writer.hpp"

#include <algorithm>
#include <mutex>

namespace mlp::store {
namespace {

constexpr std::size_t k_files_at_once = 64;
constexpr std::size_t k_packed_at_once = std::size_t{1} << 20U;

/// Stores one file after another on one thread; small ones wait until some are together.
class FileStorer {
public:
  FileStorer(Holdings& holdings, os::FileOps& files, std::shared_ptr<PackWriter> packs)
      : holdings_(holdings), files_(files), packs_(std::move(packs)), block_(k_largest_chunk + 1, '\0') {}

  ContentId store(const fs::path& path) {
    os::InputFile file(path);
    std::size_t got = file.read(block_);
    if (got <= k_largest_chunk) {
      return store_small(std::string_view(block_).substr(0, got));
    }
    constexpr unsigned k_one_thread = 1; // the other files keep the others busy
    ObjectStore::Writer::Impl large(holdings_, files_, packs_, k_one_thread);
    for (; got == block_.size(); got = file.read(block_)) {
      large.append(block_);
    }
    large.append(std::string_view(block_).substr(0, got));
    return large.commit();
  }

  void finish() {
    packs_->add(packed_);
    packed_ = {};
  }

private:
  ContentId store_small(std::string_view content) {
    const ContentId id = sha256(content);
    if (!packs_->holds(id) && !holdings_.has_intact_piece(id)) {
      packed_.add(id, PackEntry::Kind::piece, encoder_.compress(content), content.size());
    }
    if (packed_.bytes.size() >= k_packed_at_once) {
      finish();
    }
    return id;
  }

  Holdings& holdings_;
  os::FileOps& files_;
  std::shared_ptr<PackWriter> packs_;
  PieceEncoder encoder_;
  PackedPieces packed_;
  std::string block_;
};

} // namespace

void ObjectStore::put_files(std::size_t count, const std::function<fs::path(std::size_t)>& path_of,
                            const std::function<void(std::size_t, const ContentId&)>& took,
                            Progress* progress, const Interrupt* interrupt) {
  const auto packs =
      staged_ != nullptr ? staged_->packs : std::make_shared<PackWriter>(Layout{root_}, files_);
  std::mutex showing;
  std::size_t done = 0; // files, under `showing`
  const std::size_t batches = (count + k_files_at_once - 1) / k_files_at_once;
  os::parallel_for(batches, threads_, [&](std::size_t batch) {
    FileStorer storer(*holdings_, files_, packs);
    const std::size_t begin = batch * k_files_at_once;
    const std::size_t end = std::min(begin + k_files_at_once, count);
    for (std::size_t i = begin; i < end; ++i) {
      if (interrupt != nullptr) {
        interrupt->check();
      }
      took(i, storer.store(path_of(i)));
    }
    storer.finish();
    const std::lock_guard lock(showing);
    done += end - begin;
    if (progress != nullptr) {
      progress->show("storing", done, count, "files", "");
    }
  });
  if (progress != nullptr) {
    progress->finish();
  }
  if (staged_ == nullptr) {
    place_packs(files_, *holdings_, *packs);
  }
}

} // namespace mlp::store
