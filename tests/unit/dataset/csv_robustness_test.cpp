// Reads the odd, broken and hostile files of other projects' test suites, where MLP_TEST_DATA names the
// folder that holds csv-robustness.

#include "base/json.hpp"
#include "os/files.hpp"
#include "unit/dataset/csv_text.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <optional>

namespace mlp::dataset {
namespace {

namespace fs = std::filesystem;
using Cells = std::vector<std::vector<std::string>>;

std::optional<fs::path> robustness_folder() {
  const char* data = std::getenv("MLP_TEST_DATA");
  if (data == nullptr) {
    MESSAGE("skipped: set MLP_TEST_DATA");
    return std::nullopt;
  }
  return fs::path(data) / "csv-robustness";
}

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) {
      files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  REQUIRE_FALSE(files.empty());
  return files;
}

Table read(const fs::path& path, const ReadOptions& options) {
  return read_table({{path, path.filename().string()}}, options);
}

/// The cells as written: no types, no missing tokens.
Cells plain_cells(const fs::path& path, bool header) {
  ReadOptions options;
  options.format.header = header;
  options.format.delimiter = ',';
  options.format.missing.emplace();
  for (const Column& column : read(path, options).columns) {
    options.types[column.name] = ColumnType::text;
  }
  return test::cells_of(read(path, options));
}

/// The cells of a list of records, or of a list of lists.
Cells json_cells(const Json& json, const std::vector<std::string>& names) {
  Cells cells{names};
  for (const Json& record : json.as_array()) {
    auto& row = cells.emplace_back();
    for (std::size_t i = 0; i < names.size(); ++i) {
      row.push_back(record.is_array() ? record.as_array().at(i).as_string() : record[names[i]].as_string());
    }
  }
  return cells;
}

void check_against_json(const fs::path& csv, const fs::path& json, bool header) {
  CAPTURE(csv.filename().string());
  const Cells found = plain_cells(csv, header);
  CHECK(found == json_cells(Json::parse(os::read_file(json)), found[0]));
}

} // namespace

TEST_CASE("csv-spectrum: every file reads as its JSON says") {
  const auto folder = robustness_folder();
  if (!folder) {
    return;
  }
  for (const fs::path& csv : files_in(*folder / "csv-spectrum" / "csvs")) {
    if (csv.stem() == "location_coordinates") {
      continue; // its JSON is of another file; it has quotes in unquoted fields, see below
    }
    check_against_json(csv, *folder / "csv-spectrum" / "json" / (csv.stem().string() + ".json"), true);
  }
  CHECK_THROWS_WITH_AS(
      static_cast<void>(read(*folder / "csv-spectrum" / "csvs" / "location_coordinates.csv", {})),
      "location_coordinates.csv:2: a quote inside field 2, which is not quoted", Error);
}

TEST_CASE("csv-test-data: good files read as their JSON says, bad ones are refused") {
  const auto folder = robustness_folder();
  if (!folder) {
    return;
  }
  const fs::path data = *folder / "csv-test-data";
  const fs::path good_header = data / "csv" / "header-simple.csv";
  for (const fs::path& csv : files_in(data / "csv")) {
    const std::string name = csv.stem().string();
    CAPTURE(name);
    const auto begins_with = [&](const char* front) { return name.rfind(front, 0) == 0; };
    if (begins_with("bad-header-")) { // bad beside a file with the header foo,bar,baz
      CHECK_THROWS_AS(static_cast<void>(read_table({{good_header, "good"}, {csv, "bad"}}, {})), Error);
    } else if (begins_with("bad-")) {
      CHECK_THROWS_AS(static_cast<void>(read(csv, {})), Error);
    } else {
      check_against_json(csv, data / "json" / (name + ".json"), begins_with("header-"));
    }
  }
}

TEST_CASE("every odd file is a table or a clear error, the same on one thread and on two") {
  const auto folder = robustness_folder();
  if (!folder) {
    return;
  }
  std::size_t tables = 0;
  for (const fs::path& path : files_in(*folder)) {
    CAPTURE(path.string());
    const auto outcome = [&](unsigned threads) -> std::string {
      ReadOptions options;
      options.threads = threads;
      try {
        const Table table = read(path, options);
        ++tables;
        CHECK(table.format.delimiter != '\0');
        return std::to_string(table.rows) + "x" + std::to_string(table.columns.size()) +
               test::notes_of(table);
      } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::input);
        CHECK_FALSE(error.hints().empty());
        return error.what();
      }
    };
    CHECK(outcome(1) == outcome(2));
  }
  CHECK(tables > 100);
}

} // namespace mlp::dataset
