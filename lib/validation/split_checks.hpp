#pragma once

#include "validation/subject.hpp"

namespace mlp::validation {

// What the two sides of the split have in common that they must not. Rows are those with a target.

/// duplicates_across_split  share of the test rows whose features all occur on the learnt side (and the share
///                          of learnt rows that occur in the test part). warn above 0, fail above 1%, where
///                          it is more than twice what chance makes: the same search with rows that are
///                          crossed from two test rows each
/// conflicting_labels       share of labelled rows whose features also occur with another label; warn above
///                          1%. Not for a regression
/// duplicate_rows           share of rows that repeat an earlier one in everything but the id; warn above 0,
///                          unless chance makes half as many
void check_duplicates(const Subject& subject, Findings& findings);

/// near_duplicates          share of test rows that agree with some learnt row in at least 90% of the
///                          features, but are no copy of it, less the share that chance makes: rows crossed
///                          from two test rows each, of which the second is the most like the first of 50
///                          drawn ones. Values agree that are alike (dataset::Likeness): in all but case,
///                          blanks, signs, rounding. fail where that is above 2% by two standard errors, warn
///                          above 2%. With fewer than 10 features all must agree; two are needed.
///
/// With d the most features that may differ, two such rows agree wholly in at least one of d + 1 groups of
/// features: only rows that share a group are compared (banding), at most 200 for each test row and group.
/// So many rows share a group only where its values are common; the result is then a lower bound. At most
/// 5,000 test rows are looked up. One pass over the learnt rows, O(rows · features); memory for the test rows
/// alone.
void check_near_duplicates(const Subject& subject, Findings& findings);

/// group_overlap            groups (role `group`) with rows on both sides; fail above 0
/// time_leakage             rows of the test part that are not after the newest learnt row (role `time`);
///                          fail above 0
void check_groups(const Subject& subject, Findings& findings);
void check_time_order(const Subject& subject, Findings& findings);

/// split_shift              how far a feature's distribution lies apart between learnt and test rows, where
///                          the split is by time, group or file; at most 50,000 rows of either. observed =
///                          the distance (Kolmogorov-Smirnov; of words total variation). warn where
///                          ColumnShift::drift is alert: from a distance of 0.2, a tenth more or less
///                          missing, or 1% of the test rows with values that were not learnt, beyond chance
void check_split_shift(const Subject& subject, Findings& findings);

} // namespace mlp::validation
