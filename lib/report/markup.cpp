#include "report/markup.hpp"

#include "report/display.hpp"

namespace mlp::report {

std::string escaped(std::string_view text) {
  std::string result;
  for (const char letter : printable(text)) {
    switch (letter) {
    case '&':
      result += "&amp;";
      break;
    case '<':
      result += "&lt;";
      break;
    case '>':
      result += "&gt;";
      break;
    case '"':
      result += "&quot;";
      break;
    default:
      result += letter;
    }
  }
  return result;
}

Markup& Markup::text(std::string_view text) { return raw(escaped(text)); }

Markup& Markup::name(std::string_view text) {
  for (const char letter : escaped(text)) {
    out_ += letter;
    out_ += letter == '_' ? "<wbr/>" : "";
  }
  return *this;
}

Markup& Markup::raw(std::string_view markup) {
  out_ += markup;
  return *this;
}

Markup& Markup::empty(std::string_view name, Attributes attributes) {
  open(name, attributes, "/>");
  return *this;
}

Markup& Markup::element(std::string_view name, Attributes attributes, std::string_view text) {
  return element(name, attributes, [&] { this->text(text); });
}

Markup& Markup::element(std::string_view name, Attributes attributes, const std::function<void()>& content) {
  open(name, attributes, ">");
  content();
  out_ += "</";
  out_ += name;
  out_ += ">\n";
  return *this;
}

void Markup::open(std::string_view name, Attributes attributes, std::string_view end) {
  out_ += '<';
  out_ += name;
  for (const auto& [key, value] : attributes) {
    out_ += ' ';
    out_ += key;
    out_ += "=\"" + escaped(value) + "\"";
  }
  out_ += end;
}

} // namespace mlp::report
