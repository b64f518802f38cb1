#include "store/placing.hpp"

#include "os/threads.hpp"
#include "store/folder.hpp"

namespace mlp::store {
namespace {

namespace fs = std::filesystem;

/// Makes `folder` where it is absent, and adds the folders that gained an entry by it.
void make_folder(os::FileOps& files, const fs::path& folder, std::set<fs::path>& changed) {
  if (folder.empty() || is_there(folder)) {
    return;
  }
  make_folder(files, folder.parent_path(), changed);
  files.make_directories(folder);
  changed.insert(folder.has_parent_path() ? folder.parent_path() : fs::path("."));
}

} // namespace

std::unique_ptr<os::Draft> draft_in(const Layout& layout, os::FileOps& files, const fs::path& target) {
  if (!is_there(layout.drafts())) {
    files.make_directories(layout.drafts()); // needs no sync: it may vanish at any time
  }
  return std::make_unique<os::Draft>(files, target, layout.drafts());
}

std::unique_ptr<os::Draft> draft_of(const Layout& layout, os::FileOps& files, const fs::path& target,
                                    std::string_view header, std::string_view payload) {
  auto draft = draft_in(layout, files, target);
  draft->write(header);
  draft->write(payload);
  draft->set_read_only();
  return draft;
}

void place(os::FileOps& files, const std::vector<std::unique_ptr<os::Draft>>& drafts,
           std::set<fs::path> also_sync) {
  os::parallel_for(drafts.size(), os::k_disk_waits, [&](std::size_t i) { drafts[i]->seal(); });
  std::set<fs::path> changed = std::move(also_sync);
  for (const auto& draft : drafts) {
    make_folder(files, draft->target().parent_path(), changed);
    draft->place();
    changed.insert(draft->target().parent_path());
  }
  const std::vector<fs::path> folders(changed.begin(), changed.end());
  os::parallel_for(folders.size(), os::k_disk_waits,
                   [&](std::size_t i) { files.sync_directory(folders[i]); });
}

} // namespace mlp::store
