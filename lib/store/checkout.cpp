#include "base/error.hpp"
#include "store/folder.hpp"
#include "store/object_store.hpp"

#include <set>

namespace mlp::store {
namespace {

/// A folder that is built under a draft's name; removed with all in it unless published.
class StagedFolder {
public:
  StagedFolder(os::FileOps& files, fs::path target)
      : files_(files), target_(std::move(target)), staged_(os::draft_path(target_)) {
    files_.make_directories(staged_);
    folders_.insert(staged_);
  }
  ~StagedFolder() {
    if (!published_) {
      std::error_code ignored; // a draft that stays is harmless, and a destructor must not throw
      fs::remove_all(staged_, ignored);
    }
  }
  StagedFolder(const StagedFolder&) = delete;
  StagedFolder& operator=(const StagedFolder&) = delete;

  [[nodiscard]] std::unique_ptr<os::OutputFile> create(const fs::path& relative) {
    fs::path folder = staged_;
    for (const auto& part : relative.parent_path()) {
      folder /= part;
      if (folders_.insert(folder).second) {
        files_.make_directories(folder);
      }
    }
    return files_.create(staged_ / relative);
  }

  void publish() {
    for (const fs::path& folder : folders_) {
      files_.sync_directory(folder);
    }
    files_.rename(staged_, target_);
    published_ = true;
    files_.sync_directory(target_.has_parent_path() ? target_.parent_path() : fs::path("."));
  }

private:
  os::FileOps& files_;
  fs::path target_;
  fs::path staged_;
  std::set<fs::path> folders_;
  bool published_ = false;
};

fs::file_status status_of(const fs::path& target) {
  std::error_code ignored; // what cannot be seen cannot be written to either, and that error says why
  return fs::symlink_status(target, ignored);
}

[[noreturn]] void refuse(const fs::path& target, std::string_view what) {
  throw Error(ErrorCode::input, "cannot check out to '{}': {} is there", target.string(), what)
      .hint("name another path, or move what is there away");
}

} // namespace

void ObjectStore::checkout(const ContentId& id, const fs::path& target) const {
  if (fs::is_directory(status_of(target))) {
    refuse(target, "a folder");
  }
  if (target.has_parent_path()) {
    files_.make_directories(target.parent_path());
  }
  std::optional<os::Draft> draft;
  std::string listing;
  read(id, [&](std::string_view bytes) {
    if (!listing.empty() || (!draft && is_tree_listing(bytes))) {
      listing += bytes;
      return;
    }
    if (!draft) {
      draft.emplace(files_, target);
    }
    draft->write(bytes);
  });
  if (draft) {
    draft->publish();
    return;
  }
  if (fs::exists(status_of(target))) {
    refuse(target, "a file");
  }
  StagedFolder folder(files_, target);
  for (const TreeItem& item : parse_tree_listing(listing)) {
    const auto file = folder.create(item.path);
    read(item.id, [&](std::string_view bytes) { file->write(bytes); });
    file->sync();
  }
  folder.publish();
}

} // namespace mlp::store
