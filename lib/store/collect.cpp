#include "base/error.hpp"
#include "store/folder.hpp"
#include "store/holdings.hpp"
#include "store/layout.hpp"
#include "store/object_store.hpp"
#include "store/pack_writer.hpp"
#include "store/writer.hpp"

#include <algorithm>

namespace mlp::store {
namespace {

fs::path lock_of(const fs::path& root) { return root / "store.lock"; }

/// One collection: what is needed with its pieces, then what goes.
class Collection {
public:
  Collection(Holdings& holdings, os::FileOps& files, const CollectRequest& request, Progress* progress,
             const Interrupt* interrupt)
      : holdings_(holdings), layout_(holdings.layout()), files_(files), request_(request),
        progress_(progress), interrupt_(interrupt), trash_(layout_.root / "trash") {}

  Collected run(const std::set<ContentId>& contents) {
    if (const auto unreadable = holdings_.packs().damaged; !unreadable.empty()) {
      throw Error(ErrorCode::corrupt, "cannot collect: '{}' {}, and may list pieces that are needed",
                  unreadable.front().file.string(), unreadable.front().damage.why)
          .hint("run `mlp fsck`");
    }
    keep(contents);
    sweep_folder(layout_.objects(), [&](const ContentId& id) { return pieces_.contains(id); });
    sweep_folder(layout_.manifests(), [&](const ContentId& id) { return contents_.contains(id); });
    for (const auto& pack : holdings_.packs().whole) {
      check_interrupt();
      sweep_pack(*pack);
    }
    finish_packs();
    empty_trash();
    if (progress_ != nullptr) {
      progress_->finish();
    }
    return result_;
  }

private:
  void keep(const std::set<ContentId>& contents) {
    contents_ = contents;
    pieces_ = contents; // those of one piece
    std::uint64_t done = 0;
    for (const ContentId& id : contents) {
      check_interrupt();
      if (progress_ != nullptr) {
        progress_->show("looking for what is needed", ++done, contents.size(), "objects", "");
      }
      const auto manifest = holdings_.load_manifest(id);
      if (const auto* whole = std::get_if<Manifest>(&manifest)) {
        for (const auto& piece : whole->pieces) {
          pieces_.insert(piece.id);
        }
      } else if (holdings_.contains(id) && !holdings_.has_piece(id)) {
        // Its pieces are not known, so any piece may be one of them.
        const auto& damaged = std::get<DamagedFile>(manifest);
        throw_damage(id, damaged.file, damaged.damage);
      }
    }
  }

  template <typename Needed> void sweep_folder(const fs::path& folder, const Needed& needed) {
    for (const auto& below : entries_of(folder)) {
      check_interrupt();
      for (const auto& entry : entries_of(below.path())) {
        const auto id = id_of_file(below.path().filename().string(), entry.path().filename().string());
        if (id && !needed(*id)) {
          ++result_.objects;
          result_.bytes += entry.file_size();
          discard(entry.path());
        }
      }
    }
  }

  [[nodiscard]] bool needs(const PackEntry& entry) const {
    return entry.kind == PackEntry::Kind::manifest ? contents_.contains(entry.id)
                                                   : pieces_.contains(entry.id);
  }

  void sweep_pack(const PackFile& pack) {
    std::uint64_t dead = 0;
    std::uint64_t dead_bytes = 0;
    for (std::size_t i = 0; i < pack.size(); ++i) {
      const PackEntry entry = pack.at(i);
      if (!needs(entry)) {
        ++dead;
        dead_bytes += entry.stored;
      }
    }
    constexpr std::uint64_t k_worth_it = 4; // a quarter: less is not worth writing the rest anew
    if (dead < pack.size() && dead_bytes * k_worth_it < pack.bytes()) {
      return;
    }
    result_.objects += dead;
    result_.bytes += dead == pack.size() ? pack.bytes() : dead_bytes;
    if (!request_.remove) {
      return;
    }
    if (dead < pack.size()) {
      write_anew(pack);
    }
    emptied_.push_back(pack.path());
  }

