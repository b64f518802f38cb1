#include "base/error.hpp"
#include "os/threads.hpp"
#include "store/folder.hpp"
#include "store/holdings.hpp"
#include "store/layout.hpp"
#include "store/object_store.hpp"
#include "store/piece.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <tuple>

namespace mlp::store {
namespace {

/// Folders at the top that are no part of the store, or derived.
bool is_beside(std::string_view name) {
  return name == "cache" || name == "tmp" || name == "trash" || name == "ledger.lock" || name == "store.lock";
}

/// One pass over a store: every file, then what the contents are made of.
class Fsck {
public:
  Fsck(const Holdings& holdings, unsigned threads, bool deep, Progress* progress, const Interrupt* interrupt)
      : holdings_(holdings), layout_(holdings.layout()), threads_(threads), deep_(deep), progress_(progress),
        interrupt_(interrupt), packs_(holdings.packs()) {}

  std::vector<StoreFinding> run() {
    for (const auto& entry : entries_of(layout_.root)) {
      if (!is_beside(entry.path().filename().string())) {
        collect(entry);
      }
    }
    std::vector<Task> tasks;
    for (const StoredFile& object : objects_) {
      tasks.push_back({object.path, [this, &object] { check_object(object); }});
    }
    for (const auto& pack : packs_.whole) {
      tasks.push_back({pack->path(), [this, &pack] { check_pack(*pack); }});
    }
    for (const DamagedFile& damaged : packs_.damaged) {
      add({damaged.file.string(), "", damaged.damage.why});
    }
    carry_out(tasks);
    std::vector<Task> contents; // after the pieces, so that each piece is read once
    for (const auto& [id, file] : manifests_) {
      contents.push_back({file, [this, id = id, file = file] { check_content(id, file); }});
    }
    carry_out(contents);
    if (progress_ != nullptr) {
      progress_->finish();
    }
    const auto order = [](const StoreFinding& f) { return std::tie(f.path, f.id, f.why); };
    std::sort(findings_.begin(), findings_.end(),
              [&](const StoreFinding& a, const StoreFinding& b) { return order(a) < order(b); });
    return std::move(findings_);
  }

private:
  struct StoredFile {
    fs::path path;
    ContentId id;
  };
  struct Task {
    fs::path file;
    std::function<void()> check;
  };

  void collect(const fs::directory_entry& entry) {
    const fs::path& path = entry.path();
    const fs::path folder = path.parent_path();
    const fs::path kind = folder.parent_path();
    const std::string name = path.filename().string();
    const auto id = id_of_file(folder.filename().string(), name);
    std::error_code ignored; // what cannot be looked at is no regular file
    if (!entry.is_symlink(ignored) && entry.is_directory(ignored)) {
      const auto inside = entries_of(path);
      const bool expected = folder == layout_.root || kind == layout_.root;
      if (inside.empty() && !expected) {
        add({path.string(), "", "does not belong to the store"});
      }
      std::for_each(inside.begin(), inside.end(), [&](const auto& below) { collect(below); });
    } else if (entry.is_symlink(ignored) || !entry.is_regular_file(ignored)) {
      add({path.string(), "", "is not a regular file"});
    } else if (id && kind == layout_.objects()) {
      objects_.push_back({path, *id});
    } else if (id && kind == layout_.manifests()) {
      manifests_.emplace(*id, path);
    } else if (folder != layout_.packs() || !id_of_pack(name)) {
      add({path.string(), "", "does not belong to the store"});
    }
  }

  void carry_out(const std::vector<Task>& tasks) {
    total_ += tasks.size();
    os::parallel_for(tasks.size(), threads_, [&](std::size_t i) {
      if (interrupt_ != nullptr) {
        interrupt_->check();
      }
      try {
        tasks[i].check();
      } catch (const Error& error) { // a file that the disk cannot give back is a finding, not the end
        if (error.code() != ErrorCode::environment && error.code() != ErrorCode::not_found) {
          throw;
        }
        add({tasks[i].file.string(), "", error.what()});
      }
      const std::lock_guard lock(guard_);
      ++done_;
      if (progress_ != nullptr) {
        progress_->show("verifying the store", done_, total_, "files", "");
      }
    });
  }

