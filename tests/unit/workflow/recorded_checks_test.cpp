#include "workflow/recorded_checks.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using mlp::Check;
using mlp::CheckStatus;
using mlp::Json;

namespace {

Check check_of(const std::string& id, CheckStatus status, const std::string& subject) {
  Check check;
  check.id = id;
  check.status = status;
  check.subject = subject;
  check.why = std::string(200, 'w');
  return check;
}

} // namespace

TEST_CASE("record_checks: few checks are all there, in their order") {
  const std::vector<Check> checks = {check_of("b", CheckStatus::warn, "x"),
                                     check_of("a", CheckStatus::fail, "y")};
  Json body = Json::object({});
  mlp::workflow::record_checks(body, checks);
  REQUIRE(body["checks"].size() == 2);
  CHECK(body["checks"].as_array()[0]["id"].as_string() == "b");
  CHECK(body["checks"].as_array()[1]["id"].as_string() == "a");
  CHECK(body["checks_left_out"].is_null());
}

TEST_CASE(
    "record_checks: of too many, every failure and the first of each kind stay, and the rest is counted") {
  std::vector<Check> checks(5000, check_of("constant_column", CheckStatus::warn, "c"));
  checks.push_back(check_of("rare", CheckStatus::warn, "r"));
  checks.push_back(check_of("broken", CheckStatus::fail, "f"));
  Json body = Json::object({});
  mlp::workflow::record_checks(body, checks);
  const auto& kept = body["checks"].as_array();
  CHECK(kept.size() > 50); // 24 KiB hold about 80 of some 300 bytes
  CHECK(body["checks"].dump().size() <= 24UL * 1024 + 2);
  CHECK(kept[kept.size() - 2]["id"].as_string() == "rare");
  CHECK(kept[kept.size() - 1]["id"].as_string() == "broken");
  CHECK(body["checks_left_out"].as_integer() == static_cast<std::int64_t>(checks.size() - kept.size()));
}
