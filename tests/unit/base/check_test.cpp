#include "base/check.hpp"

#include "base/error.hpp"

#include <doctest/doctest.h>

using mlp::Check;
using mlp::CheckStatus;
using mlp::Json;

namespace {

Check check_named(const char* id, CheckStatus status) {
  Check check;
  check.id = id;
  check.status = status;
  return check;
}

} // namespace

TEST_CASE("a check reads back from its JSON as it was") {
  const Check check{"auc", CheckStatus::inconclusive, 0.8, 0.85, 120, "the interval holds the limit", "age"};
  const Check back = mlp::check_from_json(Json::parse(to_json(check).dump()));
  CHECK(back.id == "auc");
  CHECK(back.status == CheckStatus::inconclusive);
  CHECK(back.observed == 0.8);
  CHECK(back.limit == 0.85);
  CHECK(back.n == 120);
  CHECK(back.why == "the interval holds the limit");
  CHECK(back.subject == "age");
}

TEST_CASE("to_json: what was not measured is null, not zero") {
  CHECK(to_json(check_named("rows", CheckStatus::pass)).dump() ==
        R"({"id":"rows","limit":null,"n":null,"observed":null,"status":"pass","subject":"","why":""})");
  const Check back = mlp::check_from_json(to_json(check_named("rows", CheckStatus::pass)));
  CHECK_FALSE(back.observed);
  CHECK_FALSE(back.limit);
  CHECK_FALSE(back.n);
}

TEST_CASE("each status has a name that reads back") {
  for (const auto status : {CheckStatus::pass, CheckStatus::warn, CheckStatus::fail,
                            CheckStatus::inconclusive, CheckStatus::missing, CheckStatus::waived}) {
    CHECK(mlp::check_from_json(to_json(check_named("x", status))).status == status);
  }
  CHECK(name_of(CheckStatus::waived) == "waived");
}

TEST_CASE("an unknown status is never taken for a pass") {
  for (const char* text : {R"({"id":"x","status":"passed"})", R"({"id":"x"})"}) {
    CHECK_THROWS_AS((void)mlp::check_from_json(Json::parse(text)), mlp::Error);
  }
}
