#include "base/error.hpp"
#include "os/hash_file.hpp"
#include "os/threads.hpp"
#include "store/folder.hpp"
#include "store/layout.hpp"
#include "store/object_store.hpp"

#include <algorithm>
#include <atomic>
#include <set>

namespace mlp::store {
namespace {

constexpr std::size_t k_files_at_once = 4096; // written before the disk is waited for

fs::path folder_of(const Placement& placement) {
  return placement.target.has_parent_path() ? placement.target.parent_path() : fs::path(".");
}

/// Puts contents in their places, some hundred at a time: all are written, then waited for, then renamed.
class Restoring {
public:
  Restoring(const ObjectStore& store, os::FileOps& files, unsigned threads, CheckoutMode mode)
      : store_(store), files_(files), threads_(threads), mode_(mode) {}

  void make_folders(const std::vector<Placement>& placements) {
    std::set<fs::path> folders;
    for (const Placement& placement : placements) {
      if (folders.insert(folder_of(placement)).second) {
        files_.make_directories(folder_of(placement));
        os::remove_left_drafts(files_, folder_of(placement)); // of a checkout that was killed
      }
    }
  }

  void place(const Placement* first, std::size_t count) {
    std::vector<std::unique_ptr<os::Draft>> drafts(count);
    os::parallel_for(count, threads_, [&](std::size_t i) {
      if (mode_ == CheckoutMode::copy || !share(first[i])) {
        drafts[i] = std::make_unique<os::Draft>(files_, first[i].target);
        store_.read(first[i].id, [&](std::string_view bytes) { drafts[i]->write(bytes); });
        drafts[i]->close();
      }
    });
    files_.sync_file_system(folder_of(first[0])); // once for all, which are below one folder
    for (const auto& draft : drafts) {
      if (draft != nullptr) {
        draft->place();
      }
    }
  }

  void finish(const Placement& any) { files_.sync_file_system(folder_of(any)); }

private:
  /// By a link to, or a clone of, a whole copy in the cache; false where the file system has no such thing.
  bool share(const Placement& placement) {
    if (unable_) {
      return false;
    }
    const fs::path whole = cached(placement.id);
    const fs::path draft = os::draft_path(placement.target);
    const bool shared =
        mode_ == CheckoutMode::hardlink ? files_.link(whole, draft) : files_.clone(whole, draft);
    if (!shared) {
      unable_ = true;
      files_.remove(whole); // nobody will share it
      return false;
    }
    files_.rename(draft, placement.target);
    files_.remove(draft); // which stays where both are links to one file already
    return true;
  }

  /// A whole copy, read-only and verified: whoever writes through a link in spite of it spoils the copy.
  fs::path cached(const ContentId& id) {
    const std::string hex = id.hex();
    fs::path path = store_.root() / "cache" / "files" / hex.substr(0, 2) / hex.substr(2);
    if (is_there(path) && os::hash_file(path) == id) {
      return path;
    }
    files_.make_directories(path.parent_path());
    files_.make_directories(Layout{store_.root()}.drafts());
    os::Draft draft(files_, path, Layout{store_.root()}.drafts());
    store_.read(id, [&](std::string_view bytes) { draft.write(bytes); });
    draft.set_read_only();
    draft.close(); // not synced: it is hashed before it is used again
    draft.place();
    return path;
  }

  const ObjectStore& store_;
  os::FileOps& files_;
  unsigned threads_;
  CheckoutMode mode_;
  std::atomic<bool> unable_ = false;
};

} // namespace

void ObjectStore::restore(const std::vector<Placement>& placements, CheckoutMode mode, Progress* progress,
                          const Interrupt* interrupt) const {
  flush(); // before many threads read
  Restoring restoring(*this, files_, threads_, mode);
  restoring.make_folders(placements);
  for (std::size_t done = 0; done < placements.size();) {
    if (interrupt != nullptr) {
      interrupt->check();
    }
    const std::size_t count = std::min(k_files_at_once, placements.size() - done);
    restoring.place(&placements[done], count);
    done += count;
    if (progress != nullptr) {
      progress->show("writing", done, placements.size(), "files", "");
    }
  }
  if (!placements.empty()) {
    restoring.finish(placements.front());
  }
  if (progress != nullptr) {
    progress->finish();
  }
}

} // namespace mlp::store
