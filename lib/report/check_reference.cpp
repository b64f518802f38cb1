#include "report/check_reference.hpp"

#include "report/display.hpp"
#include "validation/catalogue.hpp"

#include <fmt/format.h>

#include <array>

namespace mlp::report {
namespace {

using validation::Scope;

constexpr std::size_t k_width = 80;

struct Group {
  Scope scope;
  std::string_view name;
  std::string_view title;
};
constexpr std::array<Group, 6> k_groups = {
    {{Scope::table, "table", "Any table, also by `mlp data add` and `mlp data show`"},
     {Scope::training, "training", "By what mlp.yaml says; a failure stops `mlp train`"},
     {Scope::examined, "examined",
      "Leaks, order and time; a failure is recorded with the run, and `{check: data_errors}` refuses the "
      "model"},
     {Scope::deep, "deep", "Costly ones, by `mlp data validate` alone"},
     {Scope::schema, "schema",
      "By what schema.yaml promises, where it is there; a failure stops `mlp train`"},
     {Scope::model, "model", "Of a model on its test part, by `mlp eval`; recorded with the evaluation"}}};

} // namespace

std::string check_reference() {
  std::string text = wrapped(
      "The checks on data. `mlp data validate` runs all that the data allow and exits with 1 where one "
      "fails; `mlp train` runs all but the costly ones. More than 50,000 rows are sampled where a check "
      "looks at features one by one; seeds are fixed, so results are the same each time.",
      k_width);
  for (const Group& group : k_groups) {
    text += "\n" + wrapped(fmt::format("{}:", group.title), k_width);
    for (const validation::CheckInfo& info : validation::catalogue()) {
      if (info.scope == group.scope) {
        text += fmt::format("  {}\n", info.id);
        text += wrapped(fmt::format("{}. {}.", info.statistic, info.judgement), k_width, 6);
        text += wrapped(fmt::format("Why: {}.", info.why), k_width, 6);
      }
    }
  }
  return text;
}

Json check_reference_json() {
  Json list = Json::array();
  for (const validation::CheckInfo& info : validation::catalogue()) {
    for (const Group& group : k_groups) {
      if (group.scope == info.scope) {
        list.push_back(Json::object({{"id", info.id},
                                     {"scope", group.name},
                                     {"statistic", info.statistic},
                                     {"judgement", info.judgement},
                                     {"why", info.why}}));
      }
    }
  }
  return list;
}

} // namespace mlp::report
