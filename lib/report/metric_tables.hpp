#pragma once

#include "evaluation/evaluation.hpp"

#include <string>

namespace mlp::report {

/// Which metrics a table holds: those of mlp.yaml with the skills beside them, or every one of the task.
enum class Rows { shown, all };

/// One line a metric: value, interval, what guessing and the simple model reach; why a value is absent.
///
///       metric               value   95% interval      guessing   simple model
///       recall (≥ 0.50)      0.653   0.629 – 0.676        0.000          0.589
[[nodiscard]] std::string metrics_table(const evaluation::Evaluation& evaluation, Rows rows = Rows::shown);

/// One line a slice: rows, up to three of the shown metrics, and for a binary task the share that is called
/// positive; "–" where a value is undefined or the rows are too few. Empty where there are no slices.
[[nodiscard]] std::string slice_table(const evaluation::Evaluation& evaluation);

/// Rows are true classes, columns what they were called. Empty for a regression; more than 12 classes are
/// left to `--json`.
[[nodiscard]] std::string confusion_table(const evaluation::Evaluation& evaluation);

} // namespace mlp::report
