#include "base/error.hpp"
#include "metrics/comparison.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace mlp::metrics;
using mlp::Check;
using mlp::CheckStatus;

namespace {

Difference difference(double delta, double lower, double upper, std::int64_t n = 500) {
  Difference result;
  result.metric = "accuracy";
  result.candidate = 0.85 + delta;
  result.champion = 0.85;
  result.delta = delta;
  result.lower = lower;
  result.upper = upper;
  result.n = n;
  result.method = "mcnemar_midp";
  return result;
}

/// Equally accurate models that disagree on a share of the rows.
Difference discordant(double share, std::int64_t n) {
  auto result = difference(0.0, -1.0, 1.0, n);
  result.standard_error = std::sqrt(share / static_cast<double>(n));
  return result;
}

CheckStatus status(DecisionMode mode, double delta, double lower, double upper) {
  return decide(difference(delta, lower, upper), mode, 0.01, 0.05).status;
}

} // namespace

TEST_CASE("decide, guard: the table of evaluation.md, section 3") {
  const auto mode = DecisionMode::guard;
  CHECK(status(mode, 0.02, -0.01, 0.05) == CheckStatus::pass);
  CHECK(status(mode, -0.01, -0.04, 0.02) == CheckStatus::pass);             // δ = -m exactly
  CHECK(status(mode, -0.005, -0.008, -0.002) == CheckStatus::inconclusive); // significant, but small
  CHECK(status(mode, -0.015, -0.05, 0.02) == CheckStatus::inconclusive);
  CHECK(status(mode, -0.015, -0.02, -0.01) == CheckStatus::fail);
  CHECK(status(mode, -0.021, -0.06, 0.02) == CheckStatus::fail); // beyond twice the margin
}

TEST_CASE("decide, non-inferiority: only the bounds count") {
  const auto mode = DecisionMode::non_inferiority;
  CHECK(status(mode, 0.0, -0.009, 0.009) == CheckStatus::pass);
  CHECK(status(mode, 0.0, -0.01, 0.01) == CheckStatus::inconclusive);
  CHECK(status(mode, -0.03, -0.05, -0.011) == CheckStatus::fail);
  CHECK(status(mode, 0.25, 0.2, 0.3) == CheckStatus::pass); // much better is no failure
}

TEST_CASE("decide, superiority: the margin plays no part") {
  const auto mode = DecisionMode::superiority;
  CHECK(status(mode, 0.02, 0.001, 0.04) == CheckStatus::pass);
  CHECK(status(mode, 0.02, 0.0, 0.04) == CheckStatus::inconclusive);
  CHECK(status(mode, -0.01, -0.02, 0.0) == CheckStatus::fail);
  CHECK(*decide(difference(0.02, 0.001, 0.04), mode, 0.01, 0.05).limit == 0.0);
}

TEST_CASE("decide: an inconclusive answer says how many rows would tell") {
  // d·((z_.95 + z_.80)/m)² for d = .05: 6.182557·.05/m² (evaluation.md rounds z and has 12,367 for m = .005)
  const auto mode = DecisionMode::non_inferiority;
  CHECK(decide(discordant(0.05, 500), mode, 0.005, 0.05).why.find("about 12,366 rows would tell") !=
        std::string::npos);
  CHECK(decide(discordant(0.05, 500), mode, 0.01, 0.05).why.find("about 3,092 rows would tell") !=
        std::string::npos);
  CHECK(decide(discordant(0.05, 500), mode, 0.02, 0.05).why.find("about 773 rows would tell") !=
        std::string::npos);
  CHECK(decide(discordant(0.05, 800), mode, 0.02, 0.05).why.find("would tell") == std::string::npos);
}

TEST_CASE("decide: the finding carries what was measured, and words") {
  const Check check = decide(difference(-0.03, -0.05, -0.02), DecisionMode::guard, 0.01, 0.05);
  CHECK(check.id == "guard");
  CHECK(check.subject == "accuracy");
  CHECK(*check.observed == -0.03);
  CHECK(*check.limit == -0.01);
  CHECK(*check.n == 500);
  CHECK(check.why ==
        "worse by more than twice the margin: 0.82 against 0.85, difference -0.03 (from -0.05 to -0.02)");
}

TEST_CASE("decide: what is undefined or not a number is missing, never passed") {
  auto undefined = difference(0.0, 0.0, 0.0);
  undefined.status = Status::undefined;
  undefined.why = "the champion's precision is undefined";
  CHECK(decide(undefined, DecisionMode::guard, 0.01, 0.05).status == CheckStatus::missing);
  CHECK(decide(undefined, DecisionMode::guard, 0.01, 0.05).why == "the champion's precision is undefined");
  for (const auto mode : {DecisionMode::guard, DecisionMode::non_inferiority, DecisionMode::superiority}) {
    CHECK(decide(difference(std::nan(""), 0.1, 0.2), mode, 0.01, 0.05).status == CheckStatus::missing);
    CHECK(decide(difference(0.1, std::nan(""), 0.2), mode, 0.01, 0.05).status == CheckStatus::missing);
  }
}

TEST_CASE("decide: a margin below 0, or none for non-inferiority, is refused") {
  const auto any = difference(0.0, -0.1, 0.1);
  CHECK_THROWS_AS(decide(any, DecisionMode::guard, -0.01, 0.05), mlp::Error);
  CHECK_THROWS_AS(decide(any, DecisionMode::non_inferiority, 0.0, 0.05), mlp::Error);
  CHECK_THROWS_AS(decide(any, DecisionMode::guard, std::nan(""), 0.05), mlp::Error);
  CHECK_NOTHROW(decide(any, DecisionMode::superiority, 0.0, 0.05));
}
