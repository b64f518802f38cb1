#include "workflow/file_versions.hpp"

#include "workflow/data_source.hpp"
#include "workflow/lookup.hpp"

#include <algorithm>

namespace mlp::workflow {
namespace {

/// Where a recorded dataset lay; of a run's, the first of its paths.
std::string place_of(const Json& body) {
  if (body["path"].is_string()) {
    return body["path"].as_string();
  }
  const Json& paths = body["data_path"];
  return paths.is_array() && paths.size() > 0 ? paths.as_array().front().string_or() : "";
}

/// The listing of a folder; nothing for a file, whose content is not read where its record tells its size.
std::vector<store::TreeItem> listing_of(Workspace& workspace, const ContentId& id, const Json& body) {
  const auto size = workspace.store().size_of(id);
  if (!size ||
      (body["bytes"].is_integer() && body["bytes"].as_integer() == static_cast<std::int64_t>(*size))) {
    return {};
  }
  const std::string content = workspace.store().get(id);
  return store::is_tree_listing(content) ? store::parse_tree_listing(content)
                                         : std::vector<store::TreeItem>{};
}

void look_into(FileInFolders& file, const ContentId& id, const std::string& place,
               const std::vector<store::TreeItem>& items) {
  const bool holds = std::any_of(items.begin(), items.end(),
                                 [&](const store::TreeItem& item) { return file.id && item.id == *file.id; });
  const bool has_path = std::any_of(items.begin(), items.end(), [&](const store::TreeItem& item) {
    return file.path == (fs::path(place) / item.path).generic_string();
  });
  if (holds || has_path) {
    file.versions.push_back({id, holds});
  }
}

} // namespace

std::optional<FileInFolders> file_in_folders(Workspace& workspace, const std::string& text) {
  const fs::path full = workspace.context().directory / text;
  std::error_code ignored;
  const bool is_file = fs::is_regular_file(full, ignored);
  if (!workspace.has_project() || (!is_file && text.find('/') == std::string::npos) ||
      text.starts_with("data:") || dataset_by_name(workspace, text)) {
    return std::nullopt;
  }
  FileInFolders file;
  file.path = project_relative(workspace, full);
  if (is_file) {
    file.id = dataset::version_of(full, text, &workspace.hash_cache(full), workspace.context().now_ns(),
                                  &workspace.context().progress, &workspace.context().interrupt)
                  .id;
    if (dataset_by_id(workspace, file.id->hex())) {
      return std::nullopt;
    }
  }
  std::vector<std::string> seen;
  for (const ledger::Entry& entry : workspace.ledger().entries()) {
    const auto id = ContentId::from_hex(entry.dataset);
    if ((entry.kind != "dataset" && entry.kind != "run") || !id ||
        std::find(seen.begin(), seen.end(), entry.dataset) != seen.end()) {
      continue;
    }
    seen.push_back(entry.dataset);
    const Json body = workspace.ledger().read(entry.id).body;
    look_into(file, *id, place_of(body), listing_of(workspace, *id, body));
  }
  return file.versions.empty() ? std::nullopt : std::optional(std::move(file));
}

} // namespace mlp::workflow
