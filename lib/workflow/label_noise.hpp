#pragma once

#include "validation/subject.hpp"
#include "workflow/workspace.hpp"

namespace mlp::workflow {

/// label_noise: which labels a small boosted model, out of fold, is surer to be others
/// (confident_learning.hpp). A report, never a failure. At most 20,000 labelled rows are looked at, of
/// classes with 30 rows or more.
void report_label_noise(Workspace& workspace, const validation::Subject& subject,
                        validation::Findings& findings);

} // namespace mlp::workflow
