#pragma once

#include "session.hpp"

#include <string>
#include <vector>

namespace mlp::cli {

/// Runs one command line (without the program's name) and returns the exit status. `session` holds what was
/// read from the surroundings; the members that follow from flags are filled in here. Every error ends here:
/// one line, its hints, and its status (cli.md), or JSON with --json.
int run(const std::vector<std::string>& arguments, Session session);

} // namespace mlp::cli