  /// What is needed of a pack, verified, goes into a new one.
  void write_anew(const PackFile& pack) {
    if (packs_ == nullptr) {
      packs_ = std::make_unique<PackWriter>(layout_, files_);
    }
    for (std::size_t i = 0; i < pack.size(); ++i) {
      const PackEntry entry = pack.at(i);
      if (!needs(entry)) {
        continue;
      }
      const auto content = pack.load(entry);
      if (const auto* damage = std::get_if<Damage>(&content)) {
        throw_damage(entry.id, pack.path(), *damage);
      }
      const std::string payload = pack.payload(entry);
      PackedPieces packed;
      packed.add(entry.id, entry.kind, {entry.encoding, payload}, entry.size);
      packs_->add(packed);
    }
  }

  /// The new packs are durable before the old ones go.
  void finish_packs() {
    if (packs_ != nullptr) {
      place_packs(files_, holdings_, *packs_);
    }
    for (const fs::path& path : emptied_) {
      if (is_there(path)) { // the new pack has another name, unless nothing changed
        discard(path);
      }
    }
    holdings_.list_anew();
  }

  void discard(const fs::path& path) {
    if (!request_.remove) {
      return;
    }
    const fs::path target = trash_ / format_date(request_.now) / path.lexically_relative(layout_.root);
    files_.make_directories(target.parent_path());
    files_.rename(path, target);
  }

  void empty_trash() {
    constexpr UnixSeconds k_day = 86'400;
    const std::string oldest = format_date(request_.now - request_.keep_days * k_day);
    for (const auto& day : entries_of(trash_)) {
      const std::string name = day.path().filename().string();
      if (!parse_time(name) || name >= oldest) {
        continue;
      }
      for (const auto& entry : fs::recursive_directory_iterator(day.path())) {
        result_.trash_bytes += entry.is_regular_file() ? entry.file_size() : 0;
      }
      if (request_.remove) {
        std::error_code ignored; // what cannot go now goes next time
        fs::remove_all(day.path(), ignored);
      }
    }
  }

  void check_interrupt() const {
    if (interrupt_ != nullptr) {
      interrupt_->check();
    }
  }

  Holdings& holdings_;
  const Layout& layout_;
  os::FileOps& files_;
  const CollectRequest& request_;
  Progress* progress_;
  const Interrupt* interrupt_;
  const fs::path trash_;
  std::set<ContentId> contents_; ///< needed
  std::set<ContentId> pieces_;   ///< needed, whole contents of one piece among them
  std::unique_ptr<PackWriter> packs_;
  std::vector<fs::path> emptied_; ///< packs that go
  Collected result_;
};

} // namespace

void ObjectStore::hold() {
  std::error_code ignored; // what cannot be seen cannot be written to either
  if (hold_ != nullptr || !fs::exists(root_, ignored)) {
    return;
  }
  try {
    hold_ = os::FileLock::share(lock_of(root_));
  } catch (
      const Error&) { // NOLINT(bugprone-empty-catch): where nothing can be written, nothing can be collected
  }
}

Collected ObjectStore::collect(const CollectRequest& request,
                               const std::function<std::set<ContentId>()>& needed, Progress* progress,
                               const Interrupt* interrupt) {
  flush();
  std::error_code absent;
  if (!fs::exists(root_, absent)) {
    return {};
  }
  hold_.reset(); // or we would wait for ourselves
  const auto alone = os::FileLock::try_lock(lock_of(root_));
  if (alone == nullptr) {
    throw Error(ErrorCode::environment, "cannot collect now: another mlp command is at work with this store")
        .hint("run the command again when it has ended");
  }
  holdings_->list_anew();
  if (staged_ != nullptr) {
    stage_puts(); // what was packed before may go
  }
  return Collection(*holdings_, files_, request, progress, interrupt).run(needed());
}

} // namespace mlp::store
