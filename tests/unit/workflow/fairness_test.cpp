#include "unit/workflow/opened_project.hpp"

using doctest::Approx;
using namespace mlp;
using namespace mlp::test;

namespace {

/// region is protected in the sample project; `telling` makes another column say the same.
void add_column(const OpenedProject& project, bool telling) {
  std::string text = "id,tenure,charge,contract,region,zip,churn\n";
  for (int id = 1; id <= 1200; ++id) {
    const std::string row = customer_rows(1, id);
    const std::size_t last = row.rfind(',');
    const bool north = id % 4 == 0;
    const int zip = telling ? (north ? 1000 + id % 7 : 2000 + id % 7) : id * 31 % 997;
    text += row.substr(0, last) + "," + std::to_string(zip) + row.substr(last);
  }
  project.write("data/churn.csv", text);
}

const evaluation::AttributeFairness& attribute(const workflow::EvaluateResult& result) {
  REQUIRE(result.fairness.attributes.size() == 1);
  return result.fairness.attributes.front();
}

} // namespace

TEST_CASE("evaluate: a protected column has groups, disparities and a section of the document") {
  OpenedProject project;
  static_cast<void>(project.train());
  const auto result = project.evaluate();
  CHECK(attribute(result).columns == std::vector<std::string>{"region"});
  CHECK(attribute(result).groups.size() == 2);
  const Json& section = result.document["fairness"]["attributes"].as_array().front();
  CHECK(section["columns"] == Json::array({"region"}));
  CHECK(section["is_feature"] == false);
  CHECK(section["counterfactual"].is_null()); // the model does not read it
  CHECK(section["disparities"].as_array().size() == 10);
  CHECK(result.document["weak_slices"]["loss"] == "log_loss");
  CHECK_FALSE(result.record.body.has("fairness")); // it is in the document object
}

TEST_CASE("evaluate: a column that repeats the protected one is a proxy, one that does not is none") {
  OpenedProject project;
  add_column(project, true);
  static_cast<void>(project.train());
  const auto telling = project.evaluate();
  REQUIRE(attribute(telling).proxy->auc);
  CHECK(*attribute(telling).proxy->auc > .99);
  CHECK(check_named(telling, "proxy_auc").status == CheckStatus::fail);
  CHECK(check_named(telling, "attribute_not_a_feature").status == CheckStatus::pass);

  add_column(project, false);
  static_cast<void>(project.train());
  const auto silent = project.evaluate();
  CHECK(*attribute(silent).proxy->auc < *attribute(telling).proxy->auc);
}

TEST_CASE("evaluate: where the model reads the protected column, flipping it is tried, and it is said") {
  OpenedProject project;
  project.edit("region: {protected: true}", "region: {protected: true, role: feature}");
  // region decides nearly everything: whoever is moved north stays
  std::string text = k_customers_header;
  for (int id = 1; id <= 900; ++id) {
    text += std::to_string(id) + ",5," + std::to_string(id * 7919 % 1009) + ",month," +
            (id % 2 == 0 ? "north," : "south,") + ((id % 2 == 0) != (id % 9 == 0) ? "No" : "Yes") + "\n";
  }
  project.write("data/churn.csv", text);
  static_cast<void>(project.train());
  const auto result = project.evaluate();
  REQUIRE(attribute(result).counterfactual);
  CHECK(*attribute(result).counterfactual->flipped > .99);
  CHECK(attribute(result).counterfactual->mean_change > .5);
  CHECK(check_named(result, "attribute_not_a_feature").status == CheckStatus::warn);
  CHECK(check_named(result, "disparity").status == CheckStatus::warn);
}

TEST_CASE("evaluate: a protected column of many values is bounded and said so") {
  OpenedProject project;
  project.edit("region: {protected: true}", "region: {protected: true}\n    id: {role: id, protected: true}");
  project.edit("    id: {role: id}\n", "");
  std::string text = k_customers_header;
  for (int id = 1; id <= 400; ++id) {
    const std::string row = customer_rows(1, id);
    text += "c" + row;
  }
  project.write("data/churn.csv", text);
  static_cast<void>(project.train());
  const auto result = project.evaluate();
  CHECK(std::any_of(result.notes.begin(), result.notes.end(), [](const std::string& note) {
    return note.starts_with("more than 50 slices: the largest are shown, the rest is id=(others: ");
  }));
  for (const auto& one : result.fairness.attributes) {
    CHECK(one.groups.size() <= 52);
  }
}
