#pragma once

#include "base/check.hpp"
#include "config/yaml.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mlp::policy {

enum class Outcome { allow, warn, deny }; ///< what a status that is neither pass nor fail does
/// Which number of an interval is held against a limit; `proved`: fail and pass need all of it on one side.
enum class Bound { point, lower_ci, upper_ci, proved };
enum class Mode { guard, non_inferiority, superiority };
[[nodiscard]] std::string_view name_of(Mode mode);
/// What a fairness rule asks for: both ways it fails only what is proved too far apart. `ok`: what is not
/// proved within the limit blocks; `unfair`: what is not proved beyond it is a warning.
enum class Proof { both, ok, unfair };

struct Defaults {
  double alpha = 0.05; ///< one-sided level of the comparisons
  std::int64_t min_n = 100;
  std::int64_t min_denominator = 30;
  Outcome on_inconclusive = Outcome::warn;
  Outcome on_missing = Outcome::deny;
};

/// One rule of a gate. Which members are set depends on `kind`.
struct Rule {
  enum class Kind { metric, comparison, slice, weak, fairness, required, check } kind = Kind::metric;
  std::string metric;         ///< metric, comparison, slice
  std::optional<double> min;  ///< metric, slice
  std::optional<double> max;  ///< metric, slice, check
  Bound bound = Bound::point; ///< metric, slice
  Mode mode = Mode::guard;    ///< comparison
  double margin = 0.0;        ///< comparison, in the metric's own unit, > 0
  std::vector<std::vector<std::string>> groups_by =
      {}; ///< slice, fairness: columns and crosses, each judged; fairness: empty = each column
  std::optional<double> max_drop = std::nullopt; ///< slice: how much worse than the other rows, in the
                                                 ///< metric's unit; weak: in the loss's
  std::size_t depth = 2;                         ///< weak: columns that a slice may be made of
  Proof proof = Proof::both;                     ///< fairness
  std::optional<std::int64_t> min_n;             ///< metric, slice: overrides the default
  std::vector<std::string> required;             ///< required: dotted keys of mlp.yaml
  std::string check;       ///< check: data_errors | committed | test_set_use | proxy_auc |
                           ///< representation | attribute_not_a_feature
  bool only_warns = false; ///< `else: warn`
  std::string why;
  std::string gate;
  config::Position position;
  [[nodiscard]] std::string id() const; ///< "roc_auc", "no_regression(roc_auc)", "required", …
};

struct Gate {
  std::string name;
  std::vector<Rule> rules;
  Outcome first_model = Outcome::warn; ///< of a gate with `baseline: stage`
};

struct Stage {
  std::string name;
  std::string from; ///< empty: from anywhere
  std::vector<std::string> gates;
};

struct Policy {
  Defaults defaults;
  std::vector<Stage> stages; ///< in file order; the last one is "production" to defaults
  std::map<std::string, Gate> gates;

  [[nodiscard]] const Stage* stage(std::string_view name) const;
  [[nodiscard]] std::vector<const Rule*> rules_of(const Stage& stage) const;
};

struct LoadedPolicy {
  Policy policy;
  std::vector<config::Finding> findings;
};

/// What the policy must know of the project to judge itself: metrics that exist for the task.
struct PolicyContext {
  /// Of the task, skill_vs_dummy and skill_vs_simple included; names, and forms of names with a parameter.
  std::vector<std::string> known_metrics;
  std::vector<std::string> other_metrics; ///< of other tasks: they exist, but do not fit
  /// What evaluation slices by: declared slices (a cross has several columns) and each protected column.
  std::vector<std::vector<std::string>> slices;
  /// Those of `known_metrics` by which two models can be compared: higher or lower is better, and they
  /// measure one model alone.
  std::vector<std::string> comparable_metrics;
  std::vector<std::string> fairness_metrics = {};  ///< of the task: demographic_parity_difference, …
  std::vector<std::string> protected_columns = {}; ///< of mlp.yaml
  /// Of `known_metrics` with a parameter, those that an evaluation measures; of a form, all.
  std::vector<std::string> measured_metrics = {};
  /// Those that an evaluation measures on every slice.
  std::vector<std::string> slice_metrics = {};
};

