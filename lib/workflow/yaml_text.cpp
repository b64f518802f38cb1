#include "workflow/yaml_text.hpp"

#include "base/json.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace mlp::workflow {
namespace {

/// Words that some YAML reader takes for a boolean or a null.
constexpr std::array<std::string_view, 10> k_reserved = {"true", "false", "yes", "no", "on",
                                                         "off",  "null",  "y",   "n",  "nan"};

bool is_plain(std::string_view text) {
  if (text.empty() || text.back() == ' ' ||
      (std::isalpha(static_cast<unsigned char>(text.front())) == 0 && text.front() != '_')) {
    return false;
  }
  const bool safe = std::all_of(text.begin(), text.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.' || c == '/' ||
           c == ' ';
  });
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return safe && std::find(k_reserved.begin(), k_reserved.end(), lower) == k_reserved.end();
}

} // namespace

std::string yaml_scalar(std::string_view text) {
  // JSON's strings are YAML's double-quoted ones.
  return is_plain(text) ? std::string(text) : Json(text).dump();
}

} // namespace mlp::workflow
