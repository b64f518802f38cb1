#pragma once

#include "workflow/initialising.hpp"

namespace mlp::workflow {

/// What the data say about the project that is being made.
struct DataFacts {
  Task task = Task::binary;
  std::string name;
  std::string path = "data/data.csv";
  std::string format; ///< YAML line of data.format; empty: what is detected will do
  std::string target = "target";
  std::string positive = "Yes";
  std::string columns; ///< YAML lines for data.columns
  std::string split;   ///< YAML of data.split; empty: nothing is known of the data
  std::string summary; ///< for the terminal
};

/// Reads the data of `request` (they lie at `data`) and fills in what they say; what was guessed or set apart
/// is added to `notes`. throws Error{usage} without a target, Error{input} where a named column or value is
/// absent, or the target does not fit the asked task
void look_at_data(const Context& context, const InitRequest& request, const fs::path& data, DataFacts& facts,
                  std::vector<std::string>& notes);

} // namespace mlp::workflow
