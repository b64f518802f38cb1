#include "model/params.hpp"

#include "model/constraints.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

namespace mlp::model {
namespace {

constexpr double k_none = std::numeric_limits<double>::infinity();
using enum ParamKind;
using enum BoosterKind;

constexpr std::array k_params = {
    ParamInfo{"booster", choice, 0, 0, false, "gbtree dart gblinear", any},
    ParamInfo{
        "objective", choice, 0, 0, false,
        "binary:logistic multi:softprob reg:squarederror reg:squaredlogerror reg:pseudohubererror "
        "reg:absoluteerror reg:gamma reg:tweedie reg:logistic count:poisson rank:ndcg rank:pairwise rank:map",
        any},
    ParamInfo{"base_score", real, -k_none, k_none, false, {}, any},
    ParamInfo{"eta", real, 0, 1, true, {}, any, "learning_rate"},
    ParamInfo{"lambda", real, 0, k_none, false, {}, any, "reg_lambda"},
    ParamInfo{"alpha", real, 0, k_none, false, {}, any, "reg_alpha"},
    ParamInfo{"scale_pos_weight", real, 0, k_none, true, {}, any},
    ParamInfo{"seed_per_iteration", boolean, 0, 0, false, {}, any},
    ParamInfo{"huber_slope", real, 0, k_none, true, {}, any},
    ParamInfo{"tweedie_variance_power", real, 1, 2, true, {}, any},

    ParamInfo{"gamma", real, 0, k_none, false, {}, trees, "min_split_loss"},
    ParamInfo{"max_depth", integer, 0, k_none, false},
    ParamInfo{"max_leaves", integer, 0, k_none, false},
    ParamInfo{"max_bin", integer, 2, k_none, false},
    ParamInfo{"min_child_weight", real, 0, k_none, false},
    ParamInfo{"max_delta_step", real, 0, k_none, false},
    ParamInfo{"subsample", real, 0, 1, true},
    ParamInfo{"sampling_method", choice, 0, 0, false, "uniform gradient_based"},
    ParamInfo{"colsample_bytree", real, 0, 1, true},
    ParamInfo{"colsample_bylevel", real, 0, 1, true},
    ParamInfo{"colsample_bynode", real, 0, 1, true},
    ParamInfo{"tree_method", choice, 0, 0, false, "hist approx exact auto gpu_hist"},
    ParamInfo{"gpu_id", integer, -1, k_none, false},
    ParamInfo{"grow_policy", choice, 0, 0, false, "depthwise lossguide"},
    ParamInfo{"num_parallel_tree", integer, 1, k_none, false},
    ParamInfo{"monotone_constraints", directions},
    ParamInfo{"interaction_constraints", groups},
    ParamInfo{"max_cat_to_onehot", integer, 1, k_none, false},
    ParamInfo{"max_cat_threshold", integer, 1, k_none, false},

    ParamInfo{"sample_type", choice, 0, 0, false, "uniform weighted", dart},
    ParamInfo{"normalize_type", choice, 0, 0, false, "tree forest", dart},
    ParamInfo{"rate_drop", real, 0, 1, false, {}, dart},
    ParamInfo{"one_drop", boolean, 0, 0, false, {}, dart},
    ParamInfo{"skip_drop", real, 0, 1, false, {}, dart},

    // the other updater of gblinear, shotgun, gives another model each time
    ParamInfo{"updater", choice, 0, 0, false, "coord_descent", linear},
    ParamInfo{"feature_selector", choice, 0, 0, false, "cyclic shuffle random greedy thrifty", linear},
    ParamInfo{"top_k", integer, 0, k_none, false, {}, linear},
};

constexpr std::array k_owned = {
    OwnedParam{"num_class", "it is counted from the target"},
    OwnedParam{"num_feature", "it is counted from the data"},
    OwnedParam{"nthread", "set the environment variable MLP_THREADS: it never changes a model"},
    OwnedParam{"n_jobs", "set the environment variable MLP_THREADS: it never changes a model"},
    OwnedParam{"seed", "set model.seed"},
    OwnedParam{"random_state", "set model.seed"},
    OwnedParam{"verbosity", "use `--quiet` to silence progress"},
    OwnedParam{"silent", "use `--quiet` to silence progress"},
    OwnedParam{"disable_default_eval_metric", "set evaluation.metrics: nothing else is measured"},
    OwnedParam{"eval_metric", "set evaluation.metrics: the first one stops training early"},
    OwnedParam{"num_round", "set model.rounds"},
    OwnedParam{"num_boost_round", "set model.rounds"},
    OwnedParam{"n_estimators", "set model.rounds"},
    OwnedParam{"nrounds", "set model.rounds"},
    OwnedParam{"num_rounds", "set model.rounds"},
    OwnedParam{"early_stopping_rounds", "set model.early_stopping"},
    OwnedParam{"missing", "set data.format.missing"},
    OwnedParam{"enable_categorical",
               "categories are always handed over as such; set a column's type to change it"},
    OwnedParam{"validate_parameters", "mlp checks every parameter by itself"},
    OwnedParam{"process_type", "mlp always trains a model anew"},
    OwnedParam{"refresh_leaf", "mlp always trains a model anew"},
    OwnedParam{"predictor", "predictions are the same on every device, and are made on the processor"},
    OwnedParam{"device", "XGBoost 1.7 has tree_method: gpu_hist instead"},
    OwnedParam{"class_weight", "set model.class_weight"},
    OwnedParam{"sample_weight", "give a column the role weight"},
    OwnedParam{"feature_weights", "XGBoost takes them with the data; use interaction_constraints or a role"},
    OwnedParam{"importance_type", "it changes no model"},
    OwnedParam{"use_label_encoder", "labels are always encoded"},
};

bool is_one_of(std::string_view choices, std::string_view word) {
  while (!choices.empty()) {
    const auto blank = choices.find(' ');
    if (choices.substr(0, blank) == word) {
      return true;
    }
    choices.remove_prefix(blank == std::string_view::npos ? choices.size() : blank + 1);
  }
  return false;
}

std::string listed(std::string_view choices) {
  std::string list;
  for (const char letter : choices) {
    list += letter == ' ' ? ", " : std::string(1, letter);
  }
  return list;
}

std::string range_of(const ParamInfo& param) {
  if (param.min == -k_none) {
    return "a finite number";
  }
  if (param.max == k_none) {
    return fmt::format("{} {}", param.above_min ? "greater than" : "at least", param.min);
  }
  return fmt::format("in {}{}, {}]", param.above_min ? '(' : '[', param.min, param.max);
}

std::optional<std::string> number_fault(const ParamInfo& param, const Json& value) {
  if (param.kind == integer ? !value.is_integer() : !value.is_number()) {
    return fmt::format("must be {}, not {}", param.kind == integer ? "a whole number" : "a number",
                       value.dump());
  }
  const double number = value.as_number();
  const bool low = param.above_min ? !(number > param.min) : !(number >= param.min);
  if (low || !(number <= param.max)) {
    return fmt::format("must be {}, not {}", range_of(param), value.dump());
  }
  return std::nullopt;
}

} // namespace

const ParamInfo* find_param(std::string_view name_or_alias) {
  const auto* const found = std::find_if(k_params.begin(), k_params.end(), [&](const ParamInfo& param) {
    return param.name == name_or_alias || (!param.alias.empty() && param.alias == name_or_alias);
  });
  return found == k_params.end() ? nullptr : found;
}

const OwnedParam* find_owned_param(std::string_view name) {
  const auto* const found = std::find_if(k_owned.begin(), k_owned.end(),
                                         [&](const OwnedParam& param) { return param.name == name; });
  return found == k_owned.end() ? nullptr : found;
}

std::vector<std::string> param_names() {
  std::vector<std::string> names;
  for (const ParamInfo& param : k_params) {
    names.emplace_back(param.name);
    if (!param.alias.empty()) {
      names.emplace_back(param.alias);
    }
  }
  return names;
}

std::optional<std::string> fault_of(const ParamInfo& param, const Json& value) {
  switch (param.kind) {
  case real:
  case integer:
    return number_fault(param, value);
  case boolean:
    return value.is_bool() || value == Json(0) || value == Json(1) // XGBoost's own documentation says 0 and 1
               ? std::nullopt
               : std::optional(fmt::format("must be true or false, not {}", value.dump()));
  case choice:
    return value.is_string() && is_one_of(param.choices, value.as_string())
               ? std::nullopt
               : std::optional(fmt::format("must be one of {}; not {}", listed(param.choices), value.dump()));
  case directions:
    return directions_fault(value);
  case groups:
    return groups_fault(value);
  }
  return std::nullopt;
}

} // namespace mlp::model
