#include "base/error.hpp"
#include "dataset/profile.hpp"

#include <array>

namespace mlp::dataset {
namespace {

constexpr std::string_view k_schema = "mlp.profile/1";

struct NumberMember {
  std::string_view name;
  std::optional<double> ColumnProfile::*member;
};
constexpr std::array<NumberMember, 7> k_number_members = {
    {{"min", &ColumnProfile::min},
     {"q25", &ColumnProfile::q25},
     {"median", &ColumnProfile::median},
     {"q75", &ColumnProfile::q75},
     {"max", &ColumnProfile::max},
     {"mean", &ColumnProfile::mean},
     {"standard_deviation", &ColumnProfile::standard_deviation}}};

Json to_json(const Body& body) {
  return Json::object({{"from", body.from},
                       {"to", body.to},
                       {"counts", body.counts},
                       {"below", body.below},
                       {"above", body.above}});
}

Json to_json(const ColumnProfile& column) {
  Json json = Json::object({{"name", column.name},
                            {"type", name_of(column.type)},
                            {"count", column.count},
                            {"missing", column.missing},
                            {"unique", column.unique},
                            {"histogram", column.histogram},
                            {"body", column.body ? to_json(*column.body) : Json()},
                            {"unique_error", column.unique_error},
                            {"rank_error", column.rank_error}});
  for (const NumberMember& number : k_number_members) {
    json[number.name] = column.*number.member;
  }
  Json top = Json::array();
  for (const auto& [value, count] : column.top) {
    top.push_back(Json::object({{"value", value}, {"count", count}}));
  }
  json["top"] = std::move(top);
  return json;
}

ColumnType type_from(const std::string& name) {
  if (const auto type = column_type_from(name)) {
    return *type;
  }
  throw Error(ErrorCode::corrupt, "cannot read a profile: unknown column type '{}'", name);
}

std::vector<std::int64_t> counts_from(const Json& json) {
  std::vector<std::int64_t> counts;
  for (const Json& count : json.as_array()) {
    counts.push_back(count.as_integer());
  }
  return counts;
}

Body body_from(const Json& json) {
  return {json["from"].as_number(), json["to"].as_number(), counts_from(json["counts"]),
          json["below"].as_integer(), json["above"].as_integer()};
}

ColumnProfile column_from_json(const Json& json) {
  ColumnProfile column;
  column.name = json["name"].as_string();
  column.type = type_from(json["type"].as_string());
  column.count = json["count"].as_integer();
  column.missing = json["missing"].as_integer();
  column.unique = json["unique"].as_integer();
  for (const NumberMember& number : k_number_members) {
    if (const Json& value = json[number.name]; !value.is_null()) {
      column.*number.member = value.as_number();
    }
  }
  for (const Json& item : json["top"].as_array()) {
    column.top.emplace_back(item["value"].as_string(), item["count"].as_integer());
  }
  column.histogram = counts_from(json["histogram"]);
  if (json["body"].is_object()) {
    column.body = body_from(json["body"]);
  }
  column.unique_error = json["unique_error"].number_or(0);
  column.rank_error = json["rank_error"].number_or(0);
  return column;
}

} // namespace

Json to_json(const Profile& profile) {
  Json columns = Json::array();
  for (const ColumnProfile& column : profile.columns) {
    columns.push_back(to_json(column));
  }
  return Json::object({{"schema", k_schema}, {"rows", profile.rows}, {"columns", std::move(columns)}});
}

Profile profile_from_json(const Json& json) {
  if (json["schema"].string_or() != k_schema) {
    throw Error(ErrorCode::corrupt, "cannot read a profile: its schema is '{}', not '{}'",
                json["schema"].string_or(), k_schema)
        .hint("if a newer mlp wrote it, upgrade mlp");
  }
  Profile profile;
  profile.rows = json["rows"].as_integer();
  for (const Json& column : json["columns"].as_array()) {
    profile.columns.push_back(column_from_json(column));
  }
  return profile;
}

} // namespace mlp::dataset
