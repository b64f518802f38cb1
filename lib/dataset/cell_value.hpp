#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mlp::dataset {

/// Without the blanks (spaces and tabs) at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// How well a double holds what a text says.
enum class NumberFit : std::uint8_t {
  exact,       ///< a number, correctly rounded
  identifier,  ///< digits that a double would not give back: leading zeros, an integer beyond 2^53, + and 8
               ///< digits
  beyond,      ///< inf, -Infinity, 1e400: a number that no double holds, or that no trainer takes
  not_a_number ///< anything else: also nan, hexadecimal, thousands separators, decimal commas
};
struct NumberText {
  NumberFit fit = NumberFit::not_a_number;
  double value = 0.0; ///< of exact and identifier
};
/// Reads `[+-]digits[.digits][e[+-]digits]` (or `.digits`), and "inf" or "infinity" in any case. `text` is
/// trimmed.
[[nodiscard]] NumberText parse_number(std::string_view text);

/// true: true, yes; false: false, no; in any case. `text` is trimmed.
[[nodiscard]] std::optional<bool> parse_boolean(std::string_view text);
/// Whether two words that parse_boolean reads belong to one pair: true/false, or yes/no.
[[nodiscard]] bool same_boolean_pair(std::string_view one, std::string_view other);

/// The texts that stand for "no value", compared after trimming, quoted or not, with their case.
class MissingTokens {
public:
  /// The tokens that count where the user names none.
  static const std::array<std::string_view, 11> k_default;

  MissingTokens(); ///< k_default
  explicit MissingTokens(std::vector<std::string> tokens);

  /// The index of the token that `text` (trimmed) is.
  [[nodiscard]] std::optional<std::size_t> find(std::string_view text) const;
  [[nodiscard]] const std::vector<std::string>& tokens() const { return tokens_; }
  /// Whether a token can be read as a number, as "-9" or "-9,5" can: then every number is to be looked up
  /// first.
  [[nodiscard]] bool may_be_number() const { return may_be_number_; }

private:
  std::vector<std::string> tokens_; ///< as given
  std::size_t longest_ = 0;
  std::optional<std::size_t> empty_;    ///< the index of ""
  std::array<bool, 256> first_bytes_{}; ///< of the other tokens
  bool may_be_number_ = false;
};

} // namespace mlp::dataset
