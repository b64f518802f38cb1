#pragma once

#include "report/evaluation_view.hpp"

#include <string>

namespace mlp::report {

/// A page of its own: no network, no other file; for a phone, in the dark, on paper, with a keyboard. First
/// what a product owner asks (is it worth having, for whom does it work), then what a statistician does.
/// `document` as `mlp eval --json` prints it; a part that it lacks is left out.
[[nodiscard]] std::string evaluation_html(const Json& document, const PageFacts& facts);

} // namespace mlp::report
