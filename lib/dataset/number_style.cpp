#include "dataset/number_style.hpp"

#include "dataset/ascii.hpp"

#include <array>
#include <cstddef>

namespace mlp::dataset {
namespace {

constexpr std::size_t k_longest = 128; // bytes; a double has 17 digits

std::size_t digits_at(std::string_view text) {
  std::size_t count = 0;
  while (count < text.size() && is_digit(text[count])) {
    ++count;
  }
  return count;
}

/// Bytes of the mark that stands at the front of `text`; 0: none does.
std::size_t mark_at(std::string_view text, char mark) {
  if (!text.empty() && text.front() == mark) {
    return 1;
  }
  for (const std::string_view other : {"\u00a0", "\u202f"}) {
    if (mark == ' ' && text.starts_with(other)) {
      return other.size();
    }
  }
  constexpr std::string_view k_apostrophe = "\u2019";
  return mark == '\'' && text.starts_with(k_apostrophe) ? k_apostrophe.size() : 0;
}

/// The text as parse_number(text) wants it: never longer than what is taken.
class PlainText {
public:
  void take(std::string_view& text, std::size_t bytes) {
    text.copy(&text_[size_], bytes);
    size_ += bytes;
    text.remove_prefix(bytes);
  }
  /// Takes the digits before the decimal mark; false where their groups are wrong.
  bool take_whole(std::string_view& text, char mark) {
    const std::size_t front = digits_at(text);
    const bool may_be_grouped = mark != '\0' && front >= 1 && front <= 3 && text.front() != '0';
    take(text, front);
    for (std::size_t bytes = mark_at(text, mark); may_be_grouped && bytes > 0; bytes = mark_at(text, mark)) {
      text.remove_prefix(bytes);
      if (digits_at(text) != 3) {
        return false;
      }
      take(text, 3);
    }
    return true;
  }
  void add_point() { text_[size_++] = '.'; }
  [[nodiscard]] std::string_view text() const { return {text_.data(), size_}; }

private:
  std::array<char, k_longest> text_{};
  std::size_t size_ = 0;
};

} // namespace

NumberStyle number_style_of(const config::FormatConfig& format) {
  NumberStyle style;
  style.decimal = format.decimal.value_or('.');
  style.thousands = format.thousands.value_or(style.decimal == ',' ? '.' : '\0');
  return style;
}

NumberText parse_number(std::string_view text, NumberStyle style) {
  if (style.is_plain()) {
    return parse_number(text);
  }
  if (text.size() >= k_longest) {
    return {};
  }
  PlainText plain;
  plain.take(text, !text.empty() && (text.front() == '-' || text.front() == '+') ? 1 : 0);
  if (!plain.take_whole(text, style.thousands)) {
    return {};
  }
  if (!text.empty() && text.front() == style.decimal) {
    plain.add_point();
    text.remove_prefix(1);
  }
  if (text.find('.') != std::string_view::npos) {
    return {};
  }
  plain.take(text, text.size());
  return parse_number(plain.text());
}

} // namespace mlp::dataset
