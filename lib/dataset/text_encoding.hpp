#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace mlp::dataset {

/// A file's text as UTF-8 without a byte order mark.
struct DecodedText {
  std::string_view text;          ///< of the bytes given, or of `decoded`
  std::string decoded;            ///< where the bytes had to be rewritten
  std::string encoding = "utf-8"; ///< utf-8 | latin-1
  bool ascii = true;              ///< so either encoding would do
  bool byte_order_mark = false;

  DecodedText() = default;
  DecodedText(const DecodedText&) = delete;
  DecodedText& operator=(const DecodedText&) = delete;
};

/// What is known of bytes before they are decoded.
struct EncodedText {
  std::string_view bytes;
  std::string name;                    ///< of the file, for messages
  std::optional<std::string> encoding; ///< "utf-8" or "latin-1": declared, or shown by earlier bytes
  std::size_t first_line = 1;          ///< of `before`: more where it is a later piece of the file
  std::string_view before = {};        ///< text that ends where `bytes` begin, in the same memory
};

/// Makes sure that bytes are text and brings them into UTF-8; they must outlive `result`.
///
/// Bytes that are no UTF-8 are read as Latin-1 (ISO 8859-1) where that is plausible: no byte from 0x80 to
/// 0x9F, which are control characters there, and no valid UTF-8 sequence beside the invalid one. throws
/// Error{input} "name:line: ..." for a NUL byte, for UTF-16 and UTF-32, and for bytes of no known encoding
void decode_text(const EncodedText& encoded, unsigned threads, DecodedText& result);

/// How many bytes at the end of `text` begin a UTF-8 sequence that the next bytes may complete: 0 to 3.
[[nodiscard]] std::size_t incomplete_bytes(std::string_view text);

/// The first byte of `text` that is no valid UTF-8 (RFC 3629: no surrogates, no overlong forms); npos where
/// all is.
[[nodiscard]] std::size_t first_invalid_utf8(std::string_view text);

} // namespace mlp::dataset
