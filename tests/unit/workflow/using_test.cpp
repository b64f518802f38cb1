#include "workflow/using.hpp"

#include "support/failing_files.hpp"
#include "unit/workflow/opened_project.hpp"
#include "workflow/deciding.hpp"

#include <sstream>

namespace mlp::workflow {
namespace {

using test::error_of;
using test::OpenedProject;

struct Predicted {
  PredictResult result;
  std::string text;
  std::vector<std::string> lines;
};

Predicted predicted(OpenedProject& project, PredictRequest request) {
  Predicted found;
  auto workspace = project.open();
  found.result = predict(workspace, request, [&](std::string_view bytes) { found.text += bytes; });
  std::istringstream text(found.text);
  for (std::string line; std::getline(text, line);) {
    found.lines.push_back(line);
  }
  return found;
}

PredictRequest of(const std::string& input, const std::string& on_invalid = "") {
  return {.model = {}, .input = input, .output = {}, .on_invalid = on_invalid};
}

std::string refusal(OpenedProject& project, const PredictRequest& request, ErrorCode code) {
  const Error error = error_of([&] { static_cast<void>(predicted(project, request)); });
  CHECK(error.code() == code);
  return error.what();
}

/// A project with a model, and what its rows look like.
struct WithModel : OpenedProject {
  ContentId model = train().model;
  void input(const std::string& rows, const std::string& header = "id,tenure,charge,contract,region\n") {
    write("data/in.csv", header + rows);
  }
};

using Counts = std::map<std::string, std::int64_t>;

} // namespace

TEST_CASE("predict: one line a row in the order of the input, with the id and the label's own text") {
  WithModel project;
  project.input("901,3,50,month,north\n900,60,50,two,south\n");
  const Predicted found = predicted(project, of("data/in.csv"));
  REQUIRE(found.lines.size() == 3);
  CHECK(found.lines[0] == "row,id,prediction,probability");
  CHECK(found.lines[1].starts_with("1,901,Yes,0.")); // short tenure, monthly
  CHECK(found.lines[2].starts_with("2,900,No,0."));
  CHECK(found.result.rows == 2);
  CHECK(found.result.report.invalid_rows == 0);
  CHECK(found.result.model == project.model);
  CHECK(found.result.note.starts_with("no model holds stage 'production'"));
}

TEST_CASE("predict: the model's own evaluation scores the same rows alike") {
  WithModel project;
  const EvaluateResult evaluated = project.evaluate();
  auto workspace = project.open();
  std::istringstream kept(
      workspace.store().get(*ContentId::from_hex(evaluated.record.body["predictions"].as_string())));
  const Predicted all = predicted(project, of("data/churn.csv"));
  std::string line;
  std::getline(kept, line);
  CHECK(line == all.lines[0]);
  std::int64_t compared = 0;
  while (std::getline(kept, line)) {
    const std::size_t row = std::stoul(line);
    CHECK(all.lines[row] == line);
    ++compared;
  }
  CHECK(compared == evaluated.evaluation.n);
}

TEST_CASE("predict: unseen categories, values out of range and of the wrong type are counted by column") {
  WithModel project;
  project.input("901,3,50,month,north\n"
                "902,3,50,weekly,north\n"  // a contract that training never saw
                "903,900,50,month,north\n" // tenures end at 71
                "904,many,50,month,north\n"
                "905,,50,month,north\n" // missing is XGBoost's business
                "906,-1,50,weekly,north\n");
  const Predicted found = predicted(project, of("data/in.csv"));
  CHECK(found.result.rows == 6);
  CHECK(found.result.report.unseen_category == Counts{{"contract", 2}});
  CHECK(found.result.report.out_of_range == Counts{{"tenure", 2}});
  CHECK(found.result.report.wrong_type == Counts{{"tenure", 1}});
  CHECK(found.result.report.missing == Counts{{"tenure", 1}});
  CHECK(found.result.report.invalid_rows == 4);
  CHECK(found.result.first_invalid == std::vector<std::int64_t>{2, 3, 4, 6});
  CHECK(found.result.rejected == 0);
  for (std::size_t row = 1; row <= 6; ++row) { // flagged rows are predicted all the same
    CHECK((found.lines[row].find(",Yes,") != std::string::npos ||
           found.lines[row].find(",No,") != std::string::npos));
  }
}

TEST_CASE("predict: rejected rows keep their line and have no prediction; the option beats mlp.yaml") {
  WithModel project;
  project.input("901,3,50,month,north\n902,3,50,weekly,north\n");
  const Predicted rejecting = predicted(project, of("data/in.csv", "reject"));
  REQUIRE(rejecting.lines.size() == 3);
  CHECK(rejecting.lines[2] == "2,902,,");
  CHECK(rejecting.result.rejected == 1);

  project.edit("evaluation:", "predict: {on_invalid: reject}\nevaluation:");
  CHECK(predicted(project, of("data/in.csv")).lines[2] == "2,902,,");
  CHECK(predicted(project, of("data/in.csv", "flag")).lines[2] != "2,902,,");
  CHECK(refusal(project, of("data/in.csv", "drop"), ErrorCode::usage) ==
        "--on-invalid: 'drop' is neither reject nor flag");
}

TEST_CASE("predict: columns that are missing are all named; more columns than needed do no harm") {
  WithModel project;
  project.input("901,north\n", "id,region\n");
  const std::string message = refusal(project, of("data/in.csv"), ErrorCode::input);
  CHECK(message.find("tenure") != std::string::npos);
  CHECK(message.find("contract") != std::string::npos);
  project.input("x,50,month,3\n", "more,charge,contract,tenure\n");
  const Predicted found = predicted(project, of("data/in.csv"));
  CHECK(found.lines[0] == "row,prediction,probability"); // the id is no feature: it may be absent
  CHECK(found.lines.size() == 2);
}

TEST_CASE("predict: a header without rows makes a header without rows; no file, or an empty one, is an input "
          "error") {
  WithModel project;
  project.input("");
  const Predicted found = predicted(project, of("data/in.csv"));
  CHECK(found.text == "row,id,prediction,probability\n");
  CHECK(found.result.rows == 0);
  CHECK(refusal(project, of("data/none.csv"), ErrorCode::not_found) ==
        "the input 'data/none.csv' does not exist");
  project.input("", "");
  CHECK(refusal(project, of("data/in.csv"), ErrorCode::input) ==
        "cannot read 'data/in.csv': the file is empty");
}

TEST_CASE("predict -o: the file appears whole, or not at all, and never in place of its input") {
  WithModel project;
  project.input("901,3,50,month,north\n");
  PredictRequest request = of("data/in.csv");
  request.output = "out/predictions.csv";
  CHECK(refusal(project, request, ErrorCode::not_found) ==
        "the output's folder '" + (project.root / "out").string() + "' does not exist");
  std::filesystem::create_directory(project.root / "out");
  CHECK(predicted(project, request).text == "");
  CHECK(project.read("out/predictions.csv").starts_with("row,id,prediction,probability\n1,901,"));

  project.input("902,3,50,month,north,too,many\n");
  static_cast<void>(refusal(project, request, ErrorCode::input));
  CHECK(project.read("out/predictions.csv").find("1,901,") != std::string::npos);
  CHECK(std::distance(std::filesystem::directory_iterator(project.root / "out"), {}) == 1); // no draft stays

  project.input("901,3,50,month,north\n");
  const std::string before = project.read("data/in.csv");
  request.output = "out/../data/in.csv";
  CHECK(refusal(project, request, ErrorCode::usage).find("is the file that is read") != std::string::npos);
  CHECK(project.read("data/in.csv") == before);
}

TEST_CASE("predict: a retired model is no default; named, it predicts with a note") {
  WithModel project;
  project.input("901,3,50,month,north\n");
  {
    auto workspace = project.open();
    static_cast<void>(retire(workspace, {.model = project.model.hex(), .reason = "old", .replaced_by = {}}));
  }
  CHECK(refusal(project, of("data/in.csv"), ErrorCode::not_found) == "this project has no model to use");
  PredictRequest named = of("data/in.csv");
  named.model = project.model.hex();
  CHECK(predicted(project, named).result.note == "churn " + project.model.brief() + " is retired");
}

TEST_CASE("export: a plain folder whose SHA256SUMS is the model's id") {
  WithModel project;
  auto workspace = project.open();
  const ExportResult result = export_model(workspace, {.model = {}, .to = "out/served"});
  CHECK(result.model == project.model);
  CHECK(result.files == std::vector<std::string>{"model.ubj", "features.json", "README.md", "SHA256SUMS"});
  const std::string sums = project.read("out/served/SHA256SUMS");
  CHECK(sha256(sums) == project.model);
  for (const char* file : {"model.ubj", "features.json"}) {
    const std::string hash = sha256(project.read(std::string("out/served/") + file)).hex();
    CHECK(sums.find(hash + "  " + file) != std::string::npos);
  }
  const Json features = Json::parse(project.read("out/served/features.json"));
  CHECK(features["target"] == "churn");
  CHECK(features["features"].size() == 3);
  CHECK(project.read("out/served/README.md").find(project.model.hex()) != std::string::npos);
}

TEST_CASE("export: whichever disk operation fails, the folder is there as a whole or not at all") {
  WithModel project;
  bool failed = true;
  for (int allowed = 0; failed; ++allowed) {
    CAPTURE(allowed);
    test::FailingFiles failing(allowed);
    const Context whole = project.context();
    const Context context{.directory = whole.directory,
                          .now_ns = whole.now_ns,
                          .files = failing,
                          .progress = whole.progress,
                          .interrupt = whole.interrupt,
                          .store = {},
                          .xgboost = {}};
    try {
      Workspace workspace(context);
      static_cast<void>(export_model(workspace, {.model = {}, .to = "out/served/"}));
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::environment);
    }
    failed = failing.failed();
    const auto out = project.root / "out";
    if (std::filesystem::exists(out / "served")) {
      CHECK(sha256(project.read("out/served/SHA256SUMS")) == project.model);
      CHECK(std::distance(std::filesystem::directory_iterator(out), {}) == 1);
    } else {
      CHECK((!std::filesystem::exists(out) || std::filesystem::is_empty(out)));
    }
    std::filesystem::remove_all(out);
  }
}

TEST_CASE("export: nothing that is there is overwritten") {
  WithModel project;
  auto workspace = project.open();
  project.write("out/served/mine.txt", "mine");
  project.write("out/file", "x");
  for (const char* taken : {"out/served", "out/file"}) {
    const Error error =
        error_of([&] { static_cast<void>(export_model(workspace, {.model = {}, .to = taken})); });
    CHECK(error.code() == ErrorCode::input);
    CHECK(std::string(error.what()) == std::string("'") + taken + "' exists and is not an empty folder");
  }
  std::filesystem::create_directories(project.root / "out/empty");
  CHECK(export_model(workspace, {.model = "churn", .to = "out/empty"}).files.size() == 4);
}

} // namespace mlp::workflow
