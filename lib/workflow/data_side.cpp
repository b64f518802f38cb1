#include "workflow/data_side.hpp"

#include "base/error.hpp"
#include "dataset/parquet_table.hpp"
#include "workflow/lookup.hpp"

#include <algorithm>

namespace mlp::workflow {
namespace {

enum class Look : bool { at_hash, at_table };

dataset::Version version_at(Workspace& workspace, const std::string& text, Look look, DataSide& side) {
  const Context& context = workspace.context();
  dataset::HashCache& cache = workspace.hash_cache(*side.path);
  if (look == Look::at_hash || dataset_by_name(workspace, side.name) ||
      dataset::is_file_collection(*side.path, text)) {
    return dataset::version_of(*side.path, text, &cache, context.now_ns(), &context.progress,
                               &context.interrupt);
  }
  auto scanned = dataset::hash_scan(*side.path, text, read_options_for(workspace, side.data_path), cache,
                                    context.now_ns());
  side.scan = std::move(scanned.scan);
  return std::move(scanned.version);
}

DataSide side_at(Workspace& workspace, const std::string& text, Look look) {
  DataSide side;
  side.path = workspace.context().directory / text;
  side.name = dataset_name(text);
  side.data_path = workspace.has_project() ? project_relative(workspace, *side.path) : "";
  auto version = version_at(workspace, text, look, side);
  side.id = version.id;
  side.folder = version.folder;
  side.bytes = version.bytes;
  side.files = std::move(version.files);
  return side;
}

DataSide side_of(Workspace& workspace, const std::string& text) {
  if (!workspace.has_repository()) {
    throw Error(ErrorCode::not_found, "no file '{}' here", text)
        .hint("outside of a git repository only files can be named: names and ids of data are kept in one");
  }
  const Reference reference = resolve_dataset(workspace, text);
  DataSide side;
  side.name = reference.name;
  side.id = reference.id;
  side.folder = workspace.store().is_tree(side.id);
  side.files = side.folder ? workspace.store().get_tree(side.id) : std::vector{store::TreeItem{"", side.id}};
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

/// Of one of its files, in messages.
std::string name_of(const DataSide& side, const store::TreeItem& file) {
  const std::string& name = side.path ? side.typed : side.name;
  return file.path.empty() ? name : name + "/" + file.path;
}

DataSide opened(Workspace& workspace, const std::string& text, Look look) {
  const bool is_path = !text.empty() && !text.starts_with("data:") && !dataset_by_name(workspace, text) &&
                       dataset::is_there(workspace.context().directory / text);
  DataSide side = is_path ? side_at(workspace, text, look) : side_of(workspace, text);
  side.typed = text;
  find_record(workspace, side);
  return side;
}

} // namespace

DataSide open_side(Workspace& workspace, const std::string& text) {
  return opened(workspace, text, Look::at_hash);
}

DataSide open_shown_side(Workspace& workspace, const std::string& text) {
  return opened(workspace, text, Look::at_table);
}

bool can_stream(const DataSide& side, const std::vector<store::TreeItem>& files) {
  if (!side.path) {
    return false;
  }
  const auto sources = sources_of(side, files);
  return std::none_of(sources.begin(), sources.end(), dataset::is_parquet_file);
}

std::vector<dataset::Source> sources_of(const DataSide& side, const std::vector<store::TreeItem>& files) {
  std::vector<dataset::Source> sources;
  sources.reserve(files.size());
  for (const store::TreeItem& file : files) {
    sources.push_back({file.path.empty() ? *side.path : *side.path / file.path, name_of(side, file)});
  }
  return sources;
}

dataset::Table read_side(Workspace& workspace, const DataSide& side,
                         const std::vector<store::TreeItem>& files, const dataset::ReadOptions& options) {
  if (side.path) {
    return dataset::read_table(sources_of(side, files), options);
  }
  std::vector<std::string> contents;
  std::vector<std::pair<std::string, std::string_view>> named;
  contents.reserve(files.size());
  for (const store::TreeItem& file : files) {
    contents.push_back(workspace.store().get(file.id));
    named.emplace_back(name_of(side, file), contents.back());
  }
  return dataset::read_table_bytes(named, options);
}

dataset::TableScan scan_side(Workspace& workspace, const DataSide& side,
                             const dataset::ReadOptions& options) {
  return side.path ? dataset::scan_table(sources_of(side, side.files), options)
                   : dataset::scan_of(read_side(workspace, side, side.files, options), options.threads);
}

} // namespace mlp::workflow
