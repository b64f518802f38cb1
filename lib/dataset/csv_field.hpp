#pragma once

#include "dataset/csv_chunk.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace mlp::dataset {

/// Takes fields off a text that ends with a line end, one after another.
class FieldReader {
public:
  FieldReader(std::string_view text, char delimiter)
      : begin_(text.data()), end_(text.data() + text.size()), delimiter_(delimiter) {
    stops_[byte(delimiter)] = stops_[byte('\n')] = stops_[byte('\r')] = stops_[byte('"')] = true;
  }

  [[nodiscard]] bool is_delimiter(char c) const { return c == delimiter_; }
  [[nodiscard]] bool is_field_end(char c) const { return c == delimiter_ || c == '\n' || c == '\r'; }

  /// Takes the field that begins at `at`; returns its end (a delimiter or line end), null where it is
  /// malformed. text() is then its text, without quotes.
  const char* take(const char* at) {
    if (*at == '"') {
      return take_quoted(at);
    }
    const char* end = first_stop(at);
    if (*end == '"') {
      return fail(Malformed::Kind::stray_quote, end, end);
    }
    text_ = std::string_view(at, static_cast<std::size_t>(end - at));
    decoded_ = false;
    return end;
  }
  [[nodiscard]] std::string_view text() const { return text_; }
  /// Whether text() is a copy that the next take() overwrites: the field held doubled quotes.
  [[nodiscard]] bool decoded() const { return decoded_; }

  /// The line end of a line that begins at `at` and holds only blanks; null for any other line.
  [[nodiscard]] const char* end_of_blank_line(const char* at) const {
    at = behind_blanks(at);
    return *at == '\n' || *at == '\r' ? at : nullptr;
  }
  [[nodiscard]] const char* behind_blanks(const char* at) const {
    while ((*at == ' ' || *at == '\t') && *at != delimiter_) {
      ++at;
    }
    return at;
  }

  [[nodiscard]] bool quoted() const { return quoted_; } ///< any field so far
  /// What take() returned null for; `place` is the place of the text's first byte.
  [[nodiscard]] Malformed malformed(std::size_t place) const {
    return {kind_, place + static_cast<std::size_t>(wrong_ - begin_),
            place + static_cast<std::size_t>(opened_ - begin_), 0};
  }

private:
  static std::size_t byte(char c) { return static_cast<unsigned char>(c); }

  [[nodiscard]] const char* first_stop(const char* at) const {
#if defined(__SSE2__)
    for (; end_ - at >= 16; at += 16) {
      const __m128i bytes = _mm_loadu_si128(static_cast<const __m128i*>(static_cast<const void*>(at)));
      const auto equals = [&](char c) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)); };
      const __m128i found = _mm_or_si128(_mm_or_si128(equals(delimiter_), equals('"')),
                                         _mm_or_si128(equals('\n'), equals('\r')));
      if (const int mask = _mm_movemask_epi8(found); mask != 0) {
        return at + std::countr_zero(static_cast<unsigned>(mask));
      }
    }
#endif
    while (!stops_[byte(*at)]) {
      ++at;
    }
    return at;
  }

  const char* take_quoted(const char* open);
  const char* fail(Malformed::Kind kind, const char* wrong, const char* opened) {
    kind_ = kind;
    wrong_ = wrong;
    opened_ = opened;
    return nullptr;
  }

  const char* begin_;
  const char* end_;
  char delimiter_;
  bool quoted_ = false;
  bool decoded_ = false;
  std::array<bool, 256> stops_{};
  std::string_view text_;
  std::string buffer_; ///< of a field with doubled quotes
  Malformed::Kind kind_ = Malformed::Kind::field_count;
  const char* wrong_ = nullptr;
  const char* opened_ = nullptr;
};

} // namespace mlp::dataset
