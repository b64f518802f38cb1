#pragma once

#include "config/data_schema.hpp"
#include "config/project.hpp"
#include "dataset/profile.hpp"
#include "dataset/table.hpp"

namespace mlp::validation {

/// What these data keep, as a schema for a person to edit:
///
/// closed       no other columns
/// type         as read
/// nullable     false where no value is missing; else max_missing, twice the observed share, up to the next
///              hundredth
/// values       of categories and booleans with up to 50 different values, none of them in one row only
/// unless
///              there are at most 10
/// min, max     of numbers: as observed
/// regex        of words without a blank: 20 different values or more that are the same sequence of digits,
///              capitals, small letters and signs, each run of the lengths observed
/// unique       of what names rows (words or whole numbers without a gap, all different)
/// role, unit   as mlp.yaml says (roles other than feature)
/// pii          true where personal data were found: then no values, limits or pattern
[[nodiscard]] config::DataSchema infer_schema(const dataset::Table& table, const dataset::Profile& profile,
                                              const config::Project& project);

} // namespace mlp::validation
