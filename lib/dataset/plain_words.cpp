#include "dataset/plain_words.hpp"

#include <array>
#include <utility>

namespace mlp::dataset {
namespace {

using Spelling = std::pair<std::string_view, std::string_view>;

/// What stands for an ASCII sign, a blank or nothing.
constexpr auto k_spellings = std::to_array<Spelling>({
    {"\xc2\xa0", " "},     {"\xe2\x80\x89", " "},   {"\xe2\x80\xaf", " "},  {"\xe2\x80\x98", "'"},
    {"\xe2\x80\x99", "'"}, {"\xe2\x80\x9c", "\""},  {"\xe2\x80\x9d", "\""}, {"\xe2\x80\x9e", "\""},
    {"\xe2\x80\x90", "-"}, {"\xe2\x80\x91", "-"},   {"\xe2\x80\x93", "-"},  {"\xe2\x80\x94", "-"},
    {"\xe2\x88\x92", "-"}, {"\xe2\x80\xa6", "..."}, {"\xe2\x80\x8b", ""},   {"\xe2\x80\x8c", ""},
    {"\xe2\x80\x8d", ""},  {"\xef\xbb\xbf", ""},    {"\xc2\xad", ""},
});

const Spelling* spelling_at(std::string_view text) {
  for (const Spelling& spelling : k_spellings) {
    if (text.starts_with(spelling.first)) {
      return &spelling;
    }
  }
  return nullptr;
}

/// In lower case where it is a letter; `before`: the byte before it (U+00C0 to U+00DE but the sign of
/// multiplication are C3 80 to C3 9E).
char lower(char c, char before) {
  const auto byte = static_cast<unsigned char>(c);
  const bool ascii = c >= 'A' && c <= 'Z';
  const bool latin = before == '\xc3' && byte >= 0x80 && byte <= 0x9e && byte != 0x97;
  return ascii || latin ? static_cast<char>(byte + 0x20) : c;
}

void add(std::string& plain, char c) {
  const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
  if (!blank) {
    plain += lower(c, plain.empty() ? '\0' : plain.back());
  } else if (!plain.empty() && plain.back() != ' ') {
    plain += ' ';
  }
}

} // namespace

std::string plain_words(std::string_view text) {
  std::string plain;
  while (!text.empty()) {
    const bool ascii = static_cast<unsigned char>(text.front()) < 0x80;
    if (const Spelling* spelling = ascii ? nullptr : spelling_at(text)) {
      for (const char c : spelling->second) {
        add(plain, c);
      }
      text.remove_prefix(spelling->first.size());
    } else {
      add(plain, text.front());
      text.remove_prefix(1);
    }
  }
  if (plain.ends_with(' ')) {
    plain.pop_back();
  }
  return plain;
}

} // namespace mlp::dataset
