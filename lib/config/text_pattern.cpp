#include "config/text_pattern.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

namespace mlp::config {

namespace {

constexpr std::size_t k_most_steps = 5000;
constexpr std::size_t k_most_repeats = 1000;
constexpr std::size_t k_deepest = 50;
constexpr std::size_t k_longest_pattern = 1000;
constexpr std::size_t k_most_emitted = 100'000; // also of what makes no steps: (){999}{999}
constexpr std::size_t k_longest_text = 4096;
constexpr std::size_t k_unbounded = std::numeric_limits<std::size_t>::max();

/// Code points; a malformed byte is one of its own.
std::vector<char32_t> decoded(std::string_view text) {
  std::vector<char32_t> characters;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80U        ? 1
                               : lead >> 5U == 6U  ? 2
                               : lead >> 4U == 14U ? 3
                               : lead >> 3U == 30U ? 4
                                                   : 1;
    bool whole = i + length <= text.size();
    char32_t character = length == 1 ? lead : lead & (0x7fU >> length);
    for (std::size_t k = 1; whole && k < length; ++k) {
      const auto byte = static_cast<unsigned char>(text[i + k]);
      whole = byte >> 6U == 2U;
      character = character << 6U | (byte & 0x3fU);
    }
    characters.push_back(whole ? character : lead);
    i += whole ? length : 1;
  }
  return characters;
}

} // namespace

/// Reads a pattern into a tree, and the tree into steps, from its end to its start.
class PatternCompiler {
public:
  PatternCompiler(std::string_view pattern, TextPattern& into) : characters_(decoded(pattern)), into_(into) {}

  void compile() {
    if (characters_.size() > k_longest_pattern) {
      fail("a pattern of more than 1,000 characters");
    }
    if (peek(U'^')) {
      ++at_;
    }
    const Node whole = alternatives(0);
    if (at_ < characters_.size()) {
      fail(characters_[at_] == U')' ? "a ')' that closes nothing" : "something that is not understood");
    }
    into_.steps_.push_back({});
    into_.start_ = emit(whole, 0);
  }

private:
  struct Node {
    enum class Kind : std::uint8_t { set, sequence, choice, repeat } kind = Kind::sequence;
    std::size_t set = 0;
    std::size_t least = 0, most = 0; ///< of repeat
    std::vector<Node> parts;
  };

  [[noreturn]] void fail(std::string_view what) const {
    throw Error(ErrorCode::input, "{} at character {}", what, at_ + 1)
        .hint("sets like [A-Z0-9], \\d \\w \\s, ( | ), ? * + {2,5}; all else stands for itself");
  }
  [[nodiscard]] bool peek(char32_t character) const {
    return at_ < characters_.size() && characters_[at_] == character;
  }
  char32_t take() {
    if (at_ == characters_.size()) {
      fail("the pattern ends too early");
    }
    return characters_[at_++];
  }

  Node alternatives(std::size_t depth) {
    if (depth > k_deepest) {
      fail("brackets in more than 50 brackets");
    }
    Node choice{Node::Kind::choice, 0, 0, 0, {}};
    choice.parts.push_back(sequence(depth));
    while (peek(U'|')) {
      ++at_;
      choice.parts.push_back(sequence(depth));
    }
    return choice;
  }

  Node sequence(std::size_t depth) {
    Node sequence{};
    while (at_ < characters_.size() && !peek(U'|') && !peek(U')')) {
      if (peek(U'$') && at_ + 1 == characters_.size()) {
        ++at_;
        break;
      }
      sequence.parts.push_back(repeated(atom(depth)));
    }
    return sequence;
  }

  Node atom(std::size_t depth) {
    const char32_t character = take();
    switch (character) {
    case U'(': {
      Node inner = alternatives(depth + 1);
      if (take() != U')') {
        fail("a '(' that is not closed");
      }
      return inner;
    }
    case U'[':
      return of_set(bracket());
    case U'.':
      return of_set({true, {}});
    case U'\\':
      return of_set(escaped());
    case U'*':
    case U'+':
    case U'?':
    case U'{':
    case U'^':
    case U'$':
      --at_;
      fail("a mark that stands for itself only after a '\\'");
    default:
      return of_set({false, {{character, character}}});
    }
  }

  Node of_set(TextPattern::Set set) {
    into_.sets_.push_back(std::move(set));
    return {Node::Kind::set, into_.sets_.size() - 1, 0, 0, {}};
  }

  TextPattern::Set escaped() {
    const char32_t character = take();
    switch (character) {
    case U'd':
      return {false, {{U'0', U'9'}}};
    case U'w':
      return {false, {{U'0', U'9'}, {U'A', U'Z'}, {U'_', U'_'}, {U'a', U'z'}}};
    case U's':
      return {false, {{U'\t', U'\r'}, {U' ', U' '}}};
    default:
      break;
    }
    const bool letter = (character >= U'a' && character <= U'z') ||
                        (character >= U'A' && character <= U'Z') || (character >= U'0' && character <= U'9');
    if (letter) {
      fail("a '\\' before a letter or digit that has no meaning");
    }
    return {false, {{character, character}}};
  }

