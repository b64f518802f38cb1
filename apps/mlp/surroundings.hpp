#pragma once

#include "session.hpp"

namespace mlp::cli {

/// Reads once what a command may know of the process around it: environment, working directory, clock,
/// terminals, processors. Also prepares the process: Ctrl-C sets the session's Interrupt (a second one ends
/// at once), a reader that went away ends the program quietly, and OpenMP does not spin (it reads
/// OMP_WAIT_POLICY when its library is loaded, which is later).
[[nodiscard]] Session surroundings();

} // namespace mlp::cli
