#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace mlp::report {

/// Columns that UTF-8 text takes on a terminal: wide characters count two, combining ones none, colour
/// sequences none, malformed bytes one each.
[[nodiscard]] std::size_t display_width(std::string_view text);

/// The text in at most `width` columns; what is cut ends with "…".
[[nodiscard]] std::string shortened(std::string_view text, std::size_t width);

/// Text from data, safe to show on one line: control characters become \n, \t, \x1b ….
[[nodiscard]] std::string printable(std::string_view text);

/// The signs that reports draw with (bars, arrows, dashes, `×`, `…`) as ASCII, for terminals that know no
/// more; what comes from data stays as it is.
[[nodiscard]] std::string in_ascii(std::string_view text);

/// Paragraph text broken at blanks into lines of at most `width` columns, each begun with `indent` blanks;
/// ends with a newline. A word that is too long stands alone.
[[nodiscard]] std::string wrapped(std::string_view text, std::size_t width, std::size_t indent = 0);

/// Colours and weights, or plain text where colour is off.
class Style {
public:
  explicit Style(bool color = false) : color_(color) {}
  [[nodiscard]] std::string bold(std::string_view text) const { return with("1", text); }
  [[nodiscard]] std::string dim(std::string_view text) const { return with("2", text); }
  [[nodiscard]] std::string red(std::string_view text) const { return with("31", text); }
  [[nodiscard]] std::string green(std::string_view text) const { return with("32", text); }
  [[nodiscard]] std::string yellow(std::string_view text) const { return with("33", text); }

private:
  [[nodiscard]] std::string with(std::string_view code, std::string_view text) const;
  bool color_;
};

} // namespace mlp::report
