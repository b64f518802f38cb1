#include "store/folder.hpp"
#include "store/layout.hpp"
#include "store/object_store.hpp"

#include <chrono>

namespace mlp::store {
namespace {

/// The time by the store's own disk, which stamped the drafts: another host's clock may differ from ours.
std::int64_t disk_time_ns(os::FileOps& files, const fs::path& drafts) {
  const fs::path probe = os::draft_path(drafts / "clock");
  files.create(probe);
  const auto facts = os::stat_file(probe);
  files.remove(probe);
  return facts ? facts->modified_ns : 0;
}

/// Of a file or a folder; nothing where it has gone meanwhile.
std::optional<std::int64_t> modified_ns(const fs::directory_entry& entry) {
  if (!entry.is_directory()) {
    const auto facts = os::stat_file(entry.path());
    return facts ? std::optional(facts->modified_ns) : std::nullopt;
  }
  std::error_code gone;
  const auto time = fs::last_write_time(entry.path(), gone);
  const auto since = std::chrono::file_clock::to_sys(time).time_since_epoch();
  return gone ? std::nullopt
              : std::optional<std::int64_t>(
                    std::chrono::duration_cast<std::chrono::nanoseconds>(since).count());
}

} // namespace

void ObjectStore::clear_leftovers() const {
  // Nobody writes to one draft for longer; a pid of another host or container cannot be asked after.
  constexpr std::int64_t k_day_ns = std::int64_t{86'400} * 1'000'000'000;
  const fs::path drafts = Layout{root_}.drafts();
  std::optional<std::int64_t> now;
  for (const auto& entry : entries_of(drafts)) {
    const auto owner = os::draft_owner(entry.path().filename().string());
    const auto modified = modified_ns(entry);
    if (!owner || !modified || *owner == os::DraftOwner::alive) {
      continue;
    }
    if (*owner == os::DraftOwner::elsewhere) {
      if (!now) {
        now = disk_time_ns(files_, drafts);
      }
      if (*now - *modified < k_day_ns) {
        continue;
      }
    }
    if (entry.is_directory()) { // of a command that worked there; what cannot go now goes next time
      std::error_code ignored;
      fs::remove_all(entry.path(), ignored);
    } else {
      files_.remove(entry.path());
    }
  }
}

} // namespace mlp::store
