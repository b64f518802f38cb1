#pragma once

#include "base/check.hpp"

#include <span>

namespace mlp::workflow {

/// Puts `checks` into a record's body as `checks`. A record is small (k_largest_record), a table may have a
/// finding a column: where they need more than 24 KiB, failures come first, then the first findings of every
/// kind, and `checks_left_out` is how many are not there. The order stays.
void record_checks(Json& body, std::span<const Check> checks);

} // namespace mlp::workflow
