#include "report/markdown.hpp"

#include "report/display.hpp"

namespace mlp::report {

std::string markdown_text(std::string_view text) {
  std::string result;
  for (const char letter : printable(text)) {
    if (std::string_view("\\|`*_[]<>&#~").find(letter) != std::string_view::npos) {
      result += '\\';
    }
    result += letter;
  }
  return result;
}

void markdown_row(std::string& out, const std::vector<std::string>& cells) {
  for (const std::string& text : cells) {
    out += "| " + markdown_text(text) + " ";
  }
  out += "|\n";
}

} // namespace mlp::report
