#include "model/constraints.hpp"

#include "base/error.hpp"
#include "base/nearest.hpp"
#include "config/rules.hpp"
#include "dataset/roles.hpp"

#include <algorithm>

namespace mlp::model {
namespace {

using config::Finding;

constexpr const char* k_directions = "monotone_constraints";
constexpr const char* k_groups = "interaction_constraints";

std::string key_of(std::string_view param) { return fmt::format("model.params.{}", param); }

/// XGBoost's own text ("(1,0,-1)", "[[0,2]]") as the list that it spells; null where it spells none.
Json list_in(const std::string& text) {
  std::string list = text;
  std::replace(list.begin(), list.end(), '(', '[');
  std::replace(list.begin(), list.end(), ')', ']');
  try {
    return Json::parse(list);
  } catch (const Error&) { // the caller says what is wanted
    return nullptr;
  }
}

Json unspelt(const Json& value) { return value.is_string() ? list_in(value.as_string()) : value; }

bool is_place(const Json& value) { return value.is_integer() && value.as_integer() >= 0; }

/// A name in a constraint, and the dotted key under which it stands in mlp.yaml.
struct Mention {
  std::string name;
  std::string key;
};

void mention_group(const Json& group, const std::string& key, std::vector<Mention>& mentions) {
  for (std::size_t i = 0; i < group.size(); ++i) {
    if (const Json& name = group.as_array()[i]; name.is_string()) {
      mentions.push_back({name.as_string(), fmt::format("{}[{}]", key, i)});
    }
  }
}

std::vector<Mention> mentions_in(const config::Project& project) {
  std::vector<Mention> mentions;
  const auto& params = project.model.params;
  if (const auto found = params.find(k_directions); found != params.end() && found->second.is_object()) {
    for (const auto& [name, direction] : found->second.as_object()) {
      mentions.push_back({name, fmt::format("{}.{}", key_of(k_directions), name)});
    }
  }
  if (const auto found = params.find(k_groups); found != params.end() && found->second.is_array()) {
    const auto& groups = found->second.as_array();
    for (std::size_t i = 0; i < groups.size(); ++i) {
      if (groups[i].is_array()) {
        mention_group(groups[i], fmt::format("{}[{}]", key_of(k_groups), i), mentions);
      }
    }
  }
  return mentions;
}

std::string hint_for(const std::string& name, const std::vector<std::string>& features) {
  const auto near = nearest(name, features);
  return near ? fmt::format("did you mean '{}'?", *near)
              : "name columns whose role is feature: `mlp data show` lists the columns";
}

[[noreturn]] void refuse(const config::Project& project, const std::string& key, const std::string& message,
                         std::string hint) {
  const config::Position position = project.position_of(key);
  const Finding finding{Finding::Severity::error, "", "mlp.yaml", position, message, ""};
  throw Error(ErrorCode::input, "{}", position.line > 0 ? finding.text() : message).hint(std::move(hint));
}

/// `key`: where the name stands, below the parameter `param`.
std::size_t place_of(const std::string& name, const config::Project& project, const std::string& param,
                     const std::string& key, const std::vector<Feature>& features) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < features.size(); ++i) {
    if (features[i].name == name) {
      return i;
    }
    names.push_back(features[i].name);
  }
  refuse(project, key, fmt::format("'{}' in '{}' is no feature", name, param), hint_for(name, names));
}

void refuse_ordered_category(const Feature& feature, const config::Project& project, const std::string& key) {
  if (feature.type == dataset::ColumnType::category) {
    refuse(project, key, fmt::format("'{}' is a category, so no direction can hold for it", feature.name),
           "remove it from monotone_constraints, or declare the column a number");
  }
}

} // namespace

bool is_direction(const Json& value) {
  return value.is_integer() && value.as_integer() >= -1 && value.as_integer() <= 1;
}

std::optional<std::string> directions_fault(const Json& value) {
  const Json given = unspelt(value);
  const bool by_name =
      given.is_object() && std::all_of(given.as_object().begin(), given.as_object().end(),
                                       [](const auto& member) { return is_direction(member.second); });
  const bool by_place =
      given.is_array() && std::all_of(given.as_array().begin(), given.as_array().end(), is_direction);
  if (by_name || by_place) {
    return std::nullopt;
  }
  return fmt::format("must give 1, 0 or -1 to features, such as {{age: 1}} or [1, 0, -1]; not {}",
                     value.dump());
}

