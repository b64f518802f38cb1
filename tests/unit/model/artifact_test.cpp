#include "model/artifact.hpp"

#include "base/error.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

using namespace std::string_literals;
using mlp::model::Artifact;
using mlp::model::parse_artifact;

namespace {

Artifact sample() {
  Artifact artifact;
  artifact.target = "left";
  artifact.classes = {"no", "yes"};
  artifact.positive = "yes";
  artifact.threshold = 0.25;
  artifact.id_column = "customer";
  artifact.features = {{"age", mlp::dataset::ColumnType::number, {}, {}, 18.0, 99.5},
                       {"plan", mlp::dataset::ColumnType::category, {"a", "ü"}, {}, {}, {}},
                       {"member", mlp::dataset::ColumnType::boolean, {}, {"No", "Yes"}, {}, {}}};
  artifact.booster = "booster bytes \0 with a zero"s;
  return artifact;
}

} // namespace

TEST_CASE("features.json is canonical and says what prediction needs") {
  CHECK(
      mlp::model::features_json(sample()) ==
      R"({"calibrator":null,"classes":["no","yes"],"features":[{"max":99.5,"min":18,"name":"age","type":"number"},)"
      R"({"categories":["a","ü"],"name":"plan","type":"category"},)"
      R"({"name":"member","spellings":["No","Yes"],"type":"boolean"}],"id":"customer","positive":"yes",)"
      R"("schema":"mlp.features/1","target":"left","task":"binary","threshold":0.25})"
      "\n");
}

TEST_CASE("an artefact survives being written and read") {
  const Artifact written = sample();
  const Artifact read = parse_artifact(mlp::model::features_json(written), written.booster);
  CHECK(mlp::model::features_json(read) == mlp::model::features_json(written));
  CHECK(read.features[1].categories == written.features[1].categories);
  CHECK(read.features[0].max == 99.5);
  CHECK(read.id_column == "customer");
  CHECK(read.booster == written.booster);
}

TEST_CASE("a calibrator is written with the model, read back, and part of its id") {
  Artifact artifact = sample();
  const auto plain = mlp::model::artifact_id(artifact);
  artifact.calibrator = {mlp::Calibration::platt, {mlp::metrics::LogitLine{-0.25, 1.5}}};
  const std::string platt = mlp::model::features_json(artifact);
  CHECK(platt.starts_with(R"({"calibrator":{"maps":[{"intercept":-0.25,"slope":1.5}],"method":"platt"},)"));
  CHECK(platt.find(R"("schema":"mlp.features/2")") != std::string::npos);
  CHECK(mlp::model::artifact_id(artifact) != plain);
  CHECK(mlp::model::features_json(parse_artifact(platt, "")) == platt);
  artifact.calibrator = {mlp::Calibration::isotonic, {mlp::metrics::IsotonicMap{{0.1, 0.9}, {0.25, 0.5}}}};
  const std::string isotonic = mlp::model::features_json(artifact);
  CHECK(isotonic.starts_with(
      R"({"calibrator":{"maps":[{"probabilities":[0.25,0.5],"scores":[0.1,0.9]}],"method":"isotonic"},)"));
  CHECK(mlp::model::features_json(parse_artifact(isotonic, "")) == isotonic);
  artifact.calibrator = {mlp::Calibration::temperature, {mlp::metrics::Temperature{1.25}}};
  const std::string temperature = mlp::model::features_json(artifact);
  CHECK(temperature.starts_with(R"({"calibrator":{"maps":[{"temperature":1.25}],"method":"temperature"},)"));
  CHECK(mlp::model::features_json(parse_artifact(temperature, "")) == temperature);
}

TEST_CASE("a calibrator that does not fit the model is corrupt") {
  Artifact artifact = sample();
  artifact.calibrator = {mlp::Calibration::platt, {mlp::metrics::LogitLine{}, mlp::metrics::LogitLine{}}};
  CHECK_THROWS_AS(static_cast<void>(parse_artifact(mlp::model::features_json(artifact), "")), mlp::Error);
  artifact.calibrator = {mlp::Calibration::isotonic, {mlp::metrics::IsotonicMap{{0.9, 0.1}, {0.25, 0.5}}}};
  CHECK_THROWS_AS(static_cast<void>(parse_artifact(mlp::model::features_json(artifact), "")), mlp::Error);
  artifact.calibrator = {mlp::Calibration::temperature, {mlp::metrics::Temperature{0.0}}};
  CHECK_THROWS_AS(static_cast<void>(parse_artifact(mlp::model::features_json(artifact), "")), mlp::Error);
}

TEST_CASE("a model's id is that of the folder that sha256sum would list") {
  const Artifact artifact = sample();
  const std::string listing = "# mlp tree 1\n" + mlp::sha256(mlp::model::features_json(artifact)).hex() +
                              "  features.json\n" + mlp::sha256(artifact.booster).hex() + "  model.ubj\n";
  CHECK(mlp::model::artifact_id(artifact) == mlp::sha256(listing));
}

TEST_CASE("a stored artefact is loaded by its id, and has that id before it is stored") {
  const mlp::test::Scratch scratch;
  mlp::store::ObjectStore store(scratch.root, mlp::os::real_files());
  const auto id = mlp::model::store_artifact(sample(), store);
  CHECK(id == mlp::model::artifact_id(sample()));
  CHECK(mlp::model::artifact_id(mlp::model::load_artifact(id, store)) == id);
}

TEST_CASE("whatever changes what is predicted changes the id") {
  Artifact other = sample();
  other.threshold = 0.5;
  CHECK(mlp::model::artifact_id(other) != mlp::model::artifact_id(sample()));
}

TEST_CASE("a folder that is no model, broken bytes and newer formats are told apart") {
  const mlp::test::Scratch scratch;
  mlp::store::ObjectStore store(scratch.root, mlp::os::real_files());
  const auto other = store.put_tree({{"readme", store.put("x")}});
  CHECK_THROWS_WITH_AS(static_cast<void>(mlp::model::load_artifact(other, store)),
                       (other.brief() + " is no model: it holds no 'features.json'").c_str(), mlp::Error);
  const auto code_of = [](std::string_view features) {
    try {
      static_cast<void>(parse_artifact(features, ""));
    } catch (const mlp::Error& error) {
      return error.code();
    }
    return mlp::ErrorCode::internal;
  };
  CHECK(code_of("{\"schema\":\"mlp.features/3\"}") == mlp::ErrorCode::input);
  CHECK(code_of("{\"schema\":\"mlp.run/1\"}") == mlp::ErrorCode::corrupt);
  CHECK(code_of("{\"schema\":\"mlp.features/1\"") == mlp::ErrorCode::corrupt);
  CHECK(code_of("{\"schema\":\"mlp.features/1\",\"task\":\"binary\"}") == mlp::ErrorCode::corrupt);
  CHECK(code_of("{\"schema\":\"mlp.features/1\",\"task\":\"sorting\"}") == mlp::ErrorCode::corrupt);
}
