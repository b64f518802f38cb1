#include "base/error.hpp"
#include "model/artifact.hpp"
#include "opened_project.hpp"
#include "workflow/using.hpp"

using mlp::test::OpenedProject;
namespace workflow = mlp::workflow;

namespace {

std::string predictions(OpenedProject& project, const std::string& model) {
  std::string out;
  auto workspace = project.open();
  static_cast<void>(workflow::predict(
      workspace, {.model = model, .input = "data/churn.csv", .output = "", .on_invalid = ""},
      [&out](std::string_view bytes) { out += bytes; }));
  return out;
}

} // namespace

TEST_CASE("a calibrated model is another model: recorded, predicted with, evaluated, exported with how to "
          "apply it") {
  OpenedProject project;
  const auto plain = project.train();
  const auto platt = project.train({"calibrate=platt"});
  CHECK(platt.model != plain.model);
  CHECK(platt.run.body["calibration"]["method"] == mlp::Json("platt"));
  CHECK(platt.run.body["calibration"]["n"] == mlp::Json(platt.split.valid));
  CHECK(plain.run.body["calibration"].is_null());
  CHECK(predictions(project, platt.model.hex()) != predictions(project, plain.model.hex()));
  const auto evaluated = project.evaluate(platt.model.hex());
  // a monotone map leaves the ranking, and moves the loss
  const auto other = project.evaluate(plain.model.hex());
  CHECK(*evaluated.evaluation.find("roc_auc")->value ==
        doctest::Approx(*other.evaluation.find("roc_auc")->value));
  CHECK(*evaluated.evaluation.find("log_loss")->value != *other.evaluation.find("log_loss")->value);
  auto workspace = project.open();
  static_cast<void>(workflow::export_model(workspace, {.model = platt.model.hex(), .to = "out/served"}));
  CHECK(project.read("out/served/README.md").find("## Calibrating it") != std::string::npos);
  CHECK(project.read("out/served/features.json").find(R"("method":"platt")") != std::string::npos);
}

TEST_CASE("a temperature is recorded, predicted with, and exported with how to apply it") {
  OpenedProject project;
  const auto plain = project.train();
  const auto tempered = project.train({"calibrate=temperature"});
  CHECK(tempered.model != plain.model);
  CHECK(tempered.run.body["calibration"]["method"] == mlp::Json("temperature"));
  CHECK(predictions(project, tempered.model.hex()) != predictions(project, plain.model.hex()));
  CHECK(project.evaluate(tempered.model.hex()).evaluation.find("log_loss")->value.has_value());
  auto workspace = project.open();
  static_cast<void>(workflow::export_model(workspace, {.model = tempered.model.hex(), .to = "served"}));
  CHECK(project.read("served/README.md").find("power of 1 / `temperature`") != std::string::npos);
  CHECK(project.read("served/features.json").find(R"("method":"temperature")") != std::string::npos);
}

TEST_CASE("isotonic regression with too few validation rows is refused with what would help") {
  OpenedProject project;
  try {
    static_cast<void>(project.train({"calibrate=isotonic"}));
    FAIL("trained");
  } catch (const mlp::Error& error) {
    CHECK(error.code() == mlp::ErrorCode::input);
    CHECK(error.hints().at(0).find("model.calibrate: platt") != std::string::npos);
  }
  CHECK(project.records() == 0);
}