std::optional<std::string> groups_fault(const Json& value) {
  const Json given = unspelt(value);
  const auto is_feature = [](const Json& item) { return item.is_string() || is_place(item); };
  const auto is_group = [&](const Json& group) {
    return group.is_array() && group.size() > 0 &&
           std::all_of(group.as_array().begin(), group.as_array().end(), is_feature);
  };
  if (given.is_array() && std::all_of(given.as_array().begin(), given.as_array().end(), is_group)) {
    return std::nullopt;
  }
  return fmt::format("must be a list of lists of features, such as [[age, income], [tenure]]; not {}",
                     value.dump());
}

std::vector<Finding> check_constraints(const config::Project& project,
                                       const std::vector<std::string>& columns, const std::string& file) {
  std::vector<std::string> features;
  std::copy_if(columns.begin(), columns.end(), std::back_inserter(features), [&](const std::string& name) {
    return dataset::role_of(project, name) == config::Role::feature;
  });
  std::vector<Finding> findings;
  for (const Mention& mention : mentions_in(project)) {
    if (std::find(features.begin(), features.end(), mention.name) != features.end()) {
      continue;
    }
    const bool is_column = std::find(columns.begin(), columns.end(), mention.name) != columns.end();
    Finding finding;
    finding.rule =
        config::name_of(is_column ? config::RuleId::parameter_value : config::RuleId::unknown_column);
    finding.file = file;
    finding.position = project.position_of(mention.key);
    finding.message = is_column ? fmt::format("'{}' is no feature: its role is {}", mention.name,
                                              config::name_of(dataset::role_of(project, mention.name)))
                                : fmt::format("the data have no column '{}'", mention.name);
    finding.hint = hint_for(mention.name, features);
    findings.push_back(std::move(finding));
  }
  return findings;
}

std::string directions_text(const config::Project& project, const std::string& key, const Json& value,
                            const std::vector<Feature>& features) {
  const Json given = unspelt(value);
  const std::string path = key_of(key);
  std::vector<std::int64_t> directions(features.size(), 0);
  if (given.is_object()) {
    for (const auto& [name, direction] : given.as_object()) {
      const std::string place = fmt::format("{}.{}", path, name);
      directions[place_of(name, project, key, place, features)] = direction.as_integer();
    }
  } else if (given.size() == features.size()) {
    std::transform(given.as_array().begin(), given.as_array().end(), directions.begin(),
                   [](const Json& direction) { return direction.as_integer(); });
  } else {
    refuse(project, path,
           fmt::format("'{}' gives {} directions, but there are {} features", path, given.size(),
                       features.size()),
           "name the features instead: {age: 1, income: -1}");
  }
  for (std::size_t i = 0; i < features.size(); ++i) {
    if (directions[i] != 0) {
      refuse_ordered_category(features[i], project, fmt::format("{}.{}", path, features[i].name));
    }
  }
  return fmt::format("({})", fmt::join(directions, ","));
}

std::string groups_text(const config::Project& project, const std::string& key, const Json& value,
                        const std::vector<Feature>& features) {
  Json groups = Json::array();
  const Json given = unspelt(value);
  for (std::size_t i = 0; i < given.size(); ++i) {
    Json places = Json::array();
    const auto& group = given.as_array()[i].as_array();
    for (std::size_t j = 0; j < group.size(); ++j) {
      const std::string path = fmt::format("{}[{}][{}]", key_of(key), i, j);
      if (group[j].is_string()) {
        places.push_back(place_of(group[j].as_string(), project, key, path, features));
      } else if (group[j].as_integer() < static_cast<std::int64_t>(features.size())) {
        places.push_back(group[j]);
      } else {
        refuse(project, path,
               fmt::format("'{}' is place {}, but there are {} features, counted from 0", path,
                           group[j].as_integer(), features.size()),
               "name the feature instead; a name that looks like a number stands in quotes");
      }
    }
    groups.push_back(std::move(places));
  }
  return groups.dump();
}

} // namespace mlp::model
