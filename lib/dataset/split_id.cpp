#include "dataset/roles.hpp"
#include "dataset/split.hpp"
#include "dataset/split_key.hpp"

namespace mlp::dataset {
namespace {

/// Which columns make a row's key, as far as mlp.yaml says.
Json key_json(const config::Project& project) {
  if (const auto key = named_key(project); !key.empty()) {
    return key;
  }
  Json left_out = Json::array();
  for (const auto& [name, column] : project.data.columns) {
    const config::Role role = role_of(project, name);
    if (role != config::Role::feature && role != config::Role::target) {
      left_out.push_back(name);
    }
  }
  return Json::object({{"all_but", std::move(left_out)}});
}

Json time_json(const config::Project& project) {
  const config::SplitConfig& how = project.data.split;
  Json json = Json::object({{"time", column_of_role(project, config::Role::time)},
                            {"test_from", how.test_from},
                            {"gap_seconds", how.gap_seconds}});
  if (how.valid_from) {
    json["valid_from"] = *how.valid_from;
  } else {
    json["valid"] = how.valid;
  }
  return json;
}

} // namespace

ContentId split_id(const config::Project& project) {
  const config::SplitConfig& how = project.data.split;
  Json json = Json::object();
  if (how.by == config::SplitBy::time) {
    json = time_json(project);
  } else {
    json = Json::object({{"key", key_json(project)}, {"seed", how.seed}, {"valid", how.valid}});
    if (how.by == config::SplitBy::file) {
      json["test_file"] = how.test_file;
    } else {
      json["test"] = how.test;
    }
  }
  json["schema"] = "mlp.split/1";
  json["by"] = name_of(how.by);
  json["target"] = project.data.target;
  return sha256(json.dump());
}

} // namespace mlp::dataset
