#pragma once

#include "workflow/scoring.hpp"

#include <string>
#include <vector>

namespace mlp::workflow {

/// Rows as a person reads them.
struct ShownRows {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;
};

/// The 15 rows on which the model is most wrong: number of the row, its id where the data have one, what it
/// is, what it was called, the score, and the first few features; of personal columns no value.
[[nodiscard]] ShownRows worst_mistakes(const TestRows& test, const evaluation::Scored& scored,
                                       const model::Artifact& artifact);

} // namespace mlp::workflow
