#include "workflow/restoring.hpp"

#include "base/error.hpp"
#include "base/nearest.hpp"
#include "config/pointer.hpp"
#include "os/hash_file.hpp"
#include "os/threads.hpp"
#include "workflow/references.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace mlp::workflow {
namespace {

/// The version a path's pointer names, where the path itself is gone or differs; nothing where there is no
/// pointer.
std::optional<ContentId> pointed_at(Workspace& workspace, const std::string& text) {
  const fs::path full = workspace.context().directory / text;
  const fs::path pointer = full.extension() == ".mlp" ? full : fs::path(full.string() + ".mlp");
  const auto bytes = os::read_file_if_exists(pointer);
  if (!bytes) {
    return std::nullopt;
  }
  return config::parse_pointer(*bytes, pointer.filename().string()).dataset;
}

Json dataset_record(Workspace& workspace, const ContentId& dataset) {
  Json found;
  for (const ledger::Entry& entry : workspace.ledger().entries()) {
    if (entry.dataset == dataset.hex() &&
        (entry.kind == "dataset" || (entry.kind == "run" && found.is_null()))) {
      found = workspace.ledger().read(entry.id).body;
    }
  }
  return found;
}

std::string recorded_path(const Json& record) {
  if (record["path"].is_string()) {
    return record["path"].as_string();
  }
  const Json& paths = record["data_path"];
  return paths.is_array() && paths.size() == 1 ? paths.as_array().front().string_or() : "";
}

/// Where the version is to be.
fs::path target_of(const Workspace& workspace, const CheckoutRequest& request, const Json& record,
                   const ContentId& dataset) {
  if (!request.to.empty()) {
    return workspace.context().directory / request.to;
  }
  if (const std::string path = recorded_path(record); !path.empty()) {
    return workspace.project_folder() / path;
  }
  throw Error(ErrorCode::usage, "nobody recorded where dataset {} lay", dataset.brief())
      .hint(fmt::format("say where to put it: `mlp data checkout {} --to PATH`", dataset.brief()));
}

store::CheckoutMode mode_of(Workspace& workspace) {
  constexpr std::array<std::string_view, 3> k_names = {"copy", "reflink", "hardlink"};
  const std::string value = workspace.repository().config("mlp.checkout").value_or("copy");
  const auto* const found = std::find(k_names.begin(), k_names.end(), value);
  if (found == k_names.end()) {
    throw Error(ErrorCode::input, "git config mlp.checkout is '{}', not copy, reflink or hardlink", value)
        .hint("run `git config mlp.checkout copy`");
  }
  return static_cast<store::CheckoutMode>(found - k_names.begin());
}

/// The files of a folder that were asked for: those named, and those below the folders named.
std::vector<store::TreeItem> chosen(std::vector<store::TreeItem> items, const CheckoutRequest& request) {
  std::set<std::string> wanted;
  for (const std::string& only : request.only) {
    const std::string path = fs::path(only).lexically_normal().generic_string();
    wanted.insert(path.ends_with('/') ? path.substr(0, path.size() - 1) : path);
  }
  if (wanted.empty()) {
    return items;
  }
  std::set<std::string> missed = wanted;
  const auto unwanted = [&](const store::TreeItem& item) {
    for (std::size_t end = 0; end != std::string::npos;) { // each folder above it, and itself
      end = item.path.find('/', end + 1);
      const auto found = wanted.find(item.path.substr(0, end));
      if (found != wanted.end()) {
        missed.erase(*found);
        return false;
      }
    }
    return true;
  };
  items.erase(std::remove_if(items.begin(), items.end(), unwanted), items.end());
  if (!missed.empty()) {
    throw Error(ErrorCode::not_found, "this version has no file or folder '{}'", *missed.begin())
        .hint("paths after --only are relative to the dataset's folder");
  }
  return items;
}

/// Which of the placements are still to be done. throws Error{input} where bytes that nobody keeps are in the
/// way
std::vector<store::Placement> missing(Workspace& workspace, const std::vector<store::Placement>& placements,
                                      const fs::path& target, bool force) {
  enum class State : char { done, open, precious };
  const Context& context = workspace.context();
  const dataset::HashCache& cache = workspace.hash_cache(target);
  std::vector<State> states(placements.size(), State::open);
  os::parallel_for(placements.size(), context.threads, [&](std::size_t i) {
    context.interrupt.check();
    const fs::path& path = placements[i].target;
    std::error_code absent;
    const fs::file_status status = fs::symlink_status(path, absent);
    if (!fs::exists(status)) {
      return;
    }
    if (!fs::is_regular_file(status)) {
      states[i] = State::precious;
      return;
    }
    const auto facts = os::stat_file(path);
    const auto known = facts ? cache.find(path, *facts) : std::nullopt;
    const ContentId id = known ? *known : os::hash_file(path);
    states[i] = id == placements[i].id                    ? State::done
                : force || workspace.store().contains(id) ? State::open
                                                          : State::precious;
  });
  std::vector<store::Placement> open;
  std::vector<std::string> precious;
  for (std::size_t i = 0; i < placements.size(); ++i) {
    if (states[i] == State::open) {
      open.push_back(placements[i]);
    } else if (states[i] == State::precious) {
      precious.push_back(placements[i].target.string());
    }
  }
  if (!precious.empty()) {
    const std::string more =
        precious.size() == 1 ? "" : fmt::format(" (and {} more files)", precious.size() - 1);
    throw Error(ErrorCode::input, "'{}' holds bytes that no version keeps: they would be lost{}",
                precious.front(), more)
        .hint(
            fmt::format("keep them with `mlp data add {}`, or overwrite them with --force", target.string()));
  }
  return open;
}

/// Whether the version is a folder's. throws Error{corrupt} where a pack that may hold it cannot be read
bool is_folder(const store::ObjectStore& store, const ContentId& dataset) {
  try {
    return store.is_tree(dataset);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::not_found) {
      throw;
    }
  }
  throw Error(ErrorCode::not_found, "the bytes of dataset {} are not in this store", dataset.brief())
      .hint("set MLP_STORE to the store that holds them, or get the file again and run `mlp data add`");
}

} // namespace

