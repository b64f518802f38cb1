#include "workflow/datasets.hpp"

#include "base/error.hpp"
#include "workflow/data_schema.hpp"
#include "workflow/data_side.hpp"
#include "workflow/recorded_checks.hpp"

#include <map>

namespace mlp::workflow {

std::vector<DataLine> list_data(Workspace& workspace) {
  std::map<std::string, DataLine> lines;
  for (const ledger::Entry& entry : workspace.ledger().entries()) {
    if (entry.kind != "dataset") {
      continue;
    }
    const Json body = workspace.ledger().read(entry.id).body;
    DataLine& line = lines[entry.name];
    line.name = entry.name;
    line.dataset = *ContentId::from_hex(entry.dataset);
    line.rows = body["rows"].integer_or(0);
    line.columns = body["columns"].integer_or(0);
    line.bytes = body["bytes"].integer_or(0);
    line.path = body["path"].string_or();
    line.time = entry.time;
    ++line.versions;
  }
  std::vector<DataLine> result;
  result.reserve(lines.size());
  for (auto& [name, line] : lines) {
    result.push_back(std::move(line));
  }
  return result;
}

Json to_json(const DataLine& line) {
  return Json::object({{"schema", "mlp.dataset_line/1"},
                       {"name", line.name},
                       {"dataset", line.dataset.hex()},
                       {"rows", line.rows},
                       {"columns", line.columns},
                       {"bytes", line.bytes},
                       {"versions", line.versions},
                       {"time", line.time},
                       {"path", line.path}});
}

namespace {

/// What the record of an added version says; false where its profile is not in the store.
bool show_recorded(Workspace& workspace, const Json& record, ShownData& shown) {
  const auto profile = ContentId::from_hex(record["profile"].string_or());
  if (!profile || !workspace.store().contains(*profile)) {
    return false;
  }
  shown.profile = dataset::profile_from_json(Json::parse(workspace.store().get(*profile), "profile"));
  dataset::mask_personal(shown.profile, declared_personal(workspace)); // perhaps declared since
  shown.format = record["format"];
  for (const Json& check : record["checks"].as_array()) {
    shown.checks.push_back(check_from_json(check));
  }
  if (const auto left_out = record["checks_left_out"].integer_or(0); left_out > 0) {
    shown.notes.push_back(
        fmt::format("{} more findings were not recorded: `mlp data validate` has all", left_out));
  }
  return true;
}

/// Never added: it is read for this.
void show_read(Workspace& workspace, DataSide& side, ShownData& shown) {
  dataset::TableScan scan = side.scan
                                ? std::move(*side.scan)
                                : scan_side(workspace, side, read_options_for(workspace, side.data_path));
  shown.profile = std::move(scan.profile);
  shown.format = dataset::to_json(scan.format);
  shown.checks = std::move(scan.checks);
  dataset::mask_personal(shown.profile, scan.facts);
  shown.notes = std::move(scan.notes);
  if (side.path && shown.recorded.empty()) {
    shown.notes.push_back(fmt::format("not added yet: `mlp data add {}` keeps this version", side.typed));
  }
}

} // namespace

namespace {

/// When it was recorded, and what it was used for.
void find_history(Workspace& workspace, const DataSide& side, ShownData& shown) {
  for (const ledger::Entry& entry : workspace.ledger().entries()) {
    if (entry.kind == "dataset" && entry.dataset == side.id.hex()) {
      shown.recorded = entry.id.hex();
      shown.time = entry.time;
    }
    shown.versions += entry.kind == "dataset" && entry.name == side.name ? 1 : 0;
  }
  shown.uses = uses_of(workspace, {side.id.hex()});
}

} // namespace

ShownData show_data(Workspace& workspace, const std::string& text) {
  DataSide side = open_shown_side(workspace, text);
  ShownData shown;
  shown.name = side.name;
  shown.dataset = side.id;
  shown.record = side.record;
  shown.bytes = side.bytes;
  shown.files = side.files.size();
  if (workspace.has_repository()) {
    find_history(workspace, side, shown);
  }
  const bool files = side.record.is_object()
                         ? side.record["profile"].is_null()
                         : side.path && side.folder && dataset::is_file_collection(*side.path, text);
  if (files) {
    shown.notes.push_back(
        fmt::format("a folder of {} files that are no table: there is nothing to profile", shown.files));
  } else if (!show_recorded(workspace, side.record, shown)) {
    show_read(workspace, side, shown);
  }
  return shown;
}

Json to_json(const ShownData& shown) {
  Json checks = Json::array();
  for (const Check& check : shown.checks) {
    checks.push_back(to_json(check));
  }
  return Json::object({{"schema", "mlp.dataset/1"},
                       {"name", shown.name},
                       {"dataset", shown.dataset.hex()},
                       {"record", shown.record},
                       {"recorded", shown.recorded.empty() ? Json() : Json(shown.recorded)},
                       {"bytes", shown.bytes},
                       {"files", shown.files},
                       {"versions", shown.versions},
                       {"uses", to_json(shown.uses)},
                       {"format", shown.format},
                       {"profile", dataset::to_json(shown.profile)},
                       {"checks", std::move(checks)},
                       {"notes", shown.notes}});
}

} // namespace mlp::workflow
