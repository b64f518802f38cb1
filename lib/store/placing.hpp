#pragma once

#include "os/files.hpp"
#include "store/layout.hpp"

#include <filesystem>
#include <memory>
#include <set>
#include <string_view>
#include <vector>

namespace mlp::store {

/// A file in tmp/, which is made where it is absent.
[[nodiscard]] std::unique_ptr<os::Draft> draft_in(const Layout& layout, os::FileOps& files,
                                                  const std::filesystem::path& target);
/// A stored file's bytes in tmp/, read-only, not under its name yet and not synced. For any thread.
[[nodiscard]] std::unique_ptr<os::Draft> draft_of(const Layout& layout, os::FileOps& files,
                                                  const std::filesystem::path& target,
                                                  std::string_view header, std::string_view payload);

/// Syncs all drafts that are not sealed yet, then gives each its name, then syncs each folder concerned, and
/// those of `also_sync`, once.
void place(os::FileOps& files, const std::vector<std::unique_ptr<os::Draft>>& drafts,
           std::set<std::filesystem::path> also_sync = {});

} // namespace mlp::store
