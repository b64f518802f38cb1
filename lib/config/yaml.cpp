#include "config/yaml.hpp"

#include "base/error.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <map>
#include <sstream>

namespace mlp::config {
namespace {

// Far above what a person writes; below what could hurt (aliases of aliases double at each step).
constexpr std::size_t k_most_bytes = 1U << 20U;
constexpr std::size_t k_most_nodes = 100'000;
constexpr std::size_t k_most_levels = 64;

/// Knows the text, so that places and the spelling of a null can be read from it.
class Source {
public:
  Source(std::string_view text, const std::string& file) : text_(text), file_(file) {}

  /// Columns count characters, not bytes: what an editor shows.
  [[nodiscard]] Position position(std::size_t offset) const {
    const std::string_view before = text_.substr(0, std::min(offset, text_.size()));
    const std::size_t line_start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    const auto is_first_byte = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
    const std::string_view line = before.substr(line_start);
    return {static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')) + 1,
            static_cast<std::size_t>(std::count_if(line.begin(), line.end(), is_first_byte)) + 1};
  }
  [[nodiscard]] Position position(const YAML::Mark& mark) const {
    return position(mark.pos < 0 ? 0 : static_cast<std::size_t>(mark.pos));
  }

  /// "null" or "~" as it is spelt at the mark; empty where the value was left out.
  [[nodiscard]] std::string null_spelling(const YAML::Mark& mark) const {
    const std::string_view rest = text_.substr(std::min(static_cast<std::size_t>(mark.pos), text_.size()));
    for (const std::string_view spelling : {"null", "Null", "NULL", "~"}) {
      if (rest.substr(0, spelling.size()) == spelling &&
          (rest.size() == spelling.size() ||
           std::string_view(" \t\r\n,]}").find(rest[spelling.size()]) != std::string_view::npos)) {
        return std::string(spelling);
      }
    }
    return "";
  }

  [[noreturn]] void fail(Position position, std::string_view message) const {
    throw Error(ErrorCode::input, "{}:{}:{}: {}", file_, position.line, position.column, message)
        .hint(fmt::format("correct '{}' at line {}", file_, position.line));
  }

  /// throws Error{input} where the text is not UTF-8 or holds characters that YAML forbids
  void require_text() const;

private:
  std::string_view text_;
  const std::string& file_;
};

/// Length of the valid UTF-8 sequence at the start of `text`, or 0 (overlong forms and surrogates are not
/// valid).
std::size_t utf8_length(std::string_view text) {
  const auto byte = [&text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  const std::size_t length = first < 0x80U   ? 1
                             : first < 0xC2U ? 0
                             : first < 0xE0U ? 2
                             : first < 0xF0U ? 3
                             : first < 0xF5U ? 4
                                             : 0;
  if (length == 0 || text.size() < length) {
    return 0;
  }
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) {
      return 0;
    }
  }
  const bool wrong = (first == 0xE0U && byte(1) < 0xA0U) || (first == 0xEDU && byte(1) > 0x9FU) ||
                     (first == 0xF0U && byte(1) < 0x90U) || (first == 0xF4U && byte(1) > 0x8FU);
  return wrong ? 0 : length;
}

void Source::require_text() const {
  if (text_.size() > k_most_bytes) {
    throw Error(ErrorCode::input, "'{}' is too large: {} bytes, at most {}", file_, text_.size(),
                k_most_bytes)
        .hint("give the path of a YAML file written by people");
  }
  for (std::size_t at = 0; at < text_.size();) {
    const std::size_t length = utf8_length(text_.substr(at));
    if (length == 0) {
      fail(position(at), "not UTF-8 text");
    }
    const auto c = static_cast<unsigned char>(text_[at]);
    if ((c < 0x20U && c != '\t' && c != '\n' && c != '\r') || c == 0x7FU) {
      fail(position(at), fmt::format("control character 0x{:02x} is not allowed", c));
    }
    if (text_.substr(at, 8) == "<<<<<<< " && (at == 0 || text_[at - 1] == '\n')) {
      fail(position(at), "unresolved merge conflict");
    }
    at += length;
  }
}

/// Builds the tree from the parser's events.
class TreeBuilder : public YAML::EventHandler {
public:
  explicit TreeBuilder(const Source& source) : source_(source) {}

