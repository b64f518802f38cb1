#include "validation/validate.hpp"

#include "validation/feature_checks.hpp"
#include "validation/order_checks.hpp"
#include "validation/split_checks.hpp"

namespace mlp::validation {

Findings examine(const Subject& subject, Depth depth) {
  Findings findings;
  check_duplicates(subject, findings);
  if (depth == Depth::all) {
    check_near_duplicates(subject, findings);
  }
  check_groups(subject, findings);
  check_time_order(subject, findings);
  check_split_shift(subject, findings);
  check_target_leakage(subject, findings);
  check_target_combination(subject, findings);
  check_missingness(subject, findings);
  check_label_by_time(subject, findings);
  check_row_order(subject, findings);
  check_id_leakage(subject, findings);
  check_totals_row(subject, findings);
  check_row_dependence(subject, findings);
  check_stuck_columns(subject, findings);
  check_row_count(subject, findings);
  check_freshness(subject, findings);
  return findings;
}

} // namespace mlp::validation
