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

CheckoutResult checked_out(OpenedProject& project, const CheckoutRequest& request) {
  auto workspace = project.open();
  return checkout_data(workspace, request);
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

TEST_CASE("data checkout: a version by name, id or pointer comes back where it lay, or where it is wanted") {
  OpenedProject project;
  const std::string bytes = project.read("data/churn.csv");
  const ContentId dataset = project.add("data/churn.csv").dataset;
  const auto path = project.root / "data/churn.csv";
  for (const std::string& text : {std::string("churn"), dataset.hex(), std::string("data/churn.csv"),
                                  std::string("data/churn.csv.mlp")}) {
    CAPTURE(text);
    std::filesystem::remove(path);
    const CheckoutResult result = checked_out(project, {.dataset = text, .to = {}});
    CHECK_FALSE(result.already_there);
    CHECK(result.name == "churn");
    CHECK(project.read("data/churn.csv") == bytes);
  }
  CHECK(checked_out(project, {.dataset = "churn", .to = {}}).already_there);
  static_cast<void>(checked_out(project, {.dataset = "churn", .to = "old/copy.csv"}));
  CHECK(project.read("old/copy.csv") == bytes);
}

TEST_CASE("data checkout: data that only a run has read come back under their own name") {
  OpenedProject project(test::replaced(test::project_yaml(), "name: churn", "name: leavers"));
  const TrainResult trained = project.train();
  std::filesystem::remove(project.root / "data/churn.csv");
  const CheckoutResult result = checked_out(project, {.dataset = trained.dataset.hex(), .to = {}});
  CHECK(result.name == "churn");
  CHECK(project.read("data/churn.csv") == test::customers(400));
}

TEST_CASE("data checkout: bytes that no version keeps are not overwritten unless forced") {
  OpenedProject project;
  static_cast<void>(project.add("data/churn.csv"));
  project.write("data/churn.csv", "mine");
  const Error error =
      error_of([&] { static_cast<void>(checked_out(project, {.dataset = "churn", .to = {}})); });
  CHECK(error.code() == ErrorCode::input);
  CHECK(project.read("data/churn.csv") == "mine");
  static_cast<void>(checked_out(project, {.dataset = "churn", .to = {}, .force = true}));
  CHECK(project.read("data/churn.csv") == test::customers(400));

  project.write("data/churn.csv", test::customers(401));
  static_cast<void>(project.add("data/churn.csv")); // these bytes are kept: they may go
  project.write("data/june.csv", test::customers(10));
  const ContentId june = project.add("data/june.csv").dataset;
  CHECK(checked_out(project, {.dataset = june.hex(), .to = "data/churn.csv"}).dataset == june);
}

} // namespace mlp::workflow