/// Validates completely. throws Error{input} only where the text is no YAML
[[nodiscard]] LoadedPolicy load_policy(std::string_view text, const std::string& file,
                                       const PolicyContext& context);

/// A metric as measured; `slice` is empty for the overall value ("sex=Female" else).
struct MetricFact {
  std::string name;
  std::string slice;
  std::vector<std::string> slice_columns; ///< in any order: the fact of a rule that judges these columns
  std::optional<double> value;            ///< absent: undefined or insufficient
  std::optional<double> lower;
  std::optional<double> upper;
  std::int64_t n = 0;
  std::string why;           ///< of an absent value
  std::string unit = "rows"; ///< what n counts
  /// Of a slice: how much worse than all other rows, + = worse, with its interval; absent: not to be said.
  std::optional<double> drop = std::nullopt;
  std::optional<double> drop_lower = std::nullopt;
  std::optional<double> drop_upper = std::nullopt;
  std::string why_no_drop = {};
};

/// A slice that the search found, confirmed by rows that it did not see.
struct WeakSliceFact {
  std::string slice;
  std::size_t depth = 1;   ///< columns that it is made of
  double difference = 0.0; ///< its mean loss less the other rows'
  std::int64_t n = 0;      ///< rows that confirmed it
};

/// What the search for weak slices came to.
struct WeakSearchFact {
  std::string loss; ///< log_loss, mse or 1 - ndcg
  std::vector<WeakSliceFact> confirmed;
  std::string why; ///< of there having been nothing to search
};

/// A comparison with the holder of the stage, judged by metrics::decide.
struct ComparisonFact {
  std::string metric;
  Mode mode = Mode::guard; ///< mode and margin tell two rules on one metric apart
  double margin = 0.0;
  Check result;
};

/// How far the groups of some protected columns lie apart; `value` absent: too few rows.
struct FairnessFact {
  std::string metric;
  std::vector<std::string> columns;
  std::optional<double> value;
  std::optional<double> lower;
  std::optional<double> upper;
  std::int64_t n = 0;
  std::vector<std::string> insufficient; ///< groups that could not be judged
  std::string why;
};

/// Everything that the rules of one stage ask for, gathered before judging: judging is a pure function of it.
struct Evidence {
  bool has_evaluation = false; ///< a fitting evaluation exists
  std::string missing_hint;    ///< the command that makes it
  std::vector<MetricFact> metrics;
  std::vector<FairnessFact> fairness;
  std::optional<WeakSearchFact> weak; ///< of the evaluation
  bool has_champion = false;          ///< somebody else holds the stage
  std::vector<ComparisonFact> comparisons;
  std::map<std::string, Check> checks;   ///< by id: data_errors, committed, test_set_use
  std::map<std::string, bool> filled_in; ///< required dotted keys of mlp.yaml
  bool held_from = true;                 ///< the model holds or held `stage.from`
};

/// One rule, judged: `{"rule","status","observed","limit","n","why"}`.
struct RuleResult {
  Check check;            ///< id = Rule::id()
  std::string limit_text; ///< "≥ 0.65", for people
  std::string observed_text;
  bool blocks = false; ///< refuses the promotion
};

struct Verdict {
  bool allowed = false;
  std::string reason; ///< allowed | denied | inconclusive | missing_evidence
  std::vector<RuleResult> rules;
};

/// The worst rule decides. NaN and absent values never pass; a metric on fewer than min_n rows is
/// inconclusive; `else: warn` never blocks. Results stand in the order of the file; a `from` that was not
/// held comes first.
[[nodiscard]] Verdict judge(const Policy& policy, const Stage& stage, const Evidence& evidence);

} // namespace mlp::policy
