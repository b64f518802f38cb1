#include "policy/policy.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mlp::policy {

std::string_view name_of(Mode mode) {
  switch (mode) {
  case Mode::guard:
    return "guard";
  case Mode::non_inferiority:
    return "non_inferiority";
  case Mode::superiority:
    break;
  }
  return "superiority";
}

namespace {

/// "region; region,sex"
std::string groups_text(const std::vector<std::vector<std::string>>& groups) {
  std::vector<std::string> texts;
  for (const auto& columns : groups) {
    texts.push_back(fmt::format("{}", fmt::join(columns, ",")));
  }
  return fmt::format("{}", fmt::join(texts, "; "));
}

} // namespace

std::string Rule::id() const {
  switch (kind) {
  case Kind::metric:
    return metric;
  case Kind::comparison:
    return fmt::format("{}({})", gate, metric);
  case Kind::slice:
    return fmt::format("{}{}[{}]", metric, max_drop ? "_drop" : "", groups_text(groups_by));
  case Kind::weak:
    return "weak_slices";
  case Kind::fairness:
    return fmt::format("{}({})", gate, metric);
  case Kind::required:
    return "required";
  case Kind::check:
    break;
  }
  return check;
}

const Stage* Policy::stage(std::string_view name) const {
  const auto found =
      std::find_if(stages.begin(), stages.end(), [name](const Stage& stage) { return stage.name == name; });
  return found == stages.end() ? nullptr : &*found;
}

std::vector<const Rule*> Policy::rules_of(const Stage& stage) const {
  std::vector<const Rule*> rules;
  for (const std::string& name : stage.gates) {
    for (const Rule& rule : gates.at(name).rules) {
      rules.push_back(&rule);
    }
  }
  return rules;
}

} // namespace mlp::policy
