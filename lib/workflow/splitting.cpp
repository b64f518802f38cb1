#include "base/error.hpp"
#include "base/nearest.hpp"
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

} // namespace mlp::workflow
