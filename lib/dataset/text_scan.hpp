#pragma once

#include "dataset/distinct_sketch.hpp"
#include "dataset/profile.hpp"
#include "dataset/spellings.hpp"
#include "dataset/text_census.hpp"
#include "dataset/text_dictionary.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace mlp::dataset {

/// Gathers what a profile says of a column's words, in the order of the rows, chunk by chunk, in memory that
/// does not grow with these. However they are divided, the result is the same.
///
/// Up to k_exact_values different ones (and 256 MiB of them) are kept and counted. When there are more, those
/// that occurred once are forgotten, the number of different ones is sketched, and only those still known are
/// counted on.
class TextScan {
public:
  TextScan(const MissingTokens& missing, NumberStyle style) : missing_(&missing), census_(style) {}

  /// `codes`: of the chunk's rows, indices into its dictionary. `chunk`: its number, for places.
  void add(const TextDictionary& dictionary, std::span<const std::int32_t> codes, std::size_t chunk);

  [[nodiscard]] std::int64_t count() const { return count_; } ///< present values
  [[nodiscard]] std::uint64_t missing_seen() const { return missing_seen_; }
  [[nodiscard]] TextCensus& census() { return census_; }
  [[nodiscard]] const TextCensus& census() const { return census_; }
  /// Different values; an estimate where they were too many.
  [[nodiscard]] std::int64_t distinct() const;

  /// Nothing where there are more than `most` words.
  [[nodiscard]] std::optional<Spellings> spellings(std::size_t most) const;
  /// Sets count, unique, unique_error and top, as of words.
  void describe_words(ColumnProfile& profile) const;
  /// The same as of booleans; texts that are none count as missing.
  void describe_booleans(ColumnProfile& profile, const Column& shown) const;

  /// Each word and how often it occurs, in byte order. Where they were too many: none.
  [[nodiscard]] std::vector<std::pair<std::string, std::int64_t>> words() const;
  [[nodiscard]] bool is_outgrown() const { return distinct_ != nullptr; }
  /// The same of booleans: "false" and "true", those that occur.
  [[nodiscard]] std::vector<std::pair<std::string, std::int64_t>> boolean_words() const;

private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  using Counts = std::unordered_map<std::string, std::int64_t, Hash, std::equal_to<>>;

  /// The entry for a text that occurs next in the rows; null for a missing token, and for one that is not
  /// counted.
  [[nodiscard]] std::int64_t* meet(const TextDictionary::Entry& entry, std::size_t chunk, bool& present);
  void outgrow();
  [[nodiscard]] std::array<std::int64_t, 2> boolean_counts() const; ///< of false and true

  const MissingTokens* missing_;
  TextCensus census_;
  Counts counts_;
  std::size_t bytes_ = 0; ///< of the texts in counts_
  std::int64_t count_ = 0;
  std::uint64_t missing_seen_ = 0;           ///< bit i: the i-th missing token occurred
  std::unique_ptr<DistinctSketch> distinct_; ///< where outgrown: 16 KiB that most columns do not need
};

} // namespace mlp::dataset
