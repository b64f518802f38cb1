// PATH.mlp, version 1: these five lines in this order, so that two versions differ in few lines of a diff.
//
//   schema: mlp.pointer/1
//   dataset: <64 lower-case hexadecimal digits>
//   bytes: <of all files>
//   rows: <data rows, without headers>
//   files: <1 for a file, n for a folder>

#include "config/pointer.hpp"

#include "base/error.hpp"
#include "config/map_reader.hpp"

#include <limits>

namespace mlp::config {
namespace {

constexpr std::string_view k_schema = "mlp.pointer/1";
constexpr Range k_count = {0.0, std::numeric_limits<double>::infinity()};

std::int64_t read_count(MapReader& root, std::string_view key) {
  root.require(key, "a whole number");
  return root.integer(key, k_count).value_or(0);
}

ContentId read_dataset(MapReader& root) {
  root.require("dataset", "the id of the dataset version");
  const auto written = root.text("dataset");
  if (!written) {
    return {};
  }
  const auto id = ContentId::from_hex(*written);
  if (!id) {
    root.findings().error(RuleId::invalid_value, root.find("dataset")->position,
                          fmt::format("'dataset' is '{}', not 64 hexadecimal digits", *written));
  }
  return id.value_or(ContentId());
}

} // namespace

DatasetPointer parse_pointer(std::string_view text, const std::string& file) {
  const YamlNode tree = parse_yaml(text, file);
  FindingList findings(file);
  MapReader root(tree, "", findings);
  DatasetPointer pointer;
  root.require_schema(k_schema);
  pointer.dataset = read_dataset(root);
  pointer.bytes = read_count(root, "bytes");
  pointer.rows = read_count(root, "rows");
  pointer.files = read_count(root, "files");
  root.finish();
  for (const Finding& finding : std::move(findings).sorted()) {
    const std::string data(file.substr(0, file.size() - (file.ends_with(".mlp") ? 4 : 0)));
    throw Error(ErrorCode::input, "{}", finding.text())
        .hint(fmt::format("run `mlp data add {}` to write it anew", data));
  }
  return pointer;
}

std::string format_pointer(const DatasetPointer& pointer) {
  return fmt::format("schema: {}\ndataset: {}\nbytes: {}\nrows: {}\nfiles: {}\n", k_schema,
                     pointer.dataset.hex(), pointer.bytes, pointer.rows, pointer.files);
}

} // namespace mlp::config
