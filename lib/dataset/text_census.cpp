#include "dataset/text_census.hpp"

#include "base/time.hpp"
#include "dataset/cell_value.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace mlp::dataset {
namespace {

constexpr std::size_t k_most_categories = 1000;
constexpr std::size_t k_longer_than_booleans = 16; ///< a text may have 100 MB

/// The front of a text, cut between two characters of UTF-8, on one line.
std::string front_of(std::string_view text) {
  constexpr std::size_t k_longest_shown = 40;
  std::size_t size = std::min(text.size(), k_longest_shown);
  while (size > 0 && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xc0U) == 0x80) {
    --size;
  }
  std::string front(text.substr(0, size));
  std::replace_if(
      front.begin(), front.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return front;
}

} // namespace

std::optional<bool> declared_boolean(std::string_view text) {
  if (text == "0" || text == "1") {
    return text == "1";
  }
  return parse_boolean(text);
}

bool is_free_text(std::size_t distinct, std::size_t present) {
  return distinct > k_most_categories && distinct * 2 > present;
}

std::string words_note(const std::string& name, bool is_text, const std::string& reason, std::size_t distinct,
                       std::size_t present) {
  if (reason.empty() && !is_text) {
    return {};
  }
  const std::string many =
      is_text ? fmt::format(
                    "{} distinct values in {} rows, not offered to the trainer unless declared a category",
                    distinct, present)
              : "";
  return fmt::format("column '{}' is read as {}: {}{}{}", name, is_text ? "text" : "category", reason,
                     !reason.empty() && is_text ? "; " : "", many);
}

void TextCensus::keep_first(std::optional<First>& first, std::string_view text, ChunkPlace place) {
  if (!first || place < first->place) {
    first = First{front_of(text), place, {}};
  }
}

void TextCensus::add(std::string_view raw, ChunkPlace place) {
  const std::string_view text = trimmed(raw);
  ++distinct_;
  if (few_.size() < 3) {
    few_.emplace_back(text.substr(0, k_longer_than_booleans));
  }
  const bool is_time = parse_time(text).has_value();
  look_at(raw, is_time, place);
  const NumberFit fit = parse_number(text, style_).fit;
  if (is_time) {
    ++times_;
  } else if (fit == NumberFit::not_a_number) {
    ++others_;
    keep_first(first_other_, text, place);
  } else {
    ++numbers_;
    keep_first(first_number_, text, place);
    if (fit == NumberFit::identifier) {
      keep_first(first_identifier_, text, place);
    }
  }
}

void TextCensus::look_at(std::string_view raw, ChunkPlace place) {
  look_at(raw, all_times_ && parse_time(trimmed(raw)).has_value(), place);
}

void TextCensus::look_at(std::string_view raw, bool is_time, ChunkPlace place) {
  words_ = words_ && raw.find(' ') == std::string_view::npos;
  all_times_ = all_times_ && is_time;
  if (const auto value = declared_boolean(trimmed(raw))) {
    std::string& spelling = spellings_[*value ? 1 : 0];
    if (spelling.empty() || trimmed(raw) < spelling) {
      spelling = trimmed(raw);
    }
  } else if (!first_no_boolean_ || place < *first_no_boolean_) {
    first_no_boolean_ = place;
  }
}

bool TextCensus::is_boolean() const {
  if (few_.empty() || few_.size() > 2) {
    return false;
  }
  const auto first = parse_boolean(few_.front());
  const auto last = parse_boolean(few_.back());
  return first && last && (few_.size() == 1 || *first != *last) &&
         same_boolean_pair(few_.front(), few_.back());
}

std::vector<std::string> TextCensus::spellings() const {
  auto found = spellings_;
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> k_pairs = {{{"false", "true"},
                                                                                     {"False", "True"},
                                                                                     {"FALSE", "TRUE"},
                                                                                     {"no", "yes"},
                                                                                     {"No", "Yes"},
                                                                                     {"NO", "YES"},
                                                                                     {"0", "1"}}};
  for (const auto& [no, yes] : k_pairs) { // a side that does not occur is spelt like the other
    if (found[0].empty() && found[1] == yes) {
      found[0] = no;
    }
    if (found[1].empty() && found[0] == no) {
      found[1] = yes;
    }
  }
  return {found[0].empty() ? "false" : found[0], found[1].empty() ? "true" : found[1]};
}

std::string TextCensus::shown(const First& first, const NamePlace& name_place) {
  return fmt::format("'{}' ({})", first.front, first.name.empty() ? name_place(first.place) : first.name);
}

std::string TextCensus::why_not(const NamePlace& name_place) const {
  const std::size_t no_times = numbers_ + others_;
  if (times_ > 0 && no_times > 0 && times_ > no_times) {
    return shown(first_other_ ? *first_other_ : *first_number_, name_place) + " is no date/time";
  }
  if (others_ + times_ == 0 && first_identifier_) {
    return fmt::format("as a number {} would lose digits", shown(*first_identifier_, name_place));
  }
  if (others_ > 0 && numbers_ > others_) {
    return shown(*first_other_, name_place) + " is no number";
  }
  return {};
}

void TextCensus::name_places(const NamePlace& name_place) {
  for (auto* first : {&first_identifier_, &first_number_, &first_other_}) {
    if (*first && (*first)->name.empty()) {
      (*first)->name = name_place((*first)->place);
    }
  }
}

} // namespace mlp::dataset
