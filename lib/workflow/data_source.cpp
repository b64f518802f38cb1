#include "workflow/data_source.hpp"

#include "base/error.hpp"
#include "workflow/data_schema.hpp"
#include "workflow/references.hpp"

#include <algorithm>

namespace mlp::workflow {

dataset::ReadOptions read_options(const Workspace& workspace, const config::Project& project) {
  dataset::ReadOptions options;
  options.format = project.data.format;
  options.columns = project.data.columns;
  options.threads = workspace.context().threads;
  options.progress = &workspace.context().progress;
  options.interrupt = &workspace.context().interrupt;
  return options;
}

bool is_declared(Workspace& workspace, const std::string& path) {
  const config::Project& project = workspace.project();
  return std::find(project.data.paths.begin(), project.data.paths.end(), path) != project.data.paths.end() ||
         project.data.split.test_file == path;
}

dataset::ReadOptions read_options_for(Workspace& workspace, const std::string& path) {
  if (!workspace.has_project()) {
    return read_options(workspace, {});
  }
  dataset::ReadOptions options = read_options(workspace, workspace.project());
  options.personal = declared_personal(workspace);
  if (!is_declared(workspace, path)) { // another table: mlp.yaml's format and columns are not about it
    options.format = {};
    options.columns.clear();
  }
  return options;
}

std::string project_relative(const Workspace& workspace, const fs::path& full) {
  std::error_code error;
  fs::path real = fs::weakly_canonical(full, error);
  if (error) { // as /dev/stdin, where that is a pipe: whoever reads it says what is wrong with it
    real = full.lexically_normal();
  }
  const fs::path relative = real.lexically_relative(workspace.project_folder());
  return relative.empty() || *relative.begin() == ".." ? real.string() : relative.generic_string();
}

void require_output(const fs::path& output, const fs::path& input) {
  std::error_code absent;
  if (fs::equivalent(input, output, absent)) {
    throw Error(ErrorCode::usage, "the output '{}' is the file that is read: it would be replaced",
                output.string())
        .hint("name another file after -o");
  }
  const fs::path folder = output.parent_path();
  if (!fs::is_directory(folder, absent)) {
    throw Error(ErrorCode::not_found, "the output's folder '{}' does not exist", folder.string())
        .hint("make it first, or name another file after -o");
  }
}

std::string dataset_name(const std::string& path) {
  std::string name = fs::path(path).filename().string();
  if (name.empty()) { // "data/parts/"
    name = fs::path(path).parent_path().filename().string();
  }
  const auto dot = name.find('.', 1);
  return dot == std::string::npos ? name : name.substr(0, dot);
}

LoadedData load_data(Workspace& workspace, const config::Project& project,
                     const std::vector<std::string>& paths) {
  std::vector<std::pair<fs::path, std::string>> files;
  for (const std::string& path : paths) {
    const fs::path full = workspace.project_folder() / path;
    if (!dataset::is_there(full)) {
      std::error_code ignored;
      const bool pointer = fs::exists(full.string() + ".mlp", ignored);
      const config::Position position = project.position_of("data.path");
      throw Error(ErrorCode::not_found, "mlp.yaml:{}:{}: data '{}' does not exist", position.line,
                  position.column, path)
          .hint(pointer
                    ? fmt::format(
                          "run `mlp data checkout {}.mlp` to bring back the version its pointer names", path)
                    : std::string("put the file there, or change data.path"));
    }
    files.emplace_back(full, path);
  }
  LoadedData data;
  data.name = dataset_name(paths.front());
  dataset::ReadOptions options = read_options(workspace, project);
  options.personal = readable_personal(workspace); // `mlp train` refuses a broken schema itself
  dataset::Ingested ingested =
      dataset::ingest(files, options, workspace.store(), workspace.hash_cache(files.front().first),
                      workspace.context().now_ns());
  data.version = std::move(ingested.version);
  data.table = std::move(ingested.table);
  return data;
}

OpenedData open_data(Workspace& workspace, const std::string& text, const dataset::ReadOptions& options) {
  const fs::path path = workspace.context().directory / text;
  if (dataset::is_there(path)) {
    // Stored like any data that a result was computed from: otherwise nobody could recompute it.
    dataset::Ingested ingested = dataset::ingest({{path, text}}, options, workspace.store(),
                                                 workspace.hash_cache(path), workspace.context().now_ns());
    return {dataset_name(text), ingested.version.id, std::move(ingested.table)};
  }
  const Reference reference = resolve_dataset(workspace, text);
  return {reference.name, reference.id,
          dataset::read_version(reference.id, reference.name, options, workspace.store())};
}

} // namespace mlp::workflow
