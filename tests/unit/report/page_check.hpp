#pragma once

#include <cctype>
#include <string>
#include <vector>

namespace mlp::test {

inline bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// The first element that is closed in the wrong place, or "" where all stand in one another.
inline std::string badly_closed(const std::string& page) {
  std::vector<std::string> open;
  for (std::size_t at = page.find('<'); at != std::string::npos; at = page.find('<', at + 1)) {
    if (page[at + 1] == '!') {
      continue;
    }
    const std::size_t end = page.find('>', at);
    const bool closing = page[at + 1] == '/';
    std::size_t stop = at + (closing ? 2 : 1);
    while (std::isalnum(static_cast<unsigned char>(page[stop])) != 0) {
      ++stop;
    }
    const std::string name = page.substr(at + (closing ? 2 : 1), stop - at - (closing ? 2 : 1));
    if (closing) {
      if (open.empty() || open.back() != name) {
        return name;
      }
      open.pop_back();
    } else if (page[end - 1] != '/') {
      open.push_back(name);
      if (name == "script" || name == "style") { // their text is no markup
        at = page.find("</" + name, end) - 1;
      }
    }
  }
  return open.empty() ? "" : open.back();
}

} // namespace mlp::test
