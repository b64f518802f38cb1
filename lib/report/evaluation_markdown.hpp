#pragma once

#include "report/evaluation_view.hpp"

#include <string>

namespace mlp::report {

/// The same in short, for a pull request: verdict, metrics, groups, checks that need attention, and where it
/// is from.
[[nodiscard]] std::string evaluation_markdown(const Json& document, const PageFacts& facts);

} // namespace mlp::report
