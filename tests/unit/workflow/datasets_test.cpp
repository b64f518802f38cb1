#include "workflow/datasets.hpp"

#include "config/pointer.hpp"
#include "unit/workflow/opened_project.hpp"

#include <set>
#include <sstream>

namespace mlp::workflow {
namespace {

using test::error_of;
using test::OpenedProject;
using Lines = std::vector<std::string>;

std::vector<AddedData> added(OpenedProject& project, const std::function<void(AddDataRequest&)>& set,
                             const std::string& folder = "") {
  AddDataRequest request;
  set(request);
  auto workspace = project.open(folder);
  return add_data(workspace, request);
}

struct Rows {
  SplitDataResult result;
  Lines lines;
};
Rows split(OpenedProject& project, const std::string& part, const std::string& output = "") {
  std::string text;
  auto workspace = project.open();
  Rows rows{
      split_data(workspace, {.part = part, .output = output}, [&](std::string_view bytes) { text += bytes; }),
      {}};
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    rows.lines.push_back(line);
  }
  return rows;
}

/// The text before the first `count` commas, and after them.
std::string after_commas(const std::string& line, int count) {
  std::size_t at = 0;
  for (; count > 0; --count) {
    at = line.find(',', at) + 1;
  }
  return line.substr(at);
}

} // namespace

TEST_CASE("data add: the bytes are stored, a pointer stands beside them, and the record says what was read") {
  OpenedProject project;
  const AddedData data = added(project, [](auto& request) {
                           request.paths = {"data/churn.csv"};
                           request.source = "https://example.org/churn";
                           request.licence = "CC0-1.0";
                         }).front();
  const std::string bytes = project.read("data/churn.csv");
  CHECK(data.dataset == sha256(bytes));
  CHECK(data.name == "churn");
  CHECK(data.path == "data/churn.csv");
  CHECK(data.rows == 400);
  CHECK(data.columns == 6);
  CHECK_FALSE(data.unchanged);
  const auto pointer = config::parse_pointer(project.read("data/churn.csv.mlp"), "churn.csv.mlp");
  CHECK(pointer.dataset == data.dataset);
  CHECK(pointer.bytes == static_cast<std::int64_t>(bytes.size()));
  CHECK(pointer.rows == 400);
  auto workspace = project.open();
  CHECK(workspace.store().get(data.dataset) == bytes);
  const Json record = workspace.ledger().read(workspace.ledger().entries().back().id).body;
  CHECK(record["source"] == "https://example.org/churn");
  CHECK(record["previous"].is_null());
  CHECK(record["format"]["delimiter"] == ",");
}

TEST_CASE("data add: unchanged data make no record, changed data a version that knows the one before") {
  OpenedProject project;
  const ContentId first = project.add("data/churn.csv").dataset;
  CHECK(project.add("data/churn.csv").unchanged);
  CHECK(project.records() == 1);
  project.write("data/churn.csv", test::customers(401));
  const AddedData second = project.add("data/churn.csv");
  CHECK_FALSE(second.unchanged);
  auto workspace = project.open();
  CHECK(workspace.ledger().read(workspace.ledger().entries().back().id).body["previous"] == first.hex());
  const auto lines = list_data(workspace);
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].versions == 2);
  CHECK(lines[0].dataset == second.dataset);
  CHECK(lines[0].rows == 401);
}

TEST_CASE("data add: a path is recorded from the project's folder, wherever the command was started") {
  OpenedProject project;
  const auto add = [](auto& request) { request.paths = {"churn.csv"}; };
  CHECK(added(project, add, "data").front().path == "data/churn.csv");
  CHECK(added(project, add, "data").front().unchanged);
}

TEST_CASE("data add: a folder is one dataset, its pointer beside it") {
  OpenedProject project;
  project.write("data/parts/a.csv", test::customers(30));
  project.write("data/parts/b.csv", test::customers(20, 31));
  const AddedData data = project.add("data/parts/");
  CHECK(data.name == "parts");
  CHECK(data.rows == 50);
  CHECK(std::filesystem::exists(project.root / "data/parts.mlp"));
  CHECK(config::parse_pointer(project.read("data/parts.mlp"), "parts.mlp").files == 2);
  CHECK(project.add("data/parts").unchanged);
}

TEST_CASE("data add: where no pointer can be written, nothing is recorded") {
  OpenedProject project;
  project.write("data/churn.csv.mlp/file", "in the way");
  const Error error = error_of(
      [&] { static_cast<void>(added(project, [](auto& request) { request.paths = {"data/churn.csv"}; })); });
  CHECK(std::string(error.what()) == "cannot write the pointer 'data/churn.csv.mlp': it is a folder");
  CHECK(project.records() == 0);
}

