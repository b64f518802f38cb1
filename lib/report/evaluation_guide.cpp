#include "report/evaluation_guide.hpp"

namespace mlp::report {

std::string_view evaluation_guide() {
  return R"(The section `evaluation` of mlp.yaml: by what a model is judged.

    evaluation:
      metrics: [roc_auc, recall, value_per_1000]     # the first one is primary
      decision: {costs: {fp: 20, fn: amount}, threshold: cost_optimal}
      current_rule: {column: old_decision}
      slices: [contract, {column: tenure, bins: 4}, [sex, contract]]
      conformal: {by: contract}
      bootstrap: 2000
      confidence: 0.95

metrics      see `mlp help metrics`. All of them are measured; these are shown,
             in every slice too.

decision     binary only: a row is called positive at or above the threshold.
  costs      of a true or false positive or negative (tp, fp, tn, fn): an amount,
             or a column that holds the row's own; what is absent costs 0, a
             gain is negative. The column may have any role, `ignore` too. Only
             the rows whose class can cause a cost need an amount: of `fn` the
             positive ones. With costs there are the metrics cost and
             value_per_1000, for slices and policies as well.
  threshold  a number, or chosen on the validation part, never on the test part:
             cost_optimal, max_f1, {recall_at_least: 0.9}, {capacity: 200/day}
             (of `volume: 7000/month`). An amount that differs from row to row
             has no best threshold but the one of these rows: the cheapest.

current_rule how cases are decided today, shown beside the model and compared
             with it row by row.
  column     the target's classes, or with `threshold` numbers of which those at
             or above it are called positive (within 0 and 1 they are judged as
             probabilities too); of a regression the number that is used today.
             Give the column the role `ignore`.
  predictions  or a file as `mlp eval --predictions` takes it, from the project's
             folder. Rows that the rule does not decide are left out of its
             comparison, and counted.

Beside the model stand always: guessing the same (`dummy`), a linear or logistic
model (`simple`), the best single question about one feature (`stump`), and the
current rule where there is one. Comparisons are paired: McNemar, paired DeLong,
paired t, else a paired bootstrap.

Several candidates: `mlp diff` compares two models and `mlp promote` a candidate
with a champion, so Holm's correction is over the metrics that `mlp diff` shows.
Candidates that are tried one after the other on one test part are counted, not
corrected: each evaluation and each dry run is a look (`test_set_use`). The best
of k equally good models looks better than it is by about its standard error
times the root of 2 ln k; `{check: test_set_use, max: 20}` in a gate bounds k.
Training noise: `mlp train --seeds 5` trains with four more seeds and records how
far the models spread on the validation part; `mlp diff` then says which
differences are no larger than that.

fairness     {min_n: 100, min_denominator: 30}: from how many rows on a protected
             group is judged, and a rate by its denominator; smaller ones are
             listed as insufficient evidence.

conformal    {by: region}: sets and intervals that hold the truth with 90% are made
             from the validation part; with `by`, for each value of a column also
             from its rows alone, so that the promise holds in each group (wider
             where its rows are few). Weights count: the promise is of the
             population that they stand for. Not of a ranking.

slices       columns, crosses of columns, quantile bins; a missing value is a
             group of its own.

Of a ranking, a slice is judged by its queries: from 100 with a relevant row on,
min_n counts them, weak slices are searched by 1 - ndcg of whole queries, and by
columns that say the same of all rows of a query. Fairness and conformal sets are
not defined for it: a protected column is a slice there.

Rules of policy.yaml on slices, each in the list of a gate. A slice of fewer rows
than min_n (of the rule, else of `defaults`) is inconclusive; a slice that is not
declared above, or a metric that is not among `metrics`, is an error.

    - {by: [region, [sex, region]], metric: recall, min: 0.5, bound: lower_ci}
    - {by: [region], metric: recall, max_drop_vs_complement: 0.1, min_n: 200}
    - {auto: {depth: 2, max_drop: 0.15}, else: warn}

  by         columns, or lists of columns that are crossed; protected columns are
             slices, too. The worst slice decides, and is named.
  min, max   of the metric within the slice; `bound: lower_ci` or `upper_ci` holds
             that end of the slice's interval against it
  max_drop_vs_complement   how much worse than all other rows, in the metric's
             unit: fails where the whole interval of the difference is beyond,
             passes where all of it is within, else inconclusive;
             `bound: point` takes the difference for exact
  auto       slices that no one declared: those that the search found on one half
             of the rows and the other half confirmed, of at most `depth` columns
             (1 or 2). max_drop: how much their mean loss may lie above the other
             rows', in the loss that `mlp eval` shows

What comes of rows that cannot be measured as they are:
  no label                 left out and counted (rows_without_target); refused
                           where no row has one
  a label of no class      refused, named
  one class only           what needs two is `undefined`, with the reason; no
                           rule of a policy passes on it
  a score that is NaN or   refused, counted: leaving such rows out would raise
  infinite, a probability  every score
  outside [0, 1]
  too few predictions,     refused where rows are matched by order; by id or row
  or too many              number the rows without one are counted and left out
  a weight below 0, absent refused by row; so are weights that are all 0
  or no number
  a slice column of many   its 50 largest values, the others as one group; more
  values                   than 12 numbers are cut into quartiles
  a group of few rows      shown with n, `insufficient`: judged by nothing
  an amount of a cost or a see `costs` and `current_rule` above
  decision that is missing
)";
}

} // namespace mlp::report
