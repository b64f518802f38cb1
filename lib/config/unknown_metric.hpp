#pragma once

#include "config/findings.hpp"

#include <span>
#include <string>

namespace mlp::config {

/// A finding for a metric that is not among `known`: not supported yet where evaluation.md defines it, else
/// unknown, with what its parameter may be, or the nearest known one.
void report_unknown_metric(const std::string& name, Position position, std::span<const std::string> known,
                           FindingList& findings);

} // namespace mlp::config
