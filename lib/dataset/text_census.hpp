#pragma once

#include "dataset/csv_chunk.hpp"

#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace mlp::dataset {

/// Where in which chunk something stands; ordered as in the files.
struct ChunkPlace {
  std::size_t chunk = 0;
  std::size_t place = 0;
  friend bool operator<(const ChunkPlace& one, const ChunkPlace& other) {
    return std::tie(one.chunk, one.place) < std::tie(other.chunk, other.place);
  }
};

/// Says "data.csv:7".
using NamePlace = std::function<std::string(ChunkPlace)>;

/// What the distinct texts of a column that was read as text are, to tell its type from: they are added one
/// by one, in any order, with the place where each was first seen.
class TextCensus {
public:
  /// `style`: of the numbers that may be among them.
  explicit TextCensus(NumberStyle style) : style_(style) {}
  void add(std::string_view text, ChunkPlace place);
  /// Of a text that may have been added before: what holds of all texts is still told right, nothing is
  /// counted.
  void look_at(std::string_view text, ChunkPlace place);

  [[nodiscard]] std::size_t distinct() const { return distinct_; }
  /// Whether no text has a blank.
  [[nodiscard]] bool words() const { return words_; }
  /// Whether they are true/false or yes/no, in one spelling each.
  [[nodiscard]] bool is_boolean() const;
  /// Whether there is one, and every one is a date/time.
  [[nodiscard]] bool is_datetime() const { return distinct_ > 0 && all_times_; }
  /// The first text that cannot be declared a boolean.
  [[nodiscard]] std::optional<ChunkPlace> first_no_boolean() const { return first_no_boolean_; }
  /// How false and true are spelt; of several spellings the first in byte order.
  [[nodiscard]] std::vector<std::string> spellings() const;

  /// Why a column that looks like numbers or date/times is neither; empty where it does not look so.
  [[nodiscard]] std::string why_not(const NamePlace& name_place) const;
  /// Names the places of what why_not may show, while their chunks are at hand.
  void name_places(const NamePlace& name_place);

private:
  struct First {
    std::string front; ///< of the text
    ChunkPlace place;
    std::string name; ///< of the place, where it was named
  };
  void look_at(std::string_view text, bool is_time, ChunkPlace place);
  static void keep_first(std::optional<First>& first, std::string_view text, ChunkPlace place);
  static std::string shown(const First& first, const NamePlace& name_place);

  NumberStyle style_;
  std::size_t distinct_ = 0;
  std::size_t numbers_ = 0; ///< and identifiers
  std::size_t times_ = 0;
  std::size_t others_ = 0;
  bool words_ = true;
  bool all_times_ = true;
  std::vector<std::string> few_; ///< the fronts of the first texts, trimmed
  std::array<std::string, 2> spellings_;
  std::optional<ChunkPlace> first_no_boolean_;
  std::optional<First> first_identifier_, first_number_, first_other_;
};

/// What a text says as a boolean that was declared: true/false, yes/no, 1/0.
[[nodiscard]] std::optional<bool> declared_boolean(std::string_view text);

/// Whether a column of so many distinct values is text, not a category: more than 1,000 of them, and more
/// than half of those present.
[[nodiscard]] bool is_free_text(std::size_t distinct, std::size_t present);

/// What a person should know of a column that became words; empty where nothing is odd. `reason`: why_not.
[[nodiscard]] std::string words_note(const std::string& name, bool is_text, const std::string& reason,
                                     std::size_t distinct, std::size_t present);

} // namespace mlp::dataset
