#include "workflow/opened_data.hpp"

#include "dataset/roles.hpp"
#include "workflow/references.hpp"

namespace mlp::workflow {
namespace {

OpenedData open_declared(Workspace& workspace) {
  const config::Project& project = workspace.project();
  LoadedData data = load_data(workspace, project, project.data.paths);
  return {data.name, data.version.id, std::move(data.table)};
}

OpenedData open_named(Workspace& workspace, const std::string& text, const dataset::ReadOptions& options) {
  const Context& context = workspace.context();
  const fs::path path = context.directory / text;
  if (dataset::is_there(path)) {
    OpenedData opened{dataset_name(text), {}, dataset::read_table(dataset::sources_of(path, text), options)};
    opened.version = dataset::version_of(path, text, &workspace.hash_cache(path), context.now_ns(),
                                         &context.progress, &context.interrupt)
                         .id;
    return opened;
  }
  const Reference reference = resolve_dataset(workspace, text);
  return {reference.name, reference.id,
          dataset::read_version(reference.id, reference.name, options, workspace.store())};
}

} // namespace

std::vector<std::string> column_names(const dataset::Table& table) {
  std::vector<std::string> names;
  for (const dataset::Column& column : table.columns) {
    names.push_back(column.name);
  }
  return names;
}

bool has_project_columns(const dataset::Table& table, const config::Project& project) {
  return dataset::check_columns(column_names(table), project, "mlp.yaml").empty();
}

OpenedData open_to_look_at(Workspace& workspace, const std::string& text) {
  if (text.empty()) {
    return open_declared(workspace);
  }
  const config::Project& project = workspace.project();
  const dataset::ReadOptions declared = read_options(workspace, project);
  dataset::ReadOptions plain = declared;
  plain.format = {};
  plain.columns.clear();
  OpenedData opened = open_named(workspace, text, plain);
  const config::FormatConfig& format = project.data.format;
  const bool says_more = format.delimiter || format.header || format.missing || format.encoding ||
                         format.decimal || format.thousands || !project.data.columns.empty();
  return says_more && has_project_columns(opened.table, project) ? open_named(workspace, text, declared)
                                                                 : std::move(opened);
}

} // namespace mlp::workflow
