#pragma once

#include "evaluation/reliance.hpp"

#include <string>

namespace mlp::report {

/// A few lines of what an evaluation's document says in full; empty where nothing applies.
///
///       calibration   excess error 0.002 (p = 0.21), largest gap of a bin 0.031
///       sets of 90%   hold the truth in 90.4% (89.6% – 91.1%) of rows, 1.12 classes a row
///       own rules     region=north: 91.0% (89.0% – 92.7%), 1.31 classes      (of `evaluation.conformal.by`)
///       sure (≥ 0.9)  of 4,102 rows 97 are wrong: 2.4% (1.9% – 2.9%), a calibrated model has 2.6%
[[nodiscard]] std::string reliance_text(const evaluation::Reliance& reliance);

} // namespace mlp::report
