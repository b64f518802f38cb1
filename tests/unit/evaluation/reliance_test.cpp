#include "evaluation/reliance.hpp"

#include "base/random.hpp"

#include <doctest/doctest.h>

#include <numeric>

using mlp::Task;
using namespace mlp::evaluation;

namespace {

double uniform(std::uint64_t stream, std::uint64_t row) {
  return static_cast<double>(mlp::random_bits(3, stream, row) >> 11U) * 0x1p-53;
}

/// 600 rows of a calibrated binary model.
Scored binary_rows() {
  Scored scored;
  scored.classes = {"No", "Yes"};
  for (std::uint64_t row = 0; row < 600; ++row) {
    scored.model.push_back(uniform(0, row));
    scored.target.push_back(uniform(1, row) < scored.model.back() ? 1.0 : 0.0);
  }
  return scored;
}

mlp::config::Project project() {
  mlp::config::Project project;
  project.evaluation.metrics = {"log_loss"};
  project.evaluation.bootstrap = 50;
  return project;
}

std::vector<Slice> halves() {
  std::vector<Slice> slices = {
      {"half=first", {"half"}, {}}, {"half=second", {"half"}, {}}, {"none", {"x"}, {}}};
  slices[0].at.resize(300);
  std::iota(slices[0].at.begin(), slices[0].at.end(), 0U);
  slices[1].at.resize(300);
  std::iota(slices[1].at.begin(), slices[1].at.end(), 300U);
  return slices;
}

} // namespace

TEST_CASE("a binary evaluation tells calibration, sets and abstention, each by slice where it can") {
  const Scored scored = binary_rows();
  ValidationScores validation;
  validation.target.assign(scored.target.begin(), scored.target.begin() + 300);
  validation.scores.assign(scored.model.begin(), scored.model.begin() + 300);
  const Reliance found = reliance(scored, halves(), validation, project(), {});
  CHECK(found.reliability->bins.size() == 10);
  REQUIRE(found.intercepts.size() == 2); // a slice without rows has none
  CHECK(found.intercepts[0].value.value);
  CHECK(found.rule->n == 300);
  REQUIRE(found.slice_coverage.size() == 2);
  // the rule was made from the first half: k of these 300 rows are inside, k = ⌈301 · .9⌉ = 271
  CHECK(found.slice_coverage[0].coverage.share == doctest::Approx(271.0 / 300.0));
  CHECK(found.coverage->n == 600);

  std::vector<std::uint32_t> rows(600);
  std::iota(rows.begin(), rows.end(), 10U);
  const mlp::Json json = to_json(found, rows);
  CHECK(json["calibration"]["bins"].size() == 10);
  CHECK(json["calibration"]["slices"].as_array()[1]["slice"] == mlp::Json("half=second"));
  CHECK(json["conformal"]["mean_size"].is_number());
  CHECK(json["conformal"]["mean_width"].is_null());
  CHECK(json["abstention"]["curve"].size() == 10);
  // rows count from 1: position p stands in row p + 10 + 1
  const auto& worst = found.abstention->confident.worst;
  REQUIRE_FALSE(worst.empty());
  CHECK(json["abstention"]["confident"]["worst"].as_array()[0] ==
        mlp::Json(static_cast<std::int64_t>(worst[0]) + 11));
}

TEST_CASE("without validation rows there are no sets; a regression has intervals and nothing else") {
  CHECK_FALSE(reliance(binary_rows(), {}, std::nullopt, project(), {}).rule);
  Scored scored = binary_rows();
  scored.task = Task::regression;
  const ValidationScores validation{
      {0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0}, std::vector<double>(10, 0.0), {}, {}};
  const Reliance found = reliance(scored, {}, validation, project(), {});
  CHECK_FALSE(found.reliability);
  CHECK_FALSE(found.abstention);
  CHECK(found.rule->limit == 9.0); // ⌈11 · .9⌉ = 10: the largest misfit
  const mlp::Json json = to_json(found, {});
  CHECK(json["calibration"].is_null());
  CHECK(json["conformal"]["mean_width"] == mlp::Json(18.0));
  CHECK(json["conformal"]["mean_size"].is_null());
  CHECK(json["conformal"]["by"].is_null());
}

TEST_CASE("weights of validation rows make the rule, those of scored rows its coverage") {
  Scored scored = binary_rows();
  scored.task = Task::regression;
  scored.target = {1.0, 8.5};
  scored.model = {0.0, 0.0};
  scored.weights = {1.0, 3.0};
  ValidationScores validation{{1.0, 2.0, 9.0}, std::vector<double>(3, 0.0), {30.0, 1.0, 1.0}, {}};
  // 30 of 42.7 lie at 1, 32 at 9: of one row more than these, .9 is out of reach
  CHECK_FALSE(reliance(scored, {}, validation, project(), {}).rule->limit);
  validation.target.insert(validation.target.end(), 20, 8.0);
  validation.scores.assign(23, 0.0);
  validation.weights.insert(validation.weights.end(), 20, 1.0);
  const Reliance found = reliance(scored, {}, validation, project(), {}); // 51 of 54.3 lie at 8
  CHECK(found.rule->limit == 8.0);
  CHECK(found.coverage->share == doctest::Approx(.25));
  CHECK(conformal_half_width(scored, validation) == 8.0);
}
