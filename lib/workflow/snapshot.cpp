#include "workflow/snapshot.hpp"

#include "base/error.hpp"

#include <unistd.h>

#include <charconv>

namespace mlp::workflow {
namespace {

constexpr std::size_t k_most_names = 100; // a record holds at most 64 KiB

std::uint64_t limit_of(const git::Repository& repository) {
  const auto text = repository.config("mlp.snapshotMaxBytes");
  if (!text) {
    return k_snapshot_max_bytes;
  }
  std::uint64_t limit = 0;
  const auto [end, failure] = std::from_chars(text->data(), text->data() + text->size(), limit);
  if (failure != std::errc() || end != text->data() + text->size()) {
    throw Error(ErrorCode::environment, "git config mlp.snapshotMaxBytes is '{}', not a number of bytes",
                *text)
        .hint("run `git config mlp.snapshotMaxBytes 10485760`");
  }
  return limit;
}

/// The id of one tracked file's content, stored if need be; nothing where it is too large, gone or
/// unreadable.
std::optional<ContentId> keep(Workspace& workspace, const fs::path& path, std::uint64_t limit) {
  const auto stat = os::stat_file(path);
  if (!stat || stat->size > limit) {
    return std::nullopt;
  }
  auto& cache = workspace.hash_cache();
  if (const auto known = cache.find(path, *stat); known && workspace.store().contains(*known)) {
    return known;
  }
  try {
    const ContentId id = workspace.store().put(os::read_file(path));
    cache.remember(path, *stat, id, workspace.context().now_ns());
    return id;
  } catch (const Error& error) {
    if (os::stat_file(path) && error.code() == ErrorCode::environment && ::access(path.c_str(), R_OK) == 0) {
      throw; // the store failed, not the file
    }
    return std::nullopt;
  }
}

Json names(const std::vector<std::string>& all) {
  Json list = Json::array();
  for (std::size_t i = 0; i < all.size() && i < k_most_names; ++i) {
    list.push_back(all[i]);
  }
  return list;
}

} // namespace

CodeSnapshot snapshot_code(Workspace& workspace) {
  CodeSnapshot snapshot;
  auto& repository = workspace.repository();
  snapshot.state = repository.code_state();
  const std::uint64_t limit = limit_of(repository);
  const fs::path root = repository.work_tree();
  std::vector<store::TreeItem> items;
  for (const git::TrackedFile& file : repository.tracked_files()) {
    const fs::path path = root / file.path;
    std::error_code failure;
    if (file.link) {
      const fs::path target = fs::read_symlink(path, failure);
      if (!failure) {
        items.push_back({file.path, workspace.store().put(target.string())});
        continue;
      }
    } else if (const auto id = keep(workspace, path, limit)) {
      items.push_back({file.path, *id});
      continue;
    }
    snapshot.omitted.push_back(file.path);
  }
  snapshot.tree = workspace.store().put_tree(std::move(items));
  workspace.hash_cache().save();
  return snapshot;
}

Json to_json(const CodeSnapshot& snapshot) {
  Json code = Json::object({{"commit", snapshot.state.commit},
                            {"tree", snapshot.state.tree},
                            {"branch", snapshot.state.branch},
                            {"clean", snapshot.state.clean},
                            {"snapshot", snapshot.tree.hex()},
                            {"modified", names(snapshot.state.modified)},
                            {"untracked", names(snapshot.state.untracked)},
                            {"omitted", names(snapshot.omitted)}});
  code["modified_count"] = Json(snapshot.state.modified.size());
  code["untracked_count"] = Json(snapshot.state.untracked.size());
  code["omitted_count"] = Json(snapshot.omitted.size());
  return code;
}

} // namespace mlp::workflow
