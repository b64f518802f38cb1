#pragma once

#include <string>
#include <string_view>

namespace mlp::dataset {

/// UTF-8 text in lower case (ASCII and Latin-1 letters), without blanks at its ends, one blank for several,
/// typographic quotes and dashes as ASCII has them, and without characters that nobody sees.
[[nodiscard]] std::string plain_words(std::string_view text);

} // namespace mlp::dataset
