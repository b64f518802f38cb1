#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace mlp::dataset {

/// A file's text as UTF-8 without a byte order mark.
struct DecodedText {
  std::string_view text; ///< of the bytes given, or of `decoded`
  std::string decoded;   ///< where the bytes had to be rewritten
  std::string encoding = "utf-8"; ///< utf-8 | latin-1
  bool byte_order_mark = false;

  DecodedText() = default;
  DecodedText(const DecodedText&) = delete;
  DecodedText& operator=(const DecodedText&) = delete;
};

/// Makes sure that `bytes` are text and brings them into UTF-8; `bytes` must outlive `result`.
///
/// Bytes that are no UTF-8 are read as Latin-1 (ISO 8859-1) where that is plausible: no byte from 0x80 to 0x9F, which
/// are control characters there, and no valid UTF-8 sequence beside the invalid one. `declared` ("utf-8" or
/// "latin-1") leaves no choice.
/// throws Error{input} "name:line: ..." for a NUL byte, for UTF-16 and UTF-32, and for bytes of no known encoding
void decode_text(std::string_view bytes, const std::string& name, const std::optional<std::string>& declared,
                 unsigned threads, DecodedText& result);

/// The first byte of `text` that is no valid UTF-8 (RFC 3629: no surrogates, no overlong forms); npos where all is.
[[nodiscard]] std::size_t first_invalid_utf8(std::string_view text);

} // namespace mlp::dataset
