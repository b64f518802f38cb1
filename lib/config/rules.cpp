#include "config/rules.hpp"

#include "base/error.hpp"
#include "base/nearest.hpp"

#include <string>
#include <vector>

namespace mlp::config {
namespace {

constexpr std::array<RuleExplanation, k_rule_count> k_explanations = {{
    {RuleId::unknown_key, "unknown_key",
     "The file holds a key that mlp does not know, so what you meant by it would silently not happen. "
     "Correct "
     "the spelling (the nearest known key is named) or remove it."},
    {RuleId::wrong_type, "wrong_type",
     "The value is of another kind than the key needs: text where a number is wanted, a list where a map is, "
     "or "
     "yes where only true and false are booleans. Everything is text until a key asks for something else."},
    {RuleId::out_of_range, "out_of_range",
     "The number lies outside of what makes sense for this key; the message names the allowed range. Shares "
     "are "
     "fractions (0.2), not percentages."},
    {RuleId::invalid_value, "invalid_value",
     "The key takes one of a few words or a text of a certain form, and this is none of them. The message "
     "names "
     "what is allowed."},
    {RuleId::missing_key, "missing_key",
     "A key without which the file has no meaning is absent or has no value. Add it; mlp does not guess it."},
    {RuleId::duplicate_entry, "duplicate_entry",
     "The same entry stands twice in a list where each may stand once. Remove one of the two."},
    {RuleId::unsupported_schema, "unsupported_schema",
     "The line `schema:` says which format the file has, and this program does not read that one. A newer "
     "number "
     "means that mlp must be upgraded."},
    {RuleId::not_supported, "not_supported",
     "The key belongs to the format, but this version of mlp cannot do what it asks for yet. It is an error "
     "because ignoring it would promise something that does not happen; remove it for now."},
    {RuleId::unknown_metric, "unknown_metric",
     "There is no metric of that name. `mlp help metrics` lists them all, with their definitions."},
    {RuleId::metric_task_mismatch, "metric_task_mismatch",
     "The metric exists, but not for this task: a ROC curve, for example, needs two classes. Choose one that "
     "`mlp help metrics` lists for the task."},
    {RuleId::positive_without_binary, "positive_without_binary",
     "`data.positive` names the class whose probability is predicted, which only means something where the "
     "task "
     "is binary. Remove it, or set `model.task: binary`."},
    {RuleId::threshold_without_binary, "threshold_without_binary",
     "A threshold and the costs of true and false positives turn a probability into a yes or no, which only "
     "a "
     "binary task has. Remove them, or set `model.task: binary`."},
    {RuleId::calibration_without_classes, "calibration_without_classes",
     "Calibration corrects probabilities of classes, and a regression predicts none. Set `model.calibrate: "
     "none`, or change the task."},
    {RuleId::calibration_without_validation, "calibration_without_validation",
     "A calibrator is fitted on the validation part, whose rows the trees have not learned. Give "
     "`split.valid` "
     "a share above 0, or set `model.calibrate: none`."},
    {RuleId::class_weight_without_classes, "class_weight_without_classes",
     "Balancing weights the rows of rare classes higher, and a regression has no classes. Remove "
     "`class_weight`, or give a column the role weight."},
    {RuleId::early_stopping_without_validation, "early_stopping_without_validation",
     "Early stopping watches the metric on the validation part, and the split leaves that part empty. Give "
     "`data.split` a validation part, or set `early_stopping: 0`."},
    {RuleId::incomplete_split, "incomplete_split",
     "This way of splitting needs something that is not there: by time a `test_from` and a column with role "
     "time, by group a `key` or a column with role group, by file the `test` file. Add it."},
    {RuleId::split_key_mismatch, "split_key_mismatch",
     "The key belongs to another way of splitting and would have no effect on this one. Remove it, or change "
     "`data.split.by`."},
    {RuleId::target_as_input, "target_as_input",
     "The target is what the model predicts; as a feature, id, group or split key it would leak the answer. "
     "Give "
     "that role to another column."},
    {RuleId::duplicate_role, "duplicate_role",
     "Two columns have a role that only one can have (id, time, group or weight). Keep the one that is meant "
     "and "
     "set the other to ignore."},
    {RuleId::column_limits, "column_limits",
     "The limits declared for a column contradict each other or its type: a minimum above the maximum, or "
     "limits "
     "on something that is not a number. Correct the type or the limits."},
    {RuleId::unknown_column, "unknown_column",
     "mlp.yaml names a column that the data do not have. Correct the name (the nearest column is named), or "
     "the "
     "path of the data."},
    {RuleId::unreadable_data, "unreadable_data",
     "The file that `data.path` names is there but cannot be read as a table. Correct the file, or say in "
     "`data.format` how it is written."},
    {RuleId::unknown_parameter, "unknown_parameter",
     "`model.params` holds a name that XGBoost does not know, and XGBoost itself would ignore it. Correct "
     "the "
     "spelling (the nearest parameter is named) or remove it."},
    {RuleId::parameter_value, "parameter_value",
     "The parameter exists, but not with this value: it is of another type, out of range, or none of the "
     "words "
     "that XGBoost takes. The message names what is allowed."},
    {RuleId::parameter_twice, "parameter_twice",
     "Two keys say the same thing to XGBoost, so one of them would win silently. Keep one."},
    {RuleId::owned_parameter, "owned_parameter",
     "The parameter follows from another key of mlp.yaml, such as the seed or the number of classes. Set "
     "that key "
     "instead; the message names it."},
    {RuleId::idle_parameter, "idle_parameter",
     "The chosen booster does not look at this parameter, so it changes nothing. Remove it, or choose the "
     "booster "
     "that it belongs to."},
    {RuleId::objective_task, "objective_task",
     "The objective trains for something else than `model.task` asks for, or gives no probabilities. Leave "
     "the "
     "objective out, or change the task."},
    {RuleId::external_trainer, "external_trainer",
     "The key steers the built-in trainer, and `model.trainer` names a program of yours, which would never "
     "hear of it. Remove the key, or hand the value over in `model.params`, which the program finds in the "
     "file MLP_PARAMS (see `mlp help trainer`)."},
    {RuleId::incomparable_metric, "incomparable_metric",
     "A comparison with the model that holds the stage asks which of the two is better, and of this metric "
     "neither a higher nor a lower value is (a bias is best at 0), or it is a comparison itself. Compare by "
     "another metric, and bound this one by a min and a max."},
    {RuleId::unknown_check, "unknown_check",
     "A `check` rule names a check that mlp does not have. Known are data_errors, committed and "
     "test_set_use."},
    {RuleId::unclear_rule, "unclear_rule",
     "A rule of a gate is one map that says what it judges: a metric (also in a slice), required keys, or a "
     "check. This one says none of them, or more than one."},
    {RuleId::missing_limit, "missing_limit",
     "A rule without a limit would pass whatever was measured. Give it a `min` or a `max`."},
    {RuleId::loose_bound, "loose_bound",
     "A minimum judged by the upper end of the interval, or a maximum by the lower end, passes unless the "
     "opposite is proved. Usually `min` goes with `lower_ci` and `max` with `upper_ci`."},
    {RuleId::empty_gate, "empty_gate",
     "A gate without rules, or a stage without gates, lets everything through while it looks like a check. "
     "Add "
     "a rule or remove it."},
    {RuleId::undefined_gate, "undefined_gate",
     "A stage names a gate that `gates` does not define. Correct the name (the nearest one is named) or "
     "define "
     "it."},
    {RuleId::unused_gate, "unused_gate",
     "No stage names this gate, so its rules are never judged. Add it to a stage or remove it."},
    {RuleId::undefined_stage, "undefined_stage",
     "`from` names a stage that does not exist, or stages that wait for each other in a circle, so that no "
     "model "
     "could ever get there. Correct it."},
    {RuleId::unmatched_slice, "unmatched_slice",
     "The rule judges slices that mlp.yaml does not declare, so it would match nothing and mean nothing. Add "
     "them to `evaluation.slices`, or mark the column `protected: true`."},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < k_explanations.size(); ++i) {
    if (k_explanations[i].rule != static_cast<RuleId>(i)) {
      return false;
    }
  }
  return true;
}
static_assert(in_order(), "name_of() looks a rule up by its number");

} // namespace

const std::array<RuleExplanation, k_rule_count>& rule_explanations() { return k_explanations; }

std::string_view name_of(RuleId rule) { return k_explanations[static_cast<std::size_t>(rule)].name; }

std::string_view explain_rule(std::string_view name) {
  std::vector<std::string> names;
  for (const RuleExplanation& explanation : k_explanations) {
    if (explanation.name == name) {
      return explanation.text;
    }
    names.emplace_back(explanation.name);
  }
  const auto near = nearest(name, names);
  throw Error(ErrorCode::usage, "'{}' is not a known rule", name)
      .hint(near ? fmt::format("did you mean `mlp check --explain {}`?", *near)
                 : fmt::format("known rules: {}", fmt::join(names, ", ")));
}

} // namespace mlp::config
