#pragma once

#include "base/json.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mlp::model {

enum class ParamKind {
  real,
  integer,
  boolean,
  choice,
  directions, ///< monotone_constraints: see constraints.hpp
  groups,     ///< interaction_constraints: likewise
};

enum class BoosterKind { any, trees, dart, linear }; ///< trees = gbtree and dart

/// A parameter of XGBoost 1.7 that users may set: what its value must be, and where it means something.
/// Source: XGBoost's documentation (doc/parameter.rst, 1.7).
struct ParamInfo {
  std::string_view name;
  ParamKind kind = ParamKind::real;
  double min = 0.0;
  double max = 0.0;
  bool above_min = false; ///< min itself is excluded
  std::string_view choices = {};
  BoosterKind booster = BoosterKind::trees;
  std::string_view alias = {}; ///< XGBoost's other name for the same
};

/// A name that XGBoost or its Python package knows, but that something else in mlp decides.
struct OwnedParam {
  std::string_view name;
  std::string_view instead; ///< what to do: "set model.rounds"
};

[[nodiscard]] const ParamInfo* find_param(std::string_view name_or_alias);
[[nodiscard]] const OwnedParam* find_owned_param(std::string_view name);
[[nodiscard]] std::vector<std::string> param_names(); ///< with aliases: for suggestions

/// Why `value` is none for this parameter ("must be in [0, 1], not 1.5"), or nothing.
[[nodiscard]] std::optional<std::string> fault_of(const ParamInfo& param, const Json& value);

} // namespace mlp::model
