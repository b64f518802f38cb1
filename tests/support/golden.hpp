#pragma once

#include <string>
#include <string_view>

namespace mlp::test {

/// What is wrong between `text` and tests/golden/<name>: empty where they are equal, else the first line that
/// differs. With MLP_TEST_ACCEPT=1 in the environment the file is rewritten first: read the diff like code.
[[nodiscard]] std::string golden_difference(std::string_view name, std::string_view text);

} // namespace mlp::test
