#include "model/external.hpp"

#include "base/error.hpp"
#include "sample_table.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <functional>

using mlp::Error;
using mlp::model::Artifact;
using mlp::test::number_column;
using mlp::test::Scratch;

namespace {

/// y of the feature x, by a command.
Artifact external(const std::string& predict) {
  Artifact artifact;
  artifact.task = mlp::Task::regression;
  artifact.target = "y";
  artifact.features = {{"x", mlp::dataset::ColumnType::number, {}, {}, 0.0, 9.0}};
  artifact.external = mlp::model::ExternalModel{predict, {}};
  return artifact;
}

struct Stored : Scratch {
  mlp::store::ObjectStore store{root / "store", mlp::os::real_files()};

  Artifact with_file(const std::string& predict, const std::string& bytes) {
    Artifact artifact = external(predict);
    artifact.external->files = {{"model/slope", store.put(bytes)}};
    return artifact;
  }
  std::vector<double> predict(const Artifact& artifact, mlp::model::InputReport* report = nullptr) {
    const auto folder = root / "work";
    std::filesystem::remove_all(folder);
    mlp::model::place_external_files(*artifact.external, store, folder);
    mlp::model::ExternalPlace place;
    place.folder = folder;
    const auto table = mlp::test::table_of({number_column("x", {1, 2, 30}), number_column("z", {0, 0, 0})});
    return mlp::model::ExternalPredictor(artifact, place).scores(table, {2, 0}, report);
  }
  std::string refusal(const std::string& predict_command) {
    try {
      static_cast<void>(predict(with_file(predict_command, "2\n")));
    } catch (const Error& error) {
      CHECK(error.code() == mlp::ErrorCode::input);
      CHECK_FALSE(error.hints().empty());
      return error.what();
    }
    return "believed";
  }
};

} // namespace

TEST_CASE(
    "an external artefact: id and content cover its files and its predict command, and it comes back whole") {
  Stored stored;
  const Artifact artifact = stored.with_file("p", "2\n");
  const auto id = mlp::model::store_artifact(artifact, stored.store);
  CHECK(id == mlp::model::artifact_id(artifact));
  CHECK(id != mlp::model::artifact_id(stored.with_file("p --more", "2\n")));
  CHECK(id != mlp::model::artifact_id(stored.with_file("p", "3\n")));
  const Artifact loaded = mlp::model::load_artifact(id, stored.store);
  REQUIRE(loaded.external.has_value());
  CHECK(loaded.external->predict == "p");
  CHECK(loaded.external->files == artifact.external->files);
  CHECK(loaded.booster.empty());
}

TEST_CASE("an external model predicts the rows it is asked for, in any order that its command writes them") {
  Stored stored;
  const std::string twice =
      "awk -F, -v slope=$(cat \"$MLP_MODEL_DIR/slope\") 'NR == 1 { print \"row,prediction\" } "
      "NR > 1 { line[NR] = $1 \",\" slope * $2 } END { for (i = NR; i > 1; --i) print line[i] }' "
      "\"$MLP_PREDICT_DATA\" > \"$MLP_PREDICTIONS\"";
  mlp::model::InputReport report;
  CHECK(stored.predict(stored.with_file(twice, "2\n"), &report) == std::vector<double>{60, 2});
  CHECK(report.rows == 2);
  CHECK(report.out_of_range == std::map<std::string, std::int64_t>{{"x", 1}}); // 30 > 9
}

TEST_CASE("an external model that does not predict each row once is not believed") {
  Stored stored;
  const auto writing = [](const std::string& text) { return "printf '" + text + "' > \"$MLP_PREDICTIONS\""; };
  const auto says = [&](const std::string& command, const std::string& why) {
    const std::string found = stored.refusal(command);
    CAPTURE(found);
    CHECK(found.find(why) != std::string::npos);
  };
  says("true", "it wrote no file MLP_PREDICTIONS");
  says("echo oops; exit 4", "ended with status 4\n  | oops");
  says(writing("row,prediction\\n1,5\\n"), "it was given 2 rows and predicted 1");
  says(writing("row,prediction\\n1,5\\n1,5\\n"), "row 1 is predicted in row 1 already");
  says(writing("row,prediction\\n1,5\\n3,5\\n"), "'row' is 3, and MLP_PREDICT_DATA has 2 rows");
  says(writing("row,prediction\\n1,5\\n2,inf\\n"), "'prediction' is no finite number");
  says(writing("row,prediction\\n1,5\\n2,\\n"), "the prediction in row 2 is empty");
  CHECK(stored.refusal(writing("prediction\\n5\\n6\\n")) == "believed"); // in the order it was given
}