TEST_CASE("data add: texts that no record holds are refused before anything is read") {
  OpenedProject project;
  auto workspace = project.open();
  const auto refused = [&](const std::string& message, const std::string& source) {
    AddDataRequest request;
    request.paths = {"data/nowhere.csv"};
    request.message = message;
    request.source = source;
    return error_of([&] { static_cast<void>(add_data(workspace, request)); }).code();
  };
  CHECK(refused(std::string(16'385, 'x'), "") == ErrorCode::usage);
  CHECK(refused(std::string(9'000, 'x'), std::string(9'000, 'y')) == ErrorCode::usage);
  CHECK(refused(std::string(4'000, '\x01'), "") == ErrorCode::usage); // six bytes each in a record
  CHECK(refused(std::string(2'000, '\x01'), "") == ErrorCode::not_found);
}

TEST_CASE("data add: what cannot be read leaves neither record nor pointer") {
  OpenedProject project;
  project.write("data/bad.csv", "a,b\n1,2\n3\n\"open");
  const Error error = error_of([&] { static_cast<void>(project.add("data/bad.csv")); });
  CHECK(error.code() == ErrorCode::input);
  CHECK(project.records() == 0);
  CHECK_FALSE(std::filesystem::exists(project.root / "data/bad.csv.mlp"));
  CHECK(error_of([&] {
          static_cast<void>(added(project, [](auto& request) {
            request.paths = {"data/churn.csv", "mlp.yaml"};
            request.name = "x";
          }));
        }).code() == ErrorCode::usage);
}

TEST_CASE("data show: by name, path or id; data that only a run has read are profiled anew") {
  OpenedProject project;
  const TrainResult trained = project.train();
  auto workspace = project.open();
  const ShownData read = show_data(workspace, "churn");
  CHECK(read.name == "churn");
  CHECK(read.record.is_null());
  CHECK(read.profile.rows == 400);
  static_cast<void>(project.add("data/churn.csv"));
  auto later = project.open();
  for (const std::string& text :
       {std::string("churn"), std::string("data/churn.csv"), trained.dataset.hex()}) {
    const ShownData shown = show_data(later, text);
    CHECK(shown.dataset == trained.dataset);
    CHECK(shown.record["kind"] == "dataset");
    CHECK(shown.profile.columns.size() == 6);
  }
}

TEST_CASE("data split: the parts are those of training, and together all rows once with their number") {
  OpenedProject project;
  const TrainResult trained = project.train();
  std::set<std::string> rows;
  for (const auto& [part, wanted] :
       {std::pair{"train", trained.split.train}, std::pair{"valid", trained.split.valid},
        std::pair{"test", trained.split.test}}) {
    const Rows found = split(project, part);
    REQUIRE(found.lines.size() > 1);
    CHECK(found.lines[0] == "row,id,tenure,charge,contract,region,churn");
    CHECK(found.result.written == wanted);
    CHECK(static_cast<std::int64_t>(found.lines.size()) == wanted + 1);
    rows.insert(found.lines.begin() + 1, found.lines.end());
  }
  CHECK(rows.size() == 400);
  const Rows all = split(project, "");
  CHECK(all.lines[0] == "row,part,id,tenure,charge,contract,region,churn");
  CHECK(all.lines.size() == 401);
  std::istringstream data(test::customer_rows(400));
  for (std::size_t row = 1; row <= 400; ++row) {
    std::string line;
    std::getline(data, line);
    CHECK(all.lines[row].starts_with(std::to_string(row) + ","));
    CHECK(after_commas(all.lines[row], 2) == line);
  }
}

TEST_CASE("data split -o writes a file and prints nothing; a part that is none, or the data themselves, are "
          "misuse") {
  OpenedProject project;
  CHECK(split(project, "test", "test.csv").lines.empty());
  CHECK(project.read("test.csv").starts_with("row,id,"));
  CHECK(error_of([&] { static_cast<void>(split(project, "tset")); }).hints() ==
        Lines{"did you mean `--part test`?"});
  const Error over = error_of([&] { static_cast<void>(split(project, "test", "data/churn.csv")); });
  CHECK(over.code() == ErrorCode::usage);
  CHECK(project.read("data/churn.csv") == test::customers(400));
}

TEST_CASE("data split by file: the test file's rows are the test part, and it is not written over") {
  OpenedProject project(test::replaced(test::project_yaml(), "{by: hash, seed: 0, test: 0.3, valid: 0.2}",
                                       "{by: file, test: data/test.csv, valid: 0.2}"));
  project.write("data/test.csv", test::customers(50, 1001));
  const Rows test_part = split(project, "test");
  CHECK(test_part.lines.size() == 51);
  CHECK(test_part.lines[1].starts_with("1,1001,"));
  CHECK(split(project, "").lines.size() == 451);
  CHECK(error_of([&] { static_cast<void>(split(project, "train", "data/test.csv")); }).code() ==
        ErrorCode::usage);
}

TEST_CASE("data add: a folder of files that are no rows is one version, with no profile") {
  OpenedProject project;
  project.write("data/docs/a.txt", "some words");
  project.write("data/docs/deep/er/b.bin", std::string("\0\1\2", 3));
  const AddedData first = project.add("data/docs");
  CHECK_FALSE(first.table);
  CHECK(first.files == 2);
  CHECK(first.bytes == 13);
  CHECK(project.read("data/docs.mlp").ends_with("bytes: 13\nrows: 0\nfiles: 2\n"));
  // What sha256sum says, so that an exported listing can be checked: printf 'some words' | sha256sum
  const ContentId a = sha256("some words");
  const ContentId b = sha256(std::string("\0\1\2", 3));
  CHECK(first.dataset == sha256("# mlp tree 1\n" + a.hex() + "  a.txt\n" + b.hex() + "  deep/er/b.bin\n"));
  CHECK(project.add("data/docs").unchanged);
  project.write("data/docs/c.txt", "more");
  CHECK(project.add("data/docs").files == 3);
  auto workspace = project.open();
  CHECK(workspace.store().fsck(true, nullptr, nullptr).empty());
}

TEST_CASE("data add: a folder of tables is rows, and so is any folder that mlp.yaml declares") {
  OpenedProject project;
  project.write("data/parts/1.csv", "a,b\n1,2\n");
  project.write("data/parts/2.csv.gz", "a,b\n3,4\n"); // not packed in truth: told by its bytes
  CHECK(project.add("data/parts").rows == 2);
  project.write("data/texts/1.txt", test::customers(400));
  project.edit("path: data/churn.csv", "path: data/texts");
  CHECK(project.add("data/texts").rows == 400);
}

} // namespace mlp::workflow
