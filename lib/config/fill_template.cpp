#include "base/error.hpp"
#include "config/templates.hpp"

namespace mlp::config {

namespace {

/// Where the next {{ stands that no $ precedes.
std::size_t find_place(std::string_view text) {
  std::size_t begin = text.find("{{");
  while (begin != std::string_view::npos && begin > 0 && text[begin - 1] == '$') {
    begin = text.find("{{", begin + 2);
  }
  return begin;
}

} // namespace

std::string fill_template(std::string_view text, const std::map<std::string, std::string>& values) {
  std::string filled;
  while (true) {
    const std::size_t begin = find_place(text);
    const std::size_t end = begin == std::string_view::npos ? begin : text.find("}}", begin);
    if (end == std::string_view::npos) {
      return filled.append(text);
    }
    const std::string name(text.substr(begin + 2, end - begin - 2));
    const auto value = values.find(name);
    if (value == values.end()) {
      throw Error(ErrorCode::internal, "template has a place '{}' without a value", name);
    }
    filled.append(text.substr(0, begin)).append(value->second);
    text.remove_prefix(end + 2);
    const bool alone = (filled.empty() || filled.back() == '\n') && !text.empty() && text.front() == '\n';
    if (value->second.empty() && alone) {
      text.remove_prefix(1);
    }
  }
}

} // namespace mlp::config
