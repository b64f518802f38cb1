#pragma once

#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace mlp::report {

/// Text as it may stand in HTML, also inside a quoted attribute. Control characters are shown as printable()
/// shows them, so that no byte of the data ends up as something else than text.
[[nodiscard]] std::string escaped(std::string_view text);

/// Writes HTML and SVG: text and attributes are escaped, every element is closed.
class Markup {
public:
  using Attributes = std::initializer_list<std::pair<std::string_view, std::string>>;

  Markup& text(std::string_view text);
  /// The same; a line may end behind each underscore, so that long names fit narrow columns.
  Markup& name(std::string_view text);
  /// What is markup already.
  Markup& raw(std::string_view markup);
  /// An element without content: `<meta …>`, `<circle …/>`.
  Markup& empty(std::string_view name, Attributes attributes);
  Markup& element(std::string_view name, Attributes attributes, std::string_view text);
  Markup& element(std::string_view name, Attributes attributes, const std::function<void()>& content);

  [[nodiscard]] const std::string& str() const { return out_; }

private:
  void open(std::string_view name, Attributes attributes, std::string_view end);
  std::string out_;
};

} // namespace mlp::report
