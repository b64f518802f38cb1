#include "base/error.hpp"
#include "base/nearest.hpp"
#include "config/pointer.hpp"
#include "dataset/write_csv.hpp"
#include "workflow/datasets.hpp"

#include <array>

namespace mlp::workflow {
namespace {

using dataset::Part;

constexpr std::size_t k_flush_bytes = 1U << 20U;

std::optional<Part> part_named(const std::string& name) {
  if (name.empty()) {
    return std::nullopt;
  }
  const std::array<std::string, 3> known = {"train", "valid", "test"};
  for (const Part part : {Part::train, Part::valid, Part::test}) {
    if (name == dataset::name_of(part)) {
      return part;
    }
  }
  auto error = Error(ErrorCode::usage, "--part: '{}' is no part", name);
  if (const auto close = nearest(name, known)) {
    throw std::move(error).hint(fmt::format("did you mean `--part {}`?", *close));
  }
  throw std::move(error).hint("parts: train, valid, test");
}

/// Writes the chosen rows of one table: "row[,part],columns…".
std::int64_t write_rows(const dataset::Table& table, const dataset::Split& split, std::optional<Part> wanted,
                        bool header, const std::function<void(std::string_view)>& take) {
  std::string out;
  if (header) {
    out += wanted ? "row," : "row,part,";
    dataset::append_csv_header(out, table);
  }
  std::int64_t written = 0;
  for (std::size_t row = 0; row < table.rows; ++row) {
    const Part part = split.part[row];
    if (wanted ? part != *wanted : part == Part::none) {
      continue;
    }
    out += fmt::format("{},", row + 1);
    if (!wanted) {
      out += fmt::format("{},", dataset::name_of(part));
    }
    dataset::append_csv_row(out, table, row);
    ++written;
    if (out.size() > k_flush_bytes) {
      take(out);
      out.clear();
    }
  }
  take(out);
  return written;
}

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

/// Whether `target` may be replaced: it is absent, forced, or its bytes are a version that the store keeps.
bool may_replace(Workspace& workspace, const fs::path& target, const CheckoutRequest& request,
                 const ContentId& wanted, bool& already_there) {
  std::error_code ignored;
  if (!fs::exists(target, ignored)) {
    return true;
  }
  const auto now =
      dataset::version_of(target, target.string(), &workspace.hash_cache(), workspace.context().now_ns(),
                          &workspace.context().progress, &workspace.context().interrupt);
  already_there = now.id == wanted;
  return already_there || request.force || workspace.store().contains(now.id);
}

} // namespace

SplitDataResult split_data(Workspace& workspace, const SplitDataRequest& request,
                           const std::function<void(std::string_view)>& take) {
  const std::optional<Part> wanted = part_named(request.part);
  const config::Project& project = workspace.project();
  const fs::path output = workspace.context().directory / request.output;
  if (!request.output.empty()) {
    std::vector<std::string> inputs = project.data.paths;
    inputs.push_back(project.data.split.test_file);
    for (const std::string& path : inputs) {
      require_output(output, workspace.project_folder() / path);
    }
  }
  const LoadedData data = load_data(workspace, project, project.data.paths);
  SplitDataResult result;
  result.dataset = data.version.id;
  result.dataset_name = data.name;
  result.split = dataset::split_of(data.table, project, workspace.context().threads);
  std::optional<LoadedData> test;
  dataset::Split test_split;
  if (project.data.split.by == config::SplitBy::file) {
    test = load_data(workspace, project, {project.data.split.test_file});
    test_split = dataset::split_of_test_file(test->table, project);
    result.split.test = test_split.test;
  }
  std::optional<os::Draft> draft;
  std::function<void(std::string_view)> sink = take;
  if (!request.output.empty()) {
    draft.emplace(workspace.context().files, output);
    sink = [&draft](std::string_view bytes) { draft->write(bytes); };
  }
  const bool only_test_file = test && wanted == Part::test;
  if (!only_test_file) {
    result.written = write_rows(data.table, result.split, wanted, true, sink);
  }
  if (test && (!wanted || only_test_file)) {
    result.written += write_rows(test->table, test_split, wanted, only_test_file, sink);
  }
  if (draft) {
    draft->publish();
  }
  return result;
}

CheckoutResult checkout_data(Workspace& workspace, const CheckoutRequest& request) {
  CheckoutResult result;
  const auto pointed = pointed_at(workspace, request.dataset);
  result.dataset = pointed ? *pointed : resolve_dataset(workspace, request.dataset).id;
  if (!workspace.store().contains(result.dataset)) {
    throw Error(ErrorCode::not_found, "the bytes of dataset {} are not in this store", result.dataset.brief())
        .hint("set MLP_STORE to the store that holds them, or get the file again and run `mlp data add`");
  }
  const Json record = dataset_record(workspace, result.dataset);
  const char* name_member = record["kind"] == "run" ? "dataset_name" : "name"; // a run's name is its model's
  result.name = record[name_member].string_or(result.dataset.brief());
  fs::path target;
  if (!request.to.empty()) {
    target = workspace.context().directory / request.to;
  } else if (const std::string path = recorded_path(record); !path.empty()) {
    target = workspace.project_folder() / path;
  } else {
    throw Error(ErrorCode::usage, "nobody recorded where dataset {} lay", result.dataset.brief())
        .hint(fmt::format("say where to put it: `mlp data checkout {} --to PATH`", result.dataset.brief()));
  }
  result.path = target.string();
  if (!may_replace(workspace, target, request, result.dataset, result.already_there)) {
    throw Error(ErrorCode::input, "'{}' holds bytes that no version keeps: they would be lost",
                target.string())
        .hint(
            fmt::format("keep them with `mlp data add {}`, or overwrite them with --force", target.string()));
  }
  if (!result.already_there) {
    if (target.has_parent_path()) {
      workspace.context().files.make_directories(target.parent_path());
    }
    workspace.store().checkout(result.dataset, target);
  }
  return result;
}

} // namespace mlp::workflow
