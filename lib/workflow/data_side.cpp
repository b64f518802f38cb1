#include "workflow/data_side.hpp"

#include "workflow/lookup.hpp"

namespace mlp::workflow {
namespace {

DataSide side_at(Workspace& workspace, const std::string& text) {
  DataSide side;
  side.path = workspace.context().directory / text;
  side.name = dataset_name(text);
  side.data_path = workspace.has_project() ? project_relative(workspace, *side.path) : "";
  auto version =
      dataset::version_of(*side.path, text, &workspace.hash_cache(*side.path), workspace.context().now_ns(),
                          &workspace.context().progress, &workspace.context().interrupt);
  side.id = version.id;
  side.folder = version.folder;
  side.bytes = version.bytes;
  side.files = std::move(version.files);
  return side;
}

DataSide side_of(Workspace& workspace, const std::string& text) {
  const Reference reference = resolve_dataset(workspace, text);
  DataSide side;
  side.name = reference.name;
  side.id = reference.id;
  side.content = workspace.store().get(side.id);
  side.folder = store::is_tree_listing(side.content);
  side.files =
      side.folder ? store::parse_tree_listing(side.content) : std::vector{store::TreeItem{"", side.id}};
  if (side.folder) {
    side.content.clear();
  }
  return side;
}

/// What was recorded of these bytes, and for a stored version where they were added or read from.
void find_record(Workspace& workspace, DataSide& side) {
  const auto known = dataset_by_id(workspace, side.id.hex());
  if (!known || !known->entry) {
    return;
  }
  const Json body = workspace.ledger().read(known->entry->id).body;
  if (known->entry->kind == "dataset") {
    side.record = body;
    side.name = body["name"].string_or();
    side.bytes = static_cast<std::uint64_t>(body["bytes"].integer_or(0));
    side.data_path = side.path ? side.data_path : body["path"].string_or();
  } else if (!side.path && body["data_path"].is_array() && body["data_path"].size() > 0) {
    side.data_path = body["data_path"].as_array().front().string_or();
  }
}

} // namespace

DataSide open_side(Workspace& workspace, const std::string& text) {
  const bool is_path = !text.empty() && !text.starts_with("data:") && !dataset_by_name(workspace, text) &&
                       dataset::is_there(workspace.context().directory / text);
  DataSide side = is_path ? side_at(workspace, text) : side_of(workspace, text);
  side.typed = text;
  find_record(workspace, side);
  return side;
}

dataset::Table read_side(Workspace& workspace, DataSide& side, const std::vector<store::TreeItem>& files,
                         const dataset::ReadOptions& options) {
  const auto shown = [&](const store::TreeItem& file) {
    const std::string& name = side.path ? side.typed : side.name;
    return file.path.empty() ? name : name + "/" + file.path;
  };
  if (side.path) {
    std::vector<dataset::Source> sources;
    for (const store::TreeItem& file : files) {
      sources.push_back({file.path.empty() ? *side.path : *side.path / file.path, shown(file)});
    }
    return dataset::read_table(sources, options);
  }
  std::vector<std::string> contents;
  std::vector<std::pair<std::string, std::string_view>> named;
  contents.reserve(files.size());
  for (const store::TreeItem& file : files) {
    contents.push_back(side.content.empty() ? workspace.store().get(file.id) : std::move(side.content));
    side.content.clear();
    named.emplace_back(shown(file), contents.back());
  }
  return dataset::read_table_bytes(named, options);
}

} // namespace mlp::workflow
