#pragma once

#include "dataset/profile.hpp"

namespace mlp::dataset {

/// What profile_of says of a numeric column with more than k_exact_values present values, in memory that does
/// not grow with the rows. `profile` has name, type, and count.
///
/// By counting, exactly; false, and nothing changed, where its values cannot be counted so.
[[nodiscard]] bool profile_by_counting(ColumnProfile& profile, const Column& column);
/// From sketches of eighths of the rows. The same on any number of threads.
void profile_by_sketches(ColumnProfile& profile, const Column& column, unsigned threads);

} // namespace mlp::dataset
