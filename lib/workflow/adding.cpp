#include "base/error.hpp"
#include "config/pointer.hpp"
#include "dataset/licence.hpp"
#include "dataset/personal_data.hpp"
#include "dataset/text_encoding.hpp"
#include "workflow/data_schema.hpp"
#include "workflow/datasets.hpp"
#include "workflow/git_notes.hpp"
#include "workflow/recorded_checks.hpp"

#include <algorithm>

namespace mlp::workflow {
namespace {

fs::path pointer_of(const fs::path& full) {
  std::string text = full.string();
  while (text.size() > 1 && text.back() == '/') {
    text.pop_back();
  }
  return text + ".mlp";
}

std::optional<ledger::Entry> record_of(Workspace& workspace, const std::string& name,
                                       const ContentId& dataset) {
  std::optional<ledger::Entry> found;
  for (const ledger::Entry& entry : workspace.ledger().entries()) {
    if (entry.kind == "dataset" && entry.name == name && entry.dataset == dataset.hex()) {
      found = entry;
    }
  }
  return found;
}

std::optional<std::string> newest_version(Workspace& workspace, const std::string& name) {
  std::optional<std::string> found;
  for (const ledger::Entry& entry : workspace.ledger().entries()) {
    if (entry.kind == "dataset" && entry.name == name) {
      found = entry.dataset;
    }
  }
  return found;
}

/// What is known of these bytes already, without reading them: nothing where anything has to be done.
std::optional<AddedData> unchanged(Workspace& workspace, const fs::path& full, const std::string& name,
                                   const AddDataRequest& request) {
  const auto text = os::read_file_if_exists(pointer_of(full));
  if (!text || !request.source.empty() || !request.licence.empty() || !request.message.empty()) {
    return std::nullopt;
  }
  const auto pointer = config::parse_pointer(*text, pointer_of(full).string());
  const auto facts = os::stat_file(full);
  if (facts && static_cast<std::int64_t>(facts->size) != pointer.bytes && fs::is_regular_file(full)) {
    return std::nullopt; // not hashed here: it is going to be read and stored
  }
  const auto version =
      dataset::version_of(full, full.string(), &workspace.hash_cache(full), workspace.context().now_ns(),
                          &workspace.context().progress, &workspace.context().interrupt);
  if (version.id != pointer.dataset || newest_version(workspace, name) != version.id.hex() ||
      !workspace.store().contains(version.id)) {
    return std::nullopt;
  }
  const Json body = workspace.ledger().read(record_of(workspace, name, version.id)->id).body;
  AddedData added;
  added.name = name;
  added.path = project_relative(workspace, full);
  added.dataset = version.id;
  added.bytes = version.bytes;
  added.rows = body["rows"].integer_or(0);
  added.columns = body["columns"].integer_or(0);
  added.files = body["files"].integer_or(1);
  added.table = !body["profile"].is_null();
  added.unchanged = true;
  return added;
}

/// Reads and stores a table; the record's members that only a table has.
Json take_table(Workspace& workspace, const fs::path& full, const std::string& text, AddedData& added) {
  auto [version, scan] =
      dataset::ingest_scan(full, text, read_options_for(workspace, added.path), workspace.store(),
                           workspace.hash_cache(full), workspace.context().now_ns());
  added.dataset = version.id;
  added.bytes = version.bytes;
  added.files = static_cast<std::int64_t>(version.files.size());
  added.rows = scan.profile.rows;
  added.columns = static_cast<std::int64_t>(scan.profile.columns.size());
  added.notes = scan.notes;
  added.checks = std::move(scan.checks);
  dataset::mask_personal(scan.profile, scan.facts);
  Json body = Json::object({{"format", dataset::to_json(scan.format)},
                            {"profile", workspace.store().put(dataset::to_json(scan.profile).dump()).hex()}});
  record_checks(body, added.checks);
  return body;
}

/// Stores a folder of files that are no rows.
Json take_files(Workspace& workspace, const fs::path& full, const std::string& text, AddedData& added) {
  const Context& context = workspace.context();
  const dataset::Version version =
      dataset::store_files(full, text, workspace.store(), workspace.hash_cache(full), context.now_ns(),
                           &context.progress, &context.interrupt);
  added.dataset = version.id;
  added.bytes = version.bytes;
  added.files = static_cast<std::int64_t>(version.files.size());
  added.table = false;
  return Json::object({{"format", Json()}, {"profile", Json()}, {"checks", Json::array()}});
}

/// A record is text whose path must lead back to these bytes, and a pointer must fit beside them.
void require_recordable(const std::string& path) {
  if (dataset::first_invalid_utf8(path) != std::string::npos) {
    throw Error(ErrorCode::input, "cannot record the path '{}': it is not UTF-8", path)
        .hint("rename it; inside a folder that is added, any names will do");
  }
  constexpr std::size_t k_longest_name = 255; // bytes, of every file system that people use
  const std::size_t bytes = pointer_of(path).filename().native().size();
  if (bytes > k_longest_name) {
    throw Error(ErrorCode::input,
                "cannot add '{}': the name of its pointer, with .mlp, has {} bytes, more than {}", path,
                bytes, k_longest_name)
        .hint("rename it");
  }
}

void require_pointer_place(const fs::path& full, const std::string& pointer) {
  std::error_code ignored;
  if (fs::is_directory(pointer_of(full), ignored)) {
    throw Error(ErrorCode::input, "cannot write the pointer '{}': it is a folder", pointer)
        .hint("move it away");
  }
}

std::string pointer_text(const AddedData& added) {
  config::DatasetPointer pointer;
  pointer.dataset = added.dataset;
  pointer.bytes = static_cast<std::int64_t>(added.bytes);
  pointer.rows = added.rows;
  pointer.files = added.files;
  return config::format_pointer(pointer);
}

AddedData add_one(Workspace& workspace, const std::string& text, const AddDataRequest& request) {
  require_recordable(text);
  const fs::path full = workspace.context().directory / text;
  require_pointer_place(full, pointer_of(text).string());
  const std::string name = request.name.empty() ? dataset_name(text) : request.name;
  if (auto known = unchanged(workspace, full, name, request)) {
    return *known;
  }
  AddedData added;
  added.name = name;
  added.path = project_relative(workspace, full);
  added.pointer = pointer_of(text).string();
  const bool files = !is_declared(workspace, added.path) && dataset::is_file_collection(full, text);
  Json body = files ? take_files(workspace, full, text, added) : take_table(workspace, full, text, added);
  body["dataset"] = added.dataset.hex();
  body["name"] = name;
  body["path"] = added.path;
  body["rows"] = added.rows;
  body["columns"] = added.columns;
  body["bytes"] = added.bytes;
  body["files"] = added.files;
  body["previous"] = newest_version(workspace, name);
  body["source"] = request.source;
  body["licence"] = request.licence;
  body["message"] = request.message;
  // On disk before the record, so that nothing is recorded where no pointer can be written; in its place
  // after it: a pointer must never name a version that nobody can find.
  os::Draft pointer(workspace.context().files, pointer_of(full));
  pointer.write(pointer_text(added));
  pointer.seal();
  workspace.context().interrupt.check();
  static_cast<void>(workspace.record("dataset", std::move(body)));
  pointer.publish();
  return added;
}

} // namespace

std::vector<AddedData> add_data(Workspace& workspace, const AddDataRequest& request) {
  if (!request.name.empty() && request.paths.size() != 1) {
    throw Error(ErrorCode::usage, "--name needs exactly one PATH, {} were given", request.paths.size())
        .hint("add them one by one");
  }
  require_short("message", request.message); // now, not after the work
  require_short("text of name, message, source and licence",
                request.name + request.message + request.source + request.licence);
  const std::vector<std::string> notes = dataset::licence_notes(request.licence);
  std::vector<AddedData> added;
  for (const std::string& path : request.paths) {
    added.push_back(add_one(workspace, path, request));
    std::vector<std::string>& said = added.back().notes;
    said.insert(said.end(), notes.begin(), notes.end());
    if (auto note = note_of_git(workspace, workspace.context().directory / path)) {
      said.push_back(std::move(*note));
    }
  }
  return added;
}

} // namespace mlp::workflow
