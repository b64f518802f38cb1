#pragma once

#include "config/data_schema.hpp"
#include "dataset/roles.hpp"
#include "validation/subject.hpp"

namespace mlp::validation {

/// What the data do not keep of what schema.yaml promises: one finding a column and promise, with the number
/// of values that break it and the first rows. All are failures. Values are never shown.
///
/// schema.missing_column, schema.unknown_column, schema.type (a column without values fits any; values decide
/// where a category was read as numbers), schema.missing, schema.values, schema.min, schema.max, schema.regex
/// (of the values as text), schema.unique, schema.monotone
void check_schema(const dataset::Table& table, const dataset::Profile& profile,
                  const config::DataSchema& schema, Findings& findings);

/// What schema.yaml says of columns that are offered to the trainer:
///
/// post_outcome_feature  its role is post_outcome, or `available_at` is after the moment of the prediction: a
///                       duration above 0, or a column of dates that in some row is later than the column of
///                       role time
/// schema.role           it has another role that is no feature
void check_schema_roles(const dataset::Table& table, const dataset::Roles& roles,
                        const config::DataSchema& schema, Findings& findings);

/// Takes out the findings of personal data in columns of which the schema says whether they are.
void drop_answered(std::vector<Check>& checks, const config::DataSchema& schema);

} // namespace mlp::validation
