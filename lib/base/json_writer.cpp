#include "base/json.hpp"

#include <fmt/format.h>

#include <array>
#include <iterator>

namespace mlp {
namespace {

constexpr std::string_view k_replacement = "\xef\xbf\xbd"; // U+FFFD

/// Bytes of the UTF-8 character that `text` begins with; 0 where it is none (Unicode 15, table 3-7).
std::size_t character_length(std::string_view text) {
  struct Form {
    unsigned first, last;            // of the leading byte
    unsigned second_from, second_to; // of the byte after it; further ones are 80..BF
    std::size_t length;
  };
  constexpr std::array<Form, 9> k_forms = {{{0x00, 0x7f, 0, 0, 1},
                                            {0xc2, 0xdf, 0x80, 0xbf, 2},
                                            {0xe0, 0xe0, 0xa0, 0xbf, 3},
                                            {0xe1, 0xec, 0x80, 0xbf, 3},
                                            {0xed, 0xed, 0x80, 0x9f, 3},
                                            {0xee, 0xef, 0x80, 0xbf, 3},
                                            {0xf0, 0xf0, 0x90, 0xbf, 4},
                                            {0xf1, 0xf3, 0x80, 0xbf, 4},
                                            {0xf4, 0xf4, 0x80, 0x8f, 4}}};
  const auto byte = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(text[i])); };
  for (const Form& form : k_forms) {
    if (byte(0) < form.first || byte(0) > form.last) {
      continue;
    }
    bool valid = text.size() >= form.length;
    for (std::size_t i = 1; valid && i < form.length; ++i) {
      valid = byte(i) >= (i == 1 ? form.second_from : 0x80U) && byte(i) <= (i == 1 ? form.second_to : 0xbfU);
    }
    return valid ? form.length : 0;
  }
  return 0;
}

void append_string(std::string& out, std::string_view text) {
  out += '"';
  for (std::size_t i = 0; i < text.size(); ++i) {
    switch (const char c = text[i]) {
    case '"':
      out += "\\\"";
      break;
    case '\\':
      out += "\\\\";
      break;
    case '\n':
      out += "\\n";
      break;
    case '\t':
      out += "\\t";
      break;
    case '\r':
      out += "\\r";
      break;
    default:
      if (static_cast<unsigned char>(c) < 0x20) {
        fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
      } else if (const std::size_t length = character_length(text.substr(i)); length > 0) {
        out += text.substr(i, length);
        i += length - 1;
      } else {
        out += k_replacement;
      }
    }
  }
  out += '"';
}

/// Writes values; `indent` < 0: canonical, otherwise the level that the value stands at.
class Writer {
public:
  explicit Writer(std::string& out) : out_(out) {}

  void write(const Json& value, int indent) {
    if (value.is_array()) {
      write_array(value.as_array(), indent);
    } else if (value.is_object()) {
      write_object(value.as_object(), indent);
    } else if (value.is_null()) {
      out_ += "null";
    } else if (value.is_bool()) {
      out_ += value.as_bool() ? "true" : "false";
    } else if (value.is_integer()) {
      fmt::format_to(std::back_inserter(out_), "{}", value.as_integer());
    } else if (value.is_number()) {
      out_ += shortest(value.as_number());
    } else {
      append_string(out_, value.as_string());
    }
  }

private:
  void write_array(const Json::Array& items, int indent) {
    const int deeper = indent < 0 ? indent : indent + 1;
    out_ += '[';
    const char* separator = "";
    for (const Json& item : items) {
      out_ += separator;
      new_line(deeper);
      write(item, deeper);
      separator = ",";
    }
    if (!items.empty()) {
      new_line(indent);
    }
    out_ += ']';
  }
  void write_object(const Json::Object& members, int indent) {
    const int deeper = indent < 0 ? indent : indent + 1;
    out_ += '{';
    const char* separator = "";
    for (const auto& [key, item] : members) {
      out_ += separator;
      new_line(deeper);
      append_string(out_, key);
      out_ += indent < 0 ? ":" : ": ";
      write(item, deeper);
      separator = ",";
    }
    if (!members.empty()) {
      new_line(indent);
    }
    out_ += '}';
  }
  void new_line(int level) {
    if (level >= 0) {
      out_ += '\n';
      out_.append(static_cast<std::size_t>(level) * 2, ' ');
    }
  }

  std::string& out_;
};

} // namespace

std::string Json::dump() const {
  std::string out;
  Writer(out).write(*this, -1);
  return out;
}

std::string Json::pretty() const {
  std::string out;
  Writer(out).write(*this, 0);
  return out;
}

std::string shortest(double value) { return fmt::format("{}", value); }

} // namespace mlp
