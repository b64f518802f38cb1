#pragma once

#include "config/data_schema.hpp"
#include "validation/subject.hpp"

namespace mlp::validation {

/// label_delay  how long after its row's `role: time` the target is known, where schema.yaml says so: its
///              `available_at` is a duration, or a column of dates. observed = days that nine of ten labels
///              take (nearest rank). warn where a label is known before its row, or where the split is in the
///              order of time and a label that is learnt from was not known yet at the first test row
void check_label_delay(const Subject& subject, const config::DataSchema& schema, Findings& findings);

} // namespace mlp::validation
