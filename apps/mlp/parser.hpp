#pragma once

#include "command.hpp"

#include <string>
#include <vector>

namespace mlp::cli {

/// Reads a command's arguments into its options' targets. An option given twice: the last one counts, a list
/// collects all; a list whose placeholder ends with ",…" ("COL,…") is split at commas as well.
///
/// `command`    what an error calls it, "mlp promote"
/// `global`     the options of every command; `options` its own
/// `arguments`  without the verb
/// throws       Error{usage}: unknown option (with the nearest one), value missing, not a number or not one
/// of
///              the choices, required option or positional missing, too many positionals
void parse(const std::string& command, const Options& options, const Options& global,
           const std::vector<std::string>& arguments);

} // namespace mlp::cli
