#include "dataset/licence.hpp"

#include "base/error.hpp"
#include "base/nearest.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace mlp::dataset {
namespace {

// Of the SPDX licence list 3.24: those that data and code are mostly given under.
const std::vector<std::string>& common_licences() {
  static const std::vector<std::string> k_licences = {"0BSD",
                                                      "AGPL-3.0-only",
                                                      "AGPL-3.0-or-later",
                                                      "Apache-2.0",
                                                      "Artistic-2.0",
                                                      "BSD-2-Clause",
                                                      "BSD-3-Clause",
                                                      "BSL-1.0",
                                                      "CC-BY-2.0",
                                                      "CC-BY-2.5",
                                                      "CC-BY-3.0",
                                                      "CC-BY-4.0",
                                                      "CC-BY-NC-3.0",
                                                      "CC-BY-NC-4.0",
                                                      "CC-BY-NC-ND-4.0",
                                                      "CC-BY-NC-SA-3.0",
                                                      "CC-BY-NC-SA-4.0",
                                                      "CC-BY-ND-4.0",
                                                      "CC-BY-SA-3.0",
                                                      "CC-BY-SA-4.0",
                                                      "CC-PDDC",
                                                      "CC0-1.0",
                                                      "CDLA-Permissive-1.0",
                                                      "CDLA-Permissive-2.0",
                                                      "CDLA-Sharing-1.0",
                                                      "C-UDA-1.0",
                                                      "DL-DE-BY-2.0",
                                                      "DL-DE-ZERO-2.0",
                                                      "EPL-2.0",
                                                      "etalab-2.0",
                                                      "EUPL-1.2",
                                                      "GFDL-1.3-only",
                                                      "GPL-2.0-only",
                                                      "GPL-2.0-or-later",
                                                      "GPL-3.0-only",
                                                      "GPL-3.0-or-later",
                                                      "ISC",
                                                      "LGPL-2.1-only",
                                                      "LGPL-2.1-or-later",
                                                      "LGPL-3.0-only",
                                                      "LGPL-3.0-or-later",
                                                      "MIT",
                                                      "MIT-0",
                                                      "MPL-2.0",
                                                      "NLOD-2.0",
                                                      "ODbL-1.0",
                                                      "ODC-By-1.0",
                                                      "OGL-Canada-2.0",
                                                      "OGL-UK-2.0",
                                                      "OGL-UK-3.0",
                                                      "OGDL-Taiwan-1.0",
                                                      "PDDL-1.0",
                                                      "TAPR-OHL-1.0",
                                                      "Unlicense",
                                                      "WTFPL",
                                                      "Zlib"};
  return k_licences;
}

std::vector<std::string> words_of(std::string_view expression) {
  std::vector<std::string> words;
  bool open = false;
  for (const char letter : expression) {
    if (letter == ' ' || letter == '(' || letter == ')') {
      open = false;
      if (letter != ' ') {
        words.emplace_back(1, letter);
      }
      continue;
    }
    if (!open) {
      words.emplace_back();
      open = true;
    }
    words.back() += letter;
  }
  return words;
}

bool is_operator(const std::string& word) { return word == "AND" || word == "OR" || word == "WITH"; }

bool is_id(std::string_view word) {
  if (word.ends_with('+')) {
    word.remove_suffix(1);
  }
  if (word.starts_with("DocumentRef-") && word.find(":LicenseRef-") != std::string_view::npos) {
    word.remove_prefix(word.find(':') + 1);
  }
  return !word.empty() && std::all_of(word.begin(), word.end(), [](unsigned char letter) {
    return std::isalnum(letter) != 0 || letter == '.' || letter == '-';
  });
}

/// Reads an expression, and gathers the licences in it.
class ExpressionReader {
public:
  explicit ExpressionReader(std::string_view expression) : words_(words_of(expression)) {}

  [[nodiscard]] bool read() { return read_expression() && at_ == words_.size(); }
  [[nodiscard]] const std::vector<std::string>& licences() const { return licences_; }

private:
  [[nodiscard]] bool next_is(std::string_view word) const {
    return at_ < words_.size() && words_[at_] == word;
  }

  // NOLINTNEXTLINE(misc-no-recursion): as deep as somebody typed parentheses
  bool read_expression() {
    if (!read_operand()) {
      return false;
    }
    while (next_is("AND") || next_is("OR")) {
      ++at_;
      if (!read_operand()) {
        return false;
      }
    }
    return true;
  }

  // NOLINTNEXTLINE(misc-no-recursion)
  bool read_operand() {
    if (next_is("(")) {
      ++at_;
      const bool good = read_expression() && next_is(")");
      ++at_;
      return good;
    }
    if (!read_word()) {
      return false;
    }
    licences_.push_back(words_[at_ - 1]);
    if (next_is("WITH")) {
      ++at_;
      return read_word();
    }
    return true;
  }

  bool read_word() {
    const bool good = at_ < words_.size() && !is_operator(words_[at_]) && is_id(words_[at_]);
    ++at_;
    return good;
  }

  std::vector<std::string> words_;
  std::size_t at_ = 0;
  std::vector<std::string> licences_;
};

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  return text;
}

std::optional<std::string> near(const std::string& licence) {
  for (const std::string& known : common_licences()) {
    if (lower(known) == lower(licence)) {
      return known;
    }
  }
  return nearest(licence, common_licences());
}

} // namespace

std::vector<std::string> licence_notes(std::string_view expression) {
  std::vector<std::string> notes;
  if (expression.empty()) {
    return notes;
  }
  ExpressionReader reader(expression);
  if (!reader.read()) {
    throw Error(ErrorCode::usage, "'{}' is no SPDX licence expression", expression)
        .hint("type an id of https://spdx.org/licenses, as in `--licence CC-BY-4.0`, or `LicenseRef-` and a "
              "name for "
              "terms of your own");
  }
  for (std::string licence : reader.licences()) {
    if (licence.ends_with('+')) {
      licence.pop_back();
    }
    const auto& known = common_licences();
    if (licence.find("LicenseRef-") != std::string::npos ||
        std::find(known.begin(), known.end(), licence) != known.end()) {
      continue;
    }
    const auto meant = near(licence);
    notes.push_back(fmt::format("licence '{}' is none of the common SPDX ids{}", licence,
                                meant ? fmt::format(": did you mean '{}'?", *meant) : ""));
  }
  return notes;
}

} // namespace mlp::dataset
