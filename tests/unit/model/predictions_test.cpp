#include "model/predictions.hpp"

#include "base/error.hpp"
#include "sample_table.hpp"

#include <doctest/doctest.h>

using mlp::Task;
using mlp::model::PredictionLayout;
using mlp::test::categories;
using mlp::test::k_missing_number;
using mlp::test::number_column;
using mlp::test::table_of;
using Rows = std::vector<std::uint32_t>;

namespace {

const PredictionLayout k_binary = {Task::binary, {"no", "yes"}, 0.5, "customer", false};

std::string written(const PredictionLayout& layout, const mlp::model::PredictedRows& rows) {
  std::string text;
  mlp::model::append_predictions_header(text, layout);
  mlp::model::append_predictions(text, layout, rows);
  return text;
}

} // namespace

TEST_CASE("binary predictions: row, id, the class's own text, the probability; positive at the threshold") {
  const auto table = table_of({categories("customer", {"a,b", "c"}, {1, 0})});
  const Rows rows = {0, 1};
  const std::vector<double> scores = {0.5, 0.1};
  CHECK(written(k_binary, {table, rows, scores, 10}) == "row,customer,prediction,probability\n"
                                                        "11,c,yes,0.5\n"
                                                        "12,\"a,b\",no,0.1\n");
}

TEST_CASE("several classes: one probability each, the first of the most probable is called") {
  const PredictionLayout layout = {Task::multiclass, {"a", "b\"", "c"}, 0.5, {}, false};
  const auto table = table_of({number_column("x", {1})});
  const Rows rows = {0};
  const std::vector<double> scores = {0.25, 0.375, 0.375};
  CHECK(written(layout, {table, rows, scores}) ==
        "row,prediction,probability_a,\"probability_b\"\"\",probability_c\n1,\"b\"\"\",0.25,0.375,0.375\n");
}

TEST_CASE("a regression predicts a number, written so that it reads back as the same double") {
  const PredictionLayout layout = {Task::regression, {}, 0.5, {}, false};
  const auto table = table_of({number_column("x", {1, 2})});
  const Rows rows = {1};
  const std::vector<double> scores = {static_cast<double>(0.1F)};
  CHECK(written(layout, {table, rows, scores}) == "row,prediction\n2,0.10000000149011612\n");
}

TEST_CASE("invalid rows are marked where asked for, rejected ones stay without a prediction") {
  PredictionLayout layout = k_binary;
  layout.id_column.reset();
  layout.has_invalid = true;
  const auto table = table_of({number_column("x", {1, 2})});
  const Rows rows = {0, 1};
  const std::vector<double> scores = {0.75, 0.25};
  const std::vector<bool> odd = {false, true};
  CHECK(written(layout, {table, rows, scores, 0, &odd, &odd}) ==
        "row,prediction,probability,invalid\n1,yes,0.75,0\n2,,,1\n");
}

TEST_CASE("the id column is repeated only where the input has it") {
  mlp::model::Artifact artifact;
  artifact.id_column = "customer";
  CHECK(mlp::model::layout_of(artifact, table_of({number_column("customer", {1})})).id_column == "customer");
  CHECK_FALSE(mlp::model::layout_of(artifact, table_of({number_column("x", {1})})).id_column.has_value());
}
