#include "base/check.hpp"

#include "base/error.hpp"

#include <array>

namespace mlp {
namespace {

constexpr std::array<std::string_view, 6> k_names = {"pass",         "warn",    "fail",
                                                     "inconclusive", "missing", "waived"};

} // namespace

std::string_view name_of(CheckStatus status) { return k_names.at(static_cast<std::size_t>(status)); }

Json to_json(const Check& check) {
  Json json = Json::object({{"id", check.id},
                            {"status", name_of(check.status)},
                            {"observed", check.observed},
                            {"limit", check.limit},
                            {"n", check.n},
                            {"why", check.why},
                            {"subject", check.subject}});
  if (!check.rows.empty()) {
    Json rows = Json::array();
    for (const std::int64_t row : check.rows) {
      rows.push_back(row);
    }
    json["rows"] = std::move(rows);
  }
  return json;
}

Check check_from_json(const Json& json) {
  Check check;
  check.id = json["id"].string_or();
  const std::string status = json["status"].string_or();
  bool known = false;
  for (std::size_t i = 0; i < k_names.size(); ++i) {
    if (k_names[i] == status) {
      check.status = static_cast<CheckStatus>(i);
      known = true;
    }
  }
  if (!known) {
    throw Error(ErrorCode::corrupt, "'{}' is not a check status", status);
  }
  if (!json["observed"].is_null()) {
    check.observed = json["observed"].as_number();
  }
  if (!json["limit"].is_null()) {
    check.limit = json["limit"].as_number();
  }
  if (!json["n"].is_null()) {
    check.n = json["n"].as_integer();
  }
  check.why = json["why"].string_or();
  check.subject = json["subject"].string_or();
  if (json["rows"].is_array()) {
    for (const Json& row : json["rows"].as_array()) {
      check.rows.push_back(row.as_integer());
    }
  }
  return check;
}

} // namespace mlp
