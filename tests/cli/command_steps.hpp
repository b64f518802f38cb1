#pragma once

#include "support/mlp_run.hpp"
#include "support/sample_project.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <vector>

namespace mlp::test {

/// One command of a story: what is typed and what must come of it.
struct Step {
  std::string line; ///< `mlp` left out; words stand between blanks
  int exit = 0;
  std::string out = {};                                 ///< a part of standard output
  std::string err = {};                                 ///< a part of standard error
  std::string schema = {};                              ///< of each line of standard output, which is JSON
  std::function<void(const Scratch&)> before = nullptr; ///< what happens first
};

/// The words of a step's line.
std::vector<std::string> words_of(const std::string& line);

/// Tells the story from its beginning; each command starts in `scratch.root`.
void tell(const Scratch& scratch, const std::vector<Step>& story);

/// The sample project, committed, in the scratch folder.
void start_sample(const Scratch& scratch);
/// Rewrites one place of a file.
std::function<void(const Scratch&)> edited(std::string file, std::string from, std::string to);
std::function<void(const Scratch&)> removed(std::string file);

std::vector<Step> story_of_starting();
std::vector<Step> story_of_data();
std::vector<Step> story_of_experiments();
std::vector<Step> story_of_decisions();
std::vector<Step> story_of_use();
std::vector<Step> story_of_accounts();

} // namespace mlp::test
