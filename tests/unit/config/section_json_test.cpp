#include "unit/config/loaded.hpp"

#include <doctest/doctest.h>

using namespace mlp::config;
using namespace mlp::test;

namespace {

Project load(const std::string& text) { return load_project(text, "mlp.yaml").project; }

} // namespace

TEST_CASE("order, comments, spacing and written-out defaults do not change the sections") {
  const Project plain = load(std::string(k_smallest));
  const Project written = load(
      "model:   # what to train\n"
      "  seed: 0\n  rounds: 500.0e0\n"
      "  task: binary\n"
      "data:\n  positive: 'Yes'\n  target: churn\n  path: [churn.csv]\n"
      "  columns: {tenure: {role: feature}}\n"
      "  split: {valid: 0.20, test: 2e-1, by: hash}\n"
      "evaluation: {confidence: 0.95, metrics: [roc_auc, log_loss, average_precision, recall, precision]}\n"
      "name: churn\nschema: mlp.project/1\n");
  CHECK(plain.data_section.dump() == written.data_section.dump());
  CHECK(plain.evaluation_section.dump() == written.evaluation_section.dump());
  CHECK(load(std::string(k_smallest) + "product: {question: other}\n").data_section == plain.data_section);
}

TEST_CASE("the model's seed is in the model section only, the split in the data section only") {
  const Project plain = load(std::string(k_smallest));
  const Project seeded = load_project(k_smallest, "mlp.yaml", {{"seed", "9"}}).project;
  CHECK(plain.model_section != seeded.model_section);
  CHECK(plain.data_section == seeded.data_section);
  CHECK(plain.evaluation_section == seeded.evaluation_section);
  const Project moved = load_project(k_smallest, "mlp.yaml", {{"data.split.seed", "9"}}).project;
  CHECK(plain.data_section != moved.data_section);
  CHECK(plain.model_section == moved.model_section);
}

TEST_CASE("the sections hold every default") {
  const Project project = load(std::string(k_smallest));
  CHECK(
      project.data_section.dump() ==
      R"({"columns":{},"format":{"delimiter":null,"encoding":null,"header":null,"missing":null},"path":["churn.csv"],)"
      R"("positive":"Yes","split":{"by":"hash","key":[],"seed":0,"test":0.2,"valid":0.2},"target":"churn"})");
  CHECK(
      project.model_section.dump() ==
      R"({"calibrate":"none","class_weight":"none","early_stopping":30,"params":{},"rounds":500,"seed":0,"task":"binary",)"
      R"("trainer":"xgboost"})");
  CHECK(
      project.evaluation_section.dump() ==
      R"({"bootstrap":2000,"confidence":0.95,"decision":{"costs":null,"threshold":0.5},)"
      R"("metrics":["roc_auc","log_loss","average_precision","recall","precision"],"reference_population":null,"seed":0,"slices":[]})");
}

TEST_CASE("the data section holds marks of numbers only where they are declared") {
  const Project project = load(with_data("  format: {decimal: \",\"}\n"));
  CHECK(project.data_section["format"]["decimal"].as_string() == ",");
  CHECK(project.data_section["format"]["thousands"].is_null());
}

TEST_CASE("a protected column without a role is ignored by the trainer") {
  const Project project =
      load(with_data("  columns: {sex: {protected: true}, age: {protected: true, role: feature}}\n"));
  CHECK(project.data_section["columns"]["sex"]["role"].as_string() == "ignore");
  CHECK(project.data_section["columns"]["age"]["role"].as_string() == "feature");
}