  TextPattern::Set bracket() {
    TextPattern::Set set;
    if (peek(U'^')) {
      set.negated = true;
      ++at_;
    }
    do {
      char32_t low = take();
      if (low == U'\\') {
        const TextPattern::Set inner = escaped();
        set.ranges.insert(set.ranges.end(), inner.ranges.begin(), inner.ranges.end());
        continue;
      }
      char32_t high = low;
      if (peek(U'-') && at_ + 1 < characters_.size() && characters_[at_ + 1] != U']') {
        ++at_;
        high = take();
        if (high < low) {
          fail("a range that ends before it begins");
        }
      }
      set.ranges.emplace_back(low, high);
    } while (!peek(U']') && at_ < characters_.size());
    if (take() != U']') {
      fail("a '[' that is not closed");
    }
    return set;
  }

  Node repeated(Node node) {
    while (peek(U'?') || peek(U'*') || peek(U'+') || peek(U'{')) {
      Node repeat{Node::Kind::repeat, 0, 0, 1, {}};
      const char32_t mark = take();
      if (mark == U'{') {
        std::tie(repeat.least, repeat.most) = bounds();
      } else {
        repeat.least = mark == U'+' ? 1 : 0;
        repeat.most = mark == U'?' ? 1 : k_unbounded;
      }
      repeat.parts.push_back(std::move(node));
      node = std::move(repeat);
    }
    return node;
  }

  std::pair<std::size_t, std::size_t> bounds() {
    const std::size_t least = number();
    std::size_t most = least;
    if (peek(U',')) {
      ++at_;
      most = peek(U'}') ? k_unbounded : number();
    }
    if (take() != U'}' || most < least) {
      fail("a '{' that is no count such as {3}, {2,} or {2,5}");
    }
    return {least, most};
  }

  std::size_t number() {
    std::size_t value = 0;
    const std::size_t begin = at_;
    while (at_ < characters_.size() && characters_[at_] >= U'0' && characters_[at_] <= U'9') {
      value = value * 10 + static_cast<std::size_t>(characters_[at_++] - U'0');
      if (value > k_most_repeats) {
        fail("a count above 1,000");
      }
    }
    if (at_ == begin) {
      fail("a '{' without a number");
    }
    return value;
  }

  std::size_t add(TextPattern::Step step) {
    if (into_.steps_.size() >= k_most_steps) {
      fail("the pattern is too large");
    }
    into_.steps_.push_back(step);
    return into_.steps_.size() - 1;
  }

  /// Steps of `node` that go on at `next`; where they start.
  std::size_t emit(const Node& node, std::size_t next) {
    using Kind = TextPattern::Step::Kind;
    if (++emitted_ > k_most_emitted) {
      fail("the pattern is too large");
    }
    switch (node.kind) {
    case Node::Kind::set:
      return add({Kind::take, node.set, next, 0});
    case Node::Kind::sequence:
      for (auto part = node.parts.rbegin(); part != node.parts.rend(); ++part) {
        next = emit(*part, next);
      }
      return next;
    case Node::Kind::choice: {
      std::size_t start = emit(node.parts.back(), next);
      for (auto part = node.parts.rbegin() + 1; part != node.parts.rend(); ++part) {
        start = add({Kind::fork, 0, emit(*part, next), start});
      }
      return start;
    }
    case Node::Kind::repeat:
      break;
    }
    const Node& part = node.parts.front();
    const std::size_t end = next;
    if (node.most == k_unbounded) {
      const std::size_t loop = add({Kind::fork, 0, 0, end});
      into_.steps_[loop].next = emit(part, loop);
      next = loop;
    } else {
      for (std::size_t i = node.least; i < node.most; ++i) {
        next = add({Kind::fork, 0, emit(part, next), end});
      }
    }
    for (std::size_t i = 0; i < node.least; ++i) {
      next = emit(part, next);
    }
    return next;
  }

  std::vector<char32_t> characters_;
  TextPattern& into_;
  std::size_t at_ = 0;
  std::size_t emitted_ = 0;
};

bool TextPattern::Set::holds(char32_t character) const {
  const bool listed = std::any_of(ranges.begin(), ranges.end(), [character](const auto& range) {
    return character >= range.first && character <= range.second;
  });
  return listed != negated;
}

TextPattern::TextPattern(std::string_view pattern) { PatternCompiler(pattern, *this).compile(); }

/// Adds the steps that take a character, or end, and can be reached from `step` without taking one.
void TextPattern::follow(std::size_t step, std::vector<std::size_t>& reached,
                         std::vector<std::uint32_t>& seen, std::uint32_t mark) const {
  std::vector<std::size_t> open = {step};
  while (!open.empty()) {
    const std::size_t now = open.back();
    open.pop_back();
    if (seen[now] == mark) {
      continue;
    }
    seen[now] = mark;
    if (steps_[now].kind == Step::Kind::fork) {
      open.push_back(steps_[now].other);
      open.push_back(steps_[now].next);
    } else {
      reached.push_back(now);
    }
  }
}

bool TextPattern::matches(std::string_view text) const {
  const std::vector<char32_t> characters = decoded(text);
  if (characters.size() > k_longest_text) {
    return false;
  }
  std::vector<std::uint32_t> seen(steps_.size());
  std::vector<std::size_t> reached;
  std::vector<std::size_t> next;
  std::uint32_t mark = 1;
  follow(start_, reached, seen, mark);
  for (const char32_t character : characters) {
    ++mark;
    next.clear();
    for (const std::size_t step : reached) {
      if (steps_[step].kind == Step::Kind::take && sets_[steps_[step].set].holds(character)) {
        follow(steps_[step].next, next, seen, mark);
      }
    }
    reached.swap(next);
  }
  return std::any_of(reached.begin(), reached.end(),
                     [&](std::size_t step) { return steps_[step].kind == Step::Kind::end; });
}

} // namespace mlp::config
