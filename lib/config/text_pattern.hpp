#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mlp::config {

/// A regular expression that a whole text matches or not; matching takes time in proportion to the lengths of
/// text and pattern, whatever they hold (Thompson 1968).
///
///   a \. \\       a character, or one with a meaning of its own
///   .             any character            [a-z_] [^0-9]   one of a set, or of all others
///   \d \w \s      digit, word character (letter, digit, _), blank; ASCII
///   x? x* x+      none or one, any number, one or more
///   x{3} x{2,} x{2,5}     so many (at most 1,000)
///   (x|y)         one or the other
///   ^ $           at the two ends only, where they say what holds anyway
///
/// Characters are code points of UTF-8. Back references, look-around and lazy quantifiers do not exist here.
/// Texts of more than 4,096 characters match nothing.
class TextPattern {
public:
  /// throws Error{input} saying what is wrong, and at which character
  explicit TextPattern(std::string_view pattern);
  [[nodiscard]] bool matches(std::string_view text) const;

private:
  friend class PatternCompiler;
  struct Set {
    bool negated = false;
    std::vector<std::pair<char32_t, char32_t>> ranges;
    [[nodiscard]] bool holds(char32_t character) const;
  };
  struct Step {
    enum class Kind : std::uint8_t { take, fork, end } kind = Kind::end;
    std::size_t set = 0;   ///< of take
    std::size_t next = 0;  ///< where it goes on
    std::size_t other = 0; ///< of fork: or there
  };
  void follow(std::size_t step, std::vector<std::size_t>& reached, std::vector<std::uint32_t>& seen,
              std::uint32_t mark) const;

  std::vector<Set> sets_;
  std::vector<Step> steps_;
  std::size_t start_ = 0;
};

} // namespace mlp::config
