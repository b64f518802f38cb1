#pragma once

#include "base/json.hpp"
#include "base/parameter_name.hpp"
#include "base/progress.hpp"
#include "base/task.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mlp::metrics {

/// The version of the definitions in this folder: evidence made with another one is stale.
inline constexpr int k_metrics_version = 4;

enum class Status { ok, undefined, insufficient };
[[nodiscard]] std::string_view name_of(Status status);

enum class Direction { higher_is_better, lower_is_better, neither };
[[nodiscard]] std::string_view name_of(Direction direction);

/// How an interval of a metric is computed (evaluation.md, section 3).
/// basic_bootstrap: for a maximum, which resamples exceed more often than not; percentiles of the others.
enum class IntervalMethod {
  none,
  wilson,
  delong,
  normal,
  bootstrap,
  basic_bootstrap,
  cluster_bootstrap,
  block_bootstrap
};
[[nodiscard]] std::string_view name_of(IntervalMethod method);

/// What keeps rows from being independent of each other: they come in clusters (patients, users), or one
/// follows the other in time.
enum class Dependence { none, clusters, time };

/// Targets and predictions of the same rows, in the same order.
///
/// target   [n]    binary: 0 or 1; multiclass: class index 0…k−1; regression: the value; ranking: the grade
/// of relevance, a whole number ≥ 0
/// scores   [n·k]  binary: P(positive), k = 1; multiclass: row-major class probabilities; regression: the
///                 prediction, k = 1; ranking: any number, higher = earlier, k = 1
/// weights  [n]    or empty; ≥ 0, finite, not all zero
/// classes         k of a multiclass task, else 1
/// class_names [k] multiclass: for the metrics of one class; or empty: they are called 0, 1, …
/// threshold       binary: a row is called positive when its score is ≥ threshold
/// places   [n]    or empty where `dependence` is none; clusters: the index of the row's cluster, each of
/// 0…k−1 at
///                 least once (of a ranking the queries: it has always clusters); time: a number that is the
///                 greater the later the row is
/// features        regression: how many the model reads, for adj_r2; 0 where nobody knows
/// half_width      regression: of the interval around each prediction, where there is one
/// call_cost, pass_cost  [n] or both empty; binary: what it costs to call this row positive, or not to
struct Sample {
  Task task = Task::binary;
  std::span<const double> target;
  std::span<const double> scores;
  std::span<const double> weights = {};
  std::size_t classes = 1;
  double threshold = 0.5;
  Dependence dependence = Dependence::none;
  std::span<const std::uint32_t> places = {};
  std::span<const std::string> class_names = {};
  std::size_t features = 0;
  std::optional<double> half_width = std::nullopt;
  std::span<const double> call_cost = {};
  std::span<const double> pass_cost = {};

  [[nodiscard]] std::size_t rows() const { return target.size(); }
};

/// throws Error{input}: sizes differ, no rows, NaN or infinite scores (counted), probabilities outside [0,1],
/// target outside its domain, weights negative, not finite or all zero, costs not finite
void validate(const Sample& sample);

/// One metric's definition.
struct MetricInfo {
  std::string_view name; ///< stable id, as in mlp.yaml and --json; or the form of such names (lift@k)
  Task task;
  Direction direction;
  IntervalMethod interval;
  std::string_view range;      ///< "[0, 1]"
  std::string_view definition; ///< one line
  std::string_view source;
  std::string_view usual = {}; ///< of a form: the parameters that every evaluation measures, a space between
  bool from_rows = true;       ///< targets, scores and weights are all that it needs
};

/// Whether training can be stopped, and importance measured, by it: it has a better direction, and targets,
/// scores and weights are all that it needs.
[[nodiscard]] bool can_steer(const MetricInfo& info);

/// Every metric of a task, in the order in which they are shown.
[[nodiscard]] std::span<const MetricInfo> metrics_of(Task task);
/// The definition of a metric, by its name; of a name with a parameter (base/parameter_name.hpp), its form's.
[[nodiscard]] const MetricInfo* find_metric(Task task, std::string_view name);
/// The names that every evaluation measures: all that have no parameter, and the usual ones of each form.
[[nodiscard]] std::vector<std::string> metric_names(Task task);
/// All that a name may be: metric_names() and the forms.
[[nodiscard]] std::vector<std::string> metric_forms(Task task);
/// `names`, then `more` that are not among them.
[[nodiscard]] std::vector<std::string> joined(std::vector<std::string> names,
                                              std::span<const std::string> more);
/// Those that count money, and so need a sample with costs.
[[nodiscard]] bool needs_costs(std::string_view metric);

/// A metric as measured.
struct MetricValue {
  std::string name;
  Status status = Status::ok;
  std::optional<double> value; ///< present exactly where status is ok
  std::int64_t n = 0;          ///< rows; of a ranking: queries that have a relevant row
  std::optional<std::int64_t> n_pos;
  std::optional<double> lower; ///< of the interval, where there is one
  std::optional<double> upper;
  IntervalMethod method = IntervalMethod::none;
  double level = 0.95;
  Direction direction = Direction::neither;
  std::string why; ///< of a value that is not ok
};

/// `{"name","value","status","n","n_pos","ci","ci_method","level","direction","why"}`
[[nodiscard]] Json to_json(const MetricValue& value);

struct IntervalOptions {
  double level = 0.95;
  std::int64_t replicates = 2000; ///< of the bootstrap
  std::uint64_t seed = 0;
  unsigned threads = 1;                 ///< never changes a result
  Progress* progress = nullptr;         ///< may be null
  const Interrupt* interrupt = nullptr; ///< may be null; Error{interrupted} between two replicates
};

/// The value alone (status, value, n, n_pos, direction). `name` must be a metric of sample.task.
[[nodiscard]] MetricValue measure(std::string_view name, const Sample& sample);
/// As measure(), of several.
[[nodiscard]] std::vector<MetricValue> measure_all(std::span<const std::string> names, const Sample& sample);

/// The values of `names` with their intervals; metrics that share a bootstrap share its replicates. No result
/// depends on the order of the rows or the number of threads. Rows that depend on each other are resampled
/// together, and every interval is then the bootstrap's: by cluster, or by blocks of time where the losses of
/// neighbouring rows are correlated (|r| > 1.96/√n). Means of row losses of fewer than 50 rows, and
/// the AUC of unequally weighted rows, take the bootstrap instead of their own interval. A metric that has a
/// value but no interval is insufficient: more than 5% of the resamples undefined, or a class of one row.
/// throws Error{input} for a name that is no metric of the task, a level outside (0, 1), no replicates
[[nodiscard]] std::vector<MetricValue> measure_with_intervals(std::span<const std::string> names,
                                                              const Sample& sample,
                                                              const IntervalOptions& options);

/// Another model's scores of the same rows, to be compared with by skill: 1 − L(model)/L(other), L = log_loss
/// (classification), mse (regression) or 1 − ndcg (ranking); undefined where L(other) = 0.
struct Rival {
  std::string skill; ///< the name of the value: "skill_vs_dummy"
  Sample sample;
};

/// The values of `names`, then one skill a rival with a paired bootstrap interval: all on the same resamples,
/// which are the larger part of the work.
[[nodiscard]] std::vector<MetricValue> measure_with_rivals(std::span<const std::string> names,
                                                           const Sample& sample,
                                                           std::span<const Rival> rivals,
                                                           const IntervalOptions& options);

/// counts[i][j]: rows of true class i that were called class j (binary: 0 negative, 1 positive at the
/// threshold).
[[nodiscard]] std::vector<std::vector<std::int64_t>> confusion_matrix(const Sample& sample);

} // namespace mlp::metrics
