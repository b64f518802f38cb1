#include "workflow/data_schema.hpp"

#include "base/error.hpp"
#include "config/findings.hpp"
#include "config/scalars.hpp"
#include "dataset/profile.hpp"
#include "validation/infer_schema.hpp"
#include "workflow/opened_data.hpp"

namespace mlp::workflow {
namespace {

/// The file to write, for messages as the user would type it.
fs::path place_of(const Workspace& workspace, const DataSchemaRequest& request) {
  return request.output.empty() ? workspace.project_folder() / config::k_schema_file
                                : workspace.context().directory / request.output;
}

void write_schema(Workspace& workspace, const DataSchemaRequest& request, WrittenSchema& written) {
  const fs::path place = place_of(workspace, request);
  written.path = request.output.empty() ? config::k_schema_file : request.output;
  std::error_code ignored;
  if (fs::is_directory(place, ignored) || !fs::is_directory(place.parent_path(), ignored)) {
    throw Error(ErrorCode::not_found, "'{}' is no place for a file", written.path)
        .hint("name a file in a folder that exists");
  }
  const auto there = os::read_file_if_exists(place);
  written.unchanged = there == written.text;
  if (there && !written.unchanged && !request.force) {
    throw Error(ErrorCode::input, "'{}' is there and says something else: somebody may have edited it",
                written.path)
        .hint(
            "write beside it and compare: `mlp data schema --write -o new.yaml`; or replace it with --force");
  }
  if (!written.unchanged) {
    os::write_file(workspace.context().files, place, written.text);
  }
}

ReadSchema usable_schema(std::string text, const std::string& file) {
  config::LoadedSchema loaded = config::load_data_schema(text, file);
  config::require_no_errors(loaded.findings);
  return {std::move(loaded.schema), std::move(text)};
}

} // namespace

std::optional<ReadSchema> project_schema(const Workspace& workspace) {
  auto text = os::read_file_if_exists(workspace.project_folder() / config::k_schema_file);
  if (!text) {
    return std::nullopt;
  }
  return usable_schema(std::move(*text), config::k_schema_file);
}

ReadSchema read_schema(const Workspace& workspace, const std::string& file) {
  auto text = os::read_file_if_exists(workspace.context().directory / file);
  if (!text) {
    throw Error(ErrorCode::not_found, "there is no schema '{}'", file)
        .hint("`mlp data schema --write -o FILE` makes one of the data");
  }
  return usable_schema(std::move(*text), file);
}

std::map<std::string, bool> declared_personal(const Workspace& workspace) {
  if (workspace.has_project()) {
    static_cast<void>(project_schema(workspace)); // who shows values must know whose
  }
  return readable_personal(workspace);
}

std::map<std::string, bool> readable_personal(const Workspace& workspace) {
  const auto text = workspace.has_project()
                        ? os::read_file_if_exists(workspace.project_folder() / config::k_schema_file)
                        : std::nullopt;
  std::map<std::string, bool> declared;
  if (text) {
    for (const auto& [name, column] : config::load_data_schema(*text, config::k_schema_file).schema.columns) {
      if (column.pii) {
        declared.emplace(name, *column.pii);
      }
    }
  }
  return declared;
}

WrittenSchema data_schema(Workspace& workspace, const DataSchemaRequest& request) {
  const config::Project& project = workspace.project();
  const OpenedData data = open_to_look_at(workspace, request.data);
  const dataset::Profile profile = dataset::profile_of(data.table, workspace.context().threads);
  const bool about = has_project_columns(data.table, project);
  const config::DataSchema schema =
      validation::infer_schema(data.table, profile, about ? project : config::Project());
  WrittenSchema written;
  written.name = data.name;
  written.dataset = data.version;
  written.text = config::format_data_schema(
      schema,
      {fmt::format(
           "What {} {} keeps, by `mlp data schema`. Edit it: loosen what may vary, add what you know.",
           data.name, data.version.brief()),
       "Keys: type nullable max_missing values min max regex unique monotone role available_at unit owner",
       "pii. A column that is not named here fails while `closed` is true. `mlp data validate` and",
       "`mlp train` check the data of mlp.yaml against it."});
  written.columns = config::to_json(config::parse_yaml(written.text, "schema"))["columns"];
  if (request.write) {
    write_schema(workspace, request, written);
  }
  return written;
}

Json to_json(const WrittenSchema& written) {
  return Json::object({{"schema", "mlp.data_schema/1"},
                       {"name", written.name},
                       {"dataset", written.dataset.hex()},
                       {"path", written.path},
                       {"unchanged", written.unchanged},
                       {"columns", written.columns},
                       {"yaml", written.text}});
}

} // namespace mlp::workflow