  void check_object(const StoredFile& stored) {
    const auto bytes = os::read_file_if_exists(stored.path);
    const auto content = bytes ? decode_piece(*bytes, stored.id) : Damage{"is missing"};
    if (const auto* damage = std::get_if<Damage>(&content)) {
      add({stored.path.string(), stored.id.hex(), damage->why});
    }
  }

  /// The hash of the file first; which entries are damaged where that is wrong, or where we are to look deep.
  void check_pack(const PackFile& pack) {
    const bool intact = pack.intact();
    bool found = false;
    for (std::size_t i = 0; i < pack.size(); ++i) {
      const PackEntry entry = pack.at(i);
      if (entry.kind == PackEntry::Kind::manifest) {
        const std::lock_guard lock(guard_);
        manifests_.emplace(entry.id, pack.path());
      }
      if (intact && !deep_) {
        continue;
      }
      if (interrupt_ != nullptr) {
        interrupt_->check();
      }
      const auto content = pack.load(entry);
      if (const auto* damage = std::get_if<Damage>(&content)) {
        add({pack.path().string(), entry.id.hex(), damage->why});
        found = true;
      }
    }
    if (!intact && !found) {
      add({pack.path().string(), "", "does not have the content that it is named by"});
    }
  }

  /// A content of pieces: is each there and whole, and are they together what the name says?
  void check_content(const ContentId& id, const fs::path& file) {
    const auto loaded = holdings_.load_manifest(id);
    if (const auto* damaged = std::get_if<DamagedFile>(&loaded)) {
      add({damaged->file.string(), id.hex(), damaged->damage.why});
      return;
    }
    for (const auto& piece : std::get<Manifest>(loaded).pieces) {
      if (!holdings_.contains(piece.id)) {
        add({layout_.object(piece.id).string(), id.hex(), "is missing"});
        return;
      }
      if (is_damaged(piece.id)) {
        add({file.string(), id.hex(), "needs the damaged piece '" + piece.id.hex() + "'"});
        return;
      }
    }
    if (deep_ || file == layout_.manifest(id)) { // a pack's hash vouches for its manifests
      if (const auto damaged = holdings_.stream(id, [](std::string_view) {})) {
        add({damaged->file.string(), id.hex(), damaged->damage.why});
      }
    }
  }

  /// Whether no copy of a piece is whole; for those that were found damaged somewhere.
  bool is_damaged(const ContentId& piece) {
    {
      const std::lock_guard lock(guard_);
      if (!damaged_.contains(piece.hex())) {
        return false;
      }
    }
    return !std::holds_alternative<std::string>(holdings_.load_piece(piece));
  }

  void add(StoreFinding finding) {
    const std::lock_guard lock(guard_);
    damaged_.insert(finding.id);
    findings_.push_back(std::move(finding));
  }

  const Holdings& holdings_;
  const Layout& layout_;
  unsigned threads_;
  bool deep_;
  Progress* progress_;
  const Interrupt* interrupt_;
  Holdings::Packs packs_;
  std::vector<StoredFile> objects_;
  std::size_t total_ = 0;

  std::mutex guard_;                        ///< of all below
  std::map<ContentId, fs::path> manifests_; ///< and the file that each stands in
  std::vector<StoreFinding> findings_;
  std::set<std::string> damaged_; ///< ids of findings
  std::size_t done_ = 0;
};

} // namespace

std::vector<StoreFinding> ObjectStore::fsck(bool deep, Progress* progress, const Interrupt* interrupt) const {
  flush();
  return Fsck(*holdings_, threads_, deep, progress, interrupt).run();
}

} // namespace mlp::store
