#include "workflow/data_diffing.hpp"

#include "unit/workflow/opened_project.hpp"

namespace mlp::workflow {
namespace {

using test::customer_rows;
using test::customers;
using test::error_of;
using test::OpenedProject;

Json diff(OpenedProject& project, const std::string& left, const std::string& right,
          const std::vector<std::string>& ids = {}) {
  auto workspace = project.open();
  return diff_data(workspace, {left, right, ids});
}

} // namespace

TEST_CASE(
    "data diff: a stored version against the file that changed, by the declared id, hidden values hidden") {
  OpenedProject project;
  const AddedData first = project.add("data/churn.csv");
  // customer 2 stays longer, 400 leaves the table, 401 comes
  std::string text = customers(399) + customer_rows(1, 401);
  const auto begin = text.find("\n2,") + 1;
  const std::string line = text.substr(begin, text.find('\n', begin) - begin);
  std::string other = "2,71" + line.substr(line.find(',', 2));
  other = test::replaced(other, "south", "north");
  project.write("data/churn.csv", text.replace(begin, line.size(), other));
  const Json document = diff(project, first.dataset.hex(), "data/churn.csv");
  CHECK(document["schema"] == "mlp.data_diff/1");
  CHECK(document["equal"] == false);
  CHECK(document["left"]["rows"] == 400);
  CHECK(document["files"].is_null());
  const Json& rows = document["table"]["rows"];
  CHECK(rows["by"] == "id");
  CHECK(rows["added_rows"] == Json::array({400}));
  CHECK(rows["removed_rows"] == Json::array({400}));
  CHECK(rows["changed"] == 1);
  CHECK(rows["unchanged"] == 398);
  const Json& cells = rows["changed_rows"].as_array().front()["cells"];
  REQUIRE(cells.size() == 2);
  CHECK(cells.as_array()[0]["column"] == "tenure");
  CHECK(cells.as_array()[0]["right"] == "71");
  CHECK(cells.as_array()[1]["column"] == "region"); // is protected
  CHECK(cells.as_array()[1]["shown"] == false);
  CHECK_FALSE(cells.as_array()[1].has("left"));
}

TEST_CASE("data diff: the same bytes are equal without being read, the same rows in other bytes too") {
  OpenedProject project;
  static_cast<void>(project.add("data/churn.csv"));
  CHECK(diff(project, "data:churn", "data/churn.csv")["equal"] == true);
  project.write("same.csv", customers(400) + "\n"); // a blank line is skipped
  const Json document = diff(project, "data:churn", "same.csv");
  CHECK(document["equal"] == true);
  CHECK(document["table"]["rows"]["unchanged"] == 400);
}

TEST_CASE("data diff: folders compare by file, and only files that differ are read") {
  OpenedProject project;
  project.write("parts/a.csv", customers(50));
  project.write("parts/b.csv", customers(50, 51));
  const AddedData first = project.add("parts");
  project.write("parts/b.csv", customers(49, 51));
  project.write("parts/c.csv", customers(10, 200));
  const Json document = diff(project, first.dataset.hex(), "./parts"); // the folder, not the name
  CHECK(document["equal"] == false);
  CHECK(document["files"]["unchanged"] == 1);
  CHECK(document["files"]["changed_files"] == Json::array({"b.csv"}));
  CHECK(document["files"]["added_files"] == Json::array({"c.csv"}));
  CHECK(document["table"]["left_rows"] == 50); // b.csv alone
  CHECK(document["table"]["right_rows"] == 59);
  CHECK(document["table"]["rows"]["removed"] == 1);
  CHECK(document["table"]["rows"]["added"] == 10);
  CHECK(document["table"]["rows"]["added_rows"].size() == 0); // of which file?
}

TEST_CASE("data diff: files that are no tables, or only come, are compared by name and bytes") {
  OpenedProject project;
  project.write("old/a.png", "1");
  project.write("new/a.png", "2");
  Json document = diff(project, "old", "new");
  CHECK(document["files"]["changed"] == 1);
  CHECK(document["table"].is_null());
  project.write("one/a.csv", customers(5));
  project.write("two/a.csv", customers(5));
  project.write("two/b.csv", customers(5, 6));
  document = diff(project, "one", "two");
  CHECK(document["files"]["added"] == 1);
  CHECK(document["table"].is_null());
  CHECK(document["equal"] == false);
}

TEST_CASE("data diff: --id that names no rows, and a side that is nothing, are errors") {
  OpenedProject project;
  project.write("b.csv", customers(10));
  const Error twice =
      error_of([&] { static_cast<void>(diff(project, "data/churn.csv", "b.csv", {"region"})); });
  CHECK(twice.code() == ErrorCode::input);
  CHECK(std::string(twice.what()) == "'region' does not name each row once");
  const Error absent =
      error_of([&] { static_cast<void>(diff(project, "data/churn.csv", "b.csv", {"nope"})); });
  CHECK(std::string(absent.what()) == "'nope' is in neither table");
  CHECK(error_of([&] { static_cast<void>(diff(project, "data/churn.csv", "c.csv")); }).code() ==
        ErrorCode::not_found);
}

} // namespace mlp::workflow
