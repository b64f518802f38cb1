#include "store/layout.hpp"
#include "store/object_store.hpp"
#include "store/reader.hpp"

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

} // namespace

void ObjectStore::clear_leftovers() const {
  // Nobody writes to one draft for longer; a pid of another host or container cannot be asked after.
  constexpr std::int64_t k_day_ns = std::int64_t{86'400} * 1'000'000'000;
  const fs::path drafts = Layout{root_}.drafts();
  std::optional<std::int64_t> now;
  for (const auto& entry : entries_of(drafts)) {
    const auto owner = os::draft_owner(entry.path().filename().string());
    const auto facts = os::stat_file(entry.path());
    if (!owner || !facts || *owner == os::DraftOwner::alive) {
      continue;
    }
    if (*owner == os::DraftOwner::elsewhere) {
      if (!now) {
        now = disk_time_ns(files_, drafts);
      }
      if (*now - facts->modified_ns < k_day_ns) {
        continue;
      }
    }
    files_.remove(entry.path());
  }
}

} // namespace mlp::store
