#pragma once

#include "model/external.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mlp::model {

/// One of the two commands of an external trainer.
struct ExternalCommand {
  std::string_view role; ///< for messages: "training", "predict"
  std::string text;
  std::filesystem::path directory; ///< in which it runs
  std::vector<std::pair<std::string, std::string>> variables;
};

/// Runs it, its streams appended to `<place.folder>/log`: the seconds it took.
/// throws Error{input} with the last lines of the log where it fails or its time is over; Error{environment}
/// where the shell finds no such program; Error{interrupted}
double run_external(const ExternalCommand& command, const ExternalPlace& place);

/// Writes columns of some rows as CSV; `numbered`: with a column `row` before them, counted from 1.
enum class Numbered { no, yes };
void write_rows(const std::filesystem::path& file, const dataset::Table& table,
                const std::vector<std::string>& columns, std::span<const std::uint32_t> rows,
                Numbered numbered);

} // namespace mlp::model
