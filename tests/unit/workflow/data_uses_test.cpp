#include "unit/workflow/opened_project.hpp"
#include "workflow/data_choice.hpp"
#include "workflow/datasheet.hpp"
#include "workflow/tracing.hpp"

namespace mlp::workflow {
namespace {

using test::customers;
using test::error_of;
using test::OpenedProject;

const Json& section(const Json& sheet, const std::string& title) {
  for (const Json& item : sheet["sections"].as_array()) {
    if (item["title"] == title) {
      return item;
    }
  }
  FAIL("no section ", title);
  return sheet;
}

Json fact(const Json& section, const std::string& name) {
  for (const Json& item : section["facts"].as_array()) {
    if (item["name"] == name) {
      return item;
    }
  }
  return {};
}

} // namespace

TEST_CASE("uses of data: the models trained on them, what was said of these, and the stages held now") {
  OpenedProject project;
  const AddedData added = project.add("data/churn.csv");
  {
    auto workspace = project.open();
    CHECK(uses_text(uses_of(workspace, {added.dataset.hex()})) == "nothing was made from it");
  }
  const ContentId model = project.promoted();
  auto workspace = project.open();
  const DataUses uses = uses_of(workspace, {added.dataset.hex()});
  REQUIRE(uses.models.size() == 1);
  CHECK(uses.models[0].model == model.hex());
  CHECK(uses.models[0].stages == std::vector<std::string>{"staging"});
  CHECK(uses.evaluations.size() == 1);
  CHECK(uses.decisions.size() == 1);
  CHECK(uses_text(uses) == "1 model, 1 evaluation, 1 decision; held now: staging by churn " + model.brief());
  CHECK(uses_of(workspace, {std::string(64, '0')}).models.empty());
}

TEST_CASE("lineage down of a file of a folder: the versions that hold it, and what they touched") {
  OpenedProject project;
  std::filesystem::remove(project.root / "data/churn.csv");
  project.write("data/parts/a.csv", customers(200));
  project.write("data/parts/b.csv", customers(200, 201));
  project.edit("path: data/churn.csv", "path: data/parts");
  project.commit();
  static_cast<void>(project.add("data/parts"));
  const ContentId model = project.promoted();
  auto workspace = project.open();
  const LineageNode by_bytes = lineage(workspace, "data/parts/b.csv", Direction::down);
  CHECK(by_bytes.kind == "file");
  REQUIRE(by_bytes.links.size() == 1);
  CHECK(by_bytes.links[0].text.ends_with("holds these bytes"));
  CHECK(by_bytes.links[0].links.front().kind == "run");
  const auto touched = touched_by(workspace, by_bytes);
  REQUIRE(touched);
  CHECK(touched->models.front().model == model.hex());
  CHECK(touched->models.front().stages == std::vector<std::string>{"staging"});

  project.write("data/parts/b.csv", customers(199, 201)); // put right since
  auto later = project.open();
  CHECK(lineage(later, "data/parts/b.csv", Direction::down)
            .links[0]
            .text.ends_with("holds other bytes in its place"));
  std::filesystem::remove(project.root / "data/parts/b.csv");
  CHECK(lineage(later, "data/parts/b.csv", Direction::down).links.size() == 1);
  CHECK(error_of([&] { static_cast<void>(lineage(later, "data/parts/c.csv", Direction::down)); }).code() ==
        ErrorCode::not_found);
}

TEST_CASE("a lineage that begins with a version of data, by id prefix too, says what was touched; a model's "
          "does not") {
  OpenedProject project;
  const AddedData added = project.add("data/churn.csv");
  const ContentId model = project.train().model;
  auto workspace = project.open();
  for (const std::string& text : {added.dataset.hex().substr(0, 12), std::string("data/churn.csv")}) {
    const auto touched = touched_by(workspace, lineage(workspace, text, Direction::down));
    REQUIRE(touched);
    CHECK(touched->models.front().model == model.hex());
  }
  CHECK_FALSE(touched_by(workspace, lineage(workspace, model.hex(), Direction::down)));
}

TEST_CASE("a datasheet holds facts with the hash of their evidence, and words of committed files alone") {
  OpenedProject project;
  AddDataRequest request;
  request.paths = {"data/churn.csv"};
  request.source = "https://example.org/churn";
  request.licence = "CC-BY-4.0";
  {
    auto workspace = project.open();
    static_cast<void>(add_data(workspace, request));
  }
  project.write("datasheets/churn.md",
                "# About\n\n## Motivation\n\nTo keep customers.\n\n## Uses\nNot for pricing.\n");
  {
    auto workspace = project.open();
    CHECK(section(datasheet(workspace, "data:churn"), "Motivation")["text"].is_null()); // not committed
  }
  project.commit();
  static_cast<void>(project.train());
  auto workspace = project.open();
  const Json sheet = datasheet(workspace, "data:churn");
  CHECK(sheet["sections"].size() == 7);
  const Json& motivation = section(sheet, "Motivation");
  CHECK(motivation["text"] == "To keep customers.");
  CHECK(motivation["text_evidence"]["id"] == sha256(project.read("datasheets/churn.md")).hex());
  CHECK(fact(motivation, "question that it should answer")["value"] == "Who will leave?");
  const Json& composition = section(sheet, "Composition");
  CHECK(composition["text"].is_null());
  CHECK(fact(composition, "rows")["value"] == 400);
  CHECK(fact(composition, "rows")["evidence"]["kind"] == "profile");
  // ids divisible by 4 live in the north: 100 of 400
  CHECK(fact(composition, "protected, 'region'")["value"] == "south 75.0% (300), north 25.0% (100)");
  CHECK_FALSE(fact(composition, "labels, 'churn'").is_null());
  CHECK(fact(section(sheet, "Distribution"), "licence")["value"] == "CC-BY-4.0");
  CHECK(section(sheet, "Uses")["text"] == "Not for pricing.");
  CHECK(section(sheet, "Uses")["facts"].size() == 2); // one model, and the summary
  CHECK(fact(section(sheet, "Maintenance"), "owner")["value"] == "Ana Ruiz <ana@example.org>");
  for (const Json& item : sheet["sections"].as_array()) {
    for (const Json& known : item["facts"].as_array()) {
      CHECK(known["value"].is_null() == known["evidence"].is_null());
    }
  }
}

TEST_CASE("data show reads a path that was never added, and stores nothing") {
  OpenedProject project;
  project.write("new.csv", customers(30));
  auto workspace = project.open();
  const ShownData shown = show_data(workspace, "new.csv");
  CHECK(shown.profile.rows == 30);
  CHECK(shown.record.is_null());
  CHECK(shown.notes.back() == "not added yet: `mlp data add new.csv` keeps this version");
  CHECK(shown.dataset == sha256(customers(30)));
  CHECK_FALSE(workspace.store().contains(shown.dataset));
  CHECK(project.records() == 0);
}

TEST_CASE("data show of a file that was added by another name shows that record") {
  OpenedProject project;
  project.write("old.csv", customers(30));
  static_cast<void>(project.add("old.csv"));
  project.write("copy.csv", customers(30));
  auto workspace = project.open();
  const ShownData shown = show_data(workspace, "copy.csv");
  CHECK(shown.name == "old");
  CHECK(shown.recorded.size() == 64);
  CHECK(shown.profile.rows == 30);
}

TEST_CASE("data show of a folder of files that are no table says so, added or not") {
  OpenedProject project;
  project.write("pictures/a.png", "1");
  project.write("pictures/b.png", "2");
  auto workspace = project.open();
  CHECK(show_data(workspace, "pictures").notes.front().starts_with("a folder of 2 files that are no table"));
  static_cast<void>(project.add("pictures"));
  auto later = project.open();
  const ShownData shown = show_data(later, "pictures");
  CHECK(shown.files == 2);
  CHECK(shown.profile.columns.empty());
  CHECK(shown.notes.size() == 1);
}

TEST_CASE("columns are chosen by name or by number; unknown ones have a nearest") {
  ShownData shown;
  shown.name = "t";
  for (const char* name : {"a", "b", "age"}) {
    shown.profile.columns.emplace_back().name = name;
  }
  CHECK(chosen_columns(shown, {{}, 2}) == std::vector<std::size_t>{0, 1});
  CHECK(chosen_columns(shown, {{}, 0}).size() == 3);
  CHECK(chosen_columns(shown, {{"age", "a"}, 200}) == std::vector<std::size_t>{2, 0});
  const Error error = error_of([&] { static_cast<void>(chosen_columns(shown, {{"agge"}, 200})); });
  CHECK(std::string(error.what()) == "'t' has no column 'agge'");
  CHECK(error_of([&] { static_cast<void>(chosen_columns(shown, {{}, -1})); }).code() == ErrorCode::usage);
}

} // namespace mlp::workflow
