#pragma once

#include <string>
#include <string_view>

namespace mlp::workflow {

/// `text` as a YAML scalar that reads back as this text and nothing else: plain where that is safe, else
/// double-quoted.
[[nodiscard]] std::string yaml_scalar(std::string_view text);

} // namespace mlp::workflow
