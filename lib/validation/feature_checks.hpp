#pragma once

#include "validation/subject.hpp"

namespace mlp::validation {

// What one feature says about the target that it should not. More than 50,000 labelled rows are sampled. A
// feature is judged from 30 labelled rows of either class on (of one value more than the target's, in a
// regression): fewer agree by chance.

/// target_leakage       predictive_power of each feature; warn from 0.85, fail from 0.95 on
/// target_combination   of a regression: whether up to five features, each times a number, add up to the
///                      target in every complete row (R² above 1 − 10⁻⁹); fail
/// missingness_leakage  AUC of "the value is missing" against the label (one class against the others; in a
///                      regression against the target's order), where 30 rows or more are missing and
///                      present; fail from 0.75 on
void check_target_leakage(const Subject& subject, Findings& findings);
void check_missingness(const Subject& subject, Findings& findings);
void check_target_combination(const Subject& subject, Findings& findings);

} // namespace mlp::validation