  [[nodiscard]] YamlNode take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ > 1) {
      source_.fail(source_.position(mark), "a second document: one file holds one");
    }
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    YamlNode node = node_at(mark, YamlNode::Kind::null);
    node.scalar = source_.null_spelling(mark);
    if (node.scalar.empty() && !open_.empty() && open_.back().has_key) {
      node.position = open_.back().node.key_positions.back(); // the parser names the next token's place
    }
    add(std::move(node), anchor);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    refuse_tag(mark, tag);
    YamlNode node = node_at(mark, YamlNode::Kind::scalar);
    node.scalar = value;
    node.quoted = tag == "!"; // what yaml-cpp calls every scalar that is not plain
    add(std::move(node), anchor);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto found = anchored_.find(anchor);
    if (found == anchored_.end()) {
      source_.fail(source_.position(mark), "an alias inside of what it names");
    }
    YamlNode copy = found->second;
    copy.position = source_.position(mark);
    count(mark, size_of(copy) - 1);
    add(std::move(copy), 0);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    open(mark, tag, anchor, YamlNode::Kind::list);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    open(mark, tag, anchor, YamlNode::Kind::map);
  }
  void OnMapEnd() override { close(); }

private:
  /// A list or map whose end was not seen yet.
  struct Open {
    YamlNode node;
    YAML::anchor_t anchor;
    bool has_key; ///< of a map: the key was read, its value comes next
  };

  [[nodiscard]] YamlNode node_at(const YAML::Mark& mark, YamlNode::Kind kind) {
    count(mark, 1);
    YamlNode node;
    node.kind = kind;
    node.position = source_.position(mark);
    return node;
  }

  void count(const YAML::Mark& mark, std::size_t nodes) {
    nodes_ += nodes;
    if (nodes_ > k_most_nodes) {
      source_.fail(source_.position(mark), fmt::format("more than {} values", k_most_nodes));
    }
  }

  static std::size_t size_of(const YamlNode& node) {
    std::size_t total = 1;
    for (const YamlNode& item : node.items) {
      total += size_of(item);
    }
    for (const auto& [key, value] : node.members) {
      total += size_of(value);
    }
    return total;
  }

  void refuse_tag(const YAML::Mark& mark, const std::string& tag) const {
    if (!tag.empty() && tag != "?" && tag != "!") {
      source_.fail(source_.position(mark),
                   fmt::format("tag '{}' is not allowed: write the value alone", tag));
    }
  }

  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YamlNode::Kind kind) {
    refuse_tag(mark, tag);
    if (open_.size() >= k_most_levels) {
      source_.fail(source_.position(mark), fmt::format("nested deeper than {} levels", k_most_levels));
    }
    if (!open_.empty() && expects_key()) {
      source_.fail(source_.position(mark), "a key must be a text");
    }
    open_.push_back({node_at(mark, kind), anchor, false});
  }

  void close() {
    Open done = std::move(open_.back());
    open_.pop_back();
    add(std::move(done.node), done.anchor);
  }

  [[nodiscard]] bool expects_key() const {
    return open_.back().node.kind == YamlNode::Kind::map && !open_.back().has_key;
  }

  void add(YamlNode node, YAML::anchor_t anchor) {
    if (anchor != 0) {
      anchored_[anchor] = node;
    }
    if (open_.empty()) {
      root_ = std::move(node);
    } else if (open_.back().node.kind == YamlNode::Kind::list) {
      open_.back().node.items.push_back(std::move(node));
    } else if (expects_key()) {
      add_key(node);
    } else {
      open_.back().node.members.back().value = std::move(node);
      open_.back().has_key = false;
    }
  }

  void add_key(const YamlNode& key) {
    if (key.kind == YamlNode::Kind::list || key.kind == YamlNode::Kind::map) { // by an alias
      source_.fail(key.position, "a key must be a text");
    }
    Open& map = open_.back();
    for (std::size_t i = 0; i < map.node.members.size(); ++i) {
      if (map.node.members[i].key == key.scalar) {
        source_.fail(key.position, fmt::format("key '{}' stands here again: first in line {}", key.scalar,
                                               map.node.key_positions[i].line));
      }
    }
    map.node.members.push_back({key.scalar, YamlNode()});
    map.node.key_positions.push_back(key.position);
    map.has_key = true;
  }

  const Source& source_;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, YamlNode> anchored_;
  YamlNode root_;
  std::size_t nodes_ = 0;
  int documents_ = 0;
};

} // namespace

const YamlNode* YamlNode::find(std::string_view key) const {
  const auto found =
      std::find_if(members.begin(), members.end(), [key](const auto& member) { return member.key == key; });
  return found == members.end() ? nullptr : &found->value;
}

YamlNode parse_yaml(std::string_view text, const std::string& file) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.substr(0, 3) == byte_order_mark) {
    text.remove_prefix(3);
  }
  const Source source(text, file);
  source.require_text();
  TreeBuilder builder(source);
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const YAML::ParserException& error) {
    source.fail(source.position(error.mark), error.msg);
  }
  return builder.take();
}

} // namespace mlp::config
