#include "report/display.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace mlp::report {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// Unicode 15: combining marks and zero-width characters that names of columns and categories really hold.
constexpr std::array<Range, 8> k_zero_width = {
    Range{0x0300, 0x036F}, Range{0x0483, 0x0489}, Range{0x0591, 0x05BD}, Range{0x064B, 0x065F},
    Range{0x200B, 0x200F}, Range{0x20D0, 0x20FF}, Range{0xFE00, 0xFE0F}, Range{0xE0100, 0xE01EF}};
// Unicode 15, EastAsianWidth W and F, in blocks.
constexpr std::array<Range, 12> k_double_width = {
    Range{0x1100, 0x115F}, Range{0x2E80, 0x303E}, Range{0x3041, 0x4DBF},   Range{0x4E00, 0xA4CF},
    Range{0xA960, 0xA97C}, Range{0xAC00, 0xD7A3}, Range{0xF900, 0xFAFF},   Range{0xFE30, 0xFE6F},
    Range{0xFF00, 0xFF60}, Range{0xFFE0, 0xFFE6}, Range{0x1F300, 0x1FAFF}, Range{0x20000, 0x3FFFD}};

template <std::size_t n> bool within(const std::array<Range, n>& ranges, char32_t code) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [&](const Range& range) { return range.first <= code && code <= range.last; });
}

/// One thing on the screen: how many bytes of the text and how many columns it takes.
struct Glyph {
  std::size_t bytes;
  std::size_t columns;
};

std::size_t color_sequence_bytes(std::string_view text) {
  if (!text.starts_with("\x1b[")) {
    return 0;
  }
  const std::size_t end = text.find_first_not_of("0123456789;", 2);
  return end != std::string_view::npos && text[end] == 'm' ? end + 1 : 0;
}

Glyph next_glyph(std::string_view text) {
  if (const std::size_t sequence = color_sequence_bytes(text); sequence > 0) {
    return {sequence, 0};
  }
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t length = lead < 0x80        ? 1
                             : lead >> 5U == 6  ? 2
                             : lead >> 4U == 14 ? 3
                             : lead >> 3U == 30 ? 4
                                                : 0;
  if (length == 0 || length > text.size()) {
    return {1, 1};
  }
  char32_t code = length == 1 ? lead : lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xC0U) != 0x80U) {
      return {1, 1};
    }
    code = code << 6U | (byte & 0x3FU);
  }
  const std::size_t columns = within(k_zero_width, code) ? 0 : within(k_double_width, code) ? 2 : 1;
  return {length, columns};
}

} // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const Glyph glyph = next_glyph(text);
    width += glyph.columns;
    text.remove_prefix(glyph.bytes);
  }
  return width;
}

std::string shortened(std::string_view text, std::size_t width) {
  if (display_width(text) <= width) {
    return std::string(text);
  }
  if (width == 0) {
    return "";
  }
  std::size_t kept = 0;
  std::size_t used = 0;
  while (kept < text.size()) {
    const Glyph glyph = next_glyph(text.substr(kept));
    if (used + glyph.columns > width - 1) {
      break;
    }
    used += glyph.columns;
    kept += glyph.bytes;
  }
  return std::string(text.substr(0, kept)) + "…";
}

std::string printable(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\n') {
      result += "\\n";
    } else if (c == '\t') {
      result += "\\t";
    } else if (c == '\r') {
      result += "\\r";
    } else if (byte < 0x20 || byte == 0x7F) {
      result += fmt::format("\\x{:02x}", byte);
    } else {
      result += c;
    }
  }
  return result;
}

std::string in_ascii(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 22> k_signs = {
      {{"▁", "_"},  {"▂", "."},  {"▃", "-"},   {"▄", "="}, {"▅", "+"}, {"▆", "*"}, {"▇", "%"},  {"█", "#"},
       {"‹", "<"},  {"›", ">"},  {"…", "..."}, {"×", "x"}, {"–", "-"}, {"·", "-"}, {"→", "->"}, {"≈", "~"},
       {"≥", ">="}, {"≤", "<="}, {"│", "|"},   {"├", "|"}, {"└", "`"}, {"─", "-"}}};
  std::string result;
  while (!text.empty()) {
    const auto* sign = std::find_if(k_signs.begin(), k_signs.end(),
                                    [&](const auto& known) { return text.starts_with(known.first); });
    result += sign == k_signs.end() ? text.substr(0, 1) : sign->second;
    text.remove_prefix(sign == k_signs.end() ? 1 : sign->first.size());
  }
  return result;
}

std::string wrapped(std::string_view text, std::size_t width, std::size_t indent) {
  const std::string margin(indent, ' ');
  std::string result = margin;
  std::size_t column = indent;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t word_width = display_width(word);
    if (column > indent && column + 1 + word_width > width) {
      result += "\n" + margin;
      column = indent;
    } else if (column > indent) {
      result += ' ';
      ++column;
    }
    result += word;
    column += word_width;
  }
  return result + "\n";
}

std::string Style::with(std::string_view code, std::string_view text) const {
  return color_ ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
}

} // namespace mlp::report