CheckoutResult checkout_data(Workspace& workspace, const CheckoutRequest& request) {
  CheckoutResult result;
  const auto pointed = pointed_at(workspace, request.dataset);
  result.dataset = pointed ? *pointed : resolve_dataset(workspace, request.dataset).id;
  const store::ObjectStore& store = workspace.store();
  const bool folder = is_folder(store, result.dataset);
  const Json record = dataset_record(workspace, result.dataset);
  const char* name_member = record["kind"] == "run" ? "dataset_name" : "name"; // a run's name is its model's
  result.name = record[name_member].string_or(result.dataset.brief());
  const fs::path target = target_of(workspace, request, record, result.dataset);
  result.path = target.string();
  std::vector<store::Placement> placements;
  if (folder) {
    for (const store::TreeItem& item : chosen(store.get_tree(result.dataset), request)) {
      placements.push_back({item.id, target / item.path});
    }
  } else if (!request.only.empty()) {
    throw Error(ErrorCode::usage, "--only is for folders, and {} is one file", result.name)
        .hint("leave --only out");
  } else {
    placements.push_back({result.dataset, target});
  }
  std::error_code ignored; // what is not there is in nobody's way
  if (fs::exists(target, ignored) && fs::is_directory(target, ignored) != folder) {
    throw Error(ErrorCode::input, "cannot check out to '{}': a {} is there", target.string(),
                folder ? "file" : "folder")
        .hint("name another path with --to, or move what is there away");
  }
  result.files = static_cast<std::int64_t>(placements.size());
  const auto open = missing(workspace, placements, target, request.force);
  store.restore(open, mode_of(workspace), &workspace.context().progress, &workspace.context().interrupt);
  result.written = static_cast<std::int64_t>(open.size());
  return result;
}

} // namespace mlp::workflow
