#include "dataset/text_encoding.hpp"

#include "base/error.hpp"
#include "dataset/byte_blocks.hpp"
#include "dataset/csv_structure.hpp"
#include "os/threads.hpp"

#include <algorithm>
#include <vector>

namespace mlp::dataset {
namespace {

constexpr std::size_t k_segment_bytes = std::size_t{1} << 20U;

/// The length of the valid UTF-8 sequence at the front of `text`; 0 where there is none.
std::size_t sequence_size(std::string_view text) {
  const auto at = [&](std::size_t i) -> unsigned {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
  };
  const auto is_between = [](unsigned value, unsigned low, unsigned high) {
    return value >= low && value <= high;
  };
  const auto continues = [&](std::size_t i) { return is_between(at(i), 0x80, 0xbf); };
  const unsigned lead = at(0);
  if (lead < 0x80) {
    return 1;
  }
  if (is_between(lead, 0xc2, 0xdf)) {
    return continues(1) ? 2 : 0;
  }
  if (is_between(lead, 0xe0, 0xef)) {
    const bool second = is_between(at(1), lead == 0xe0 ? 0xa0 : 0x80, lead == 0xed ? 0x9f : 0xbf);
    return second && continues(2) ? 3 : 0;
  }
  if (is_between(lead, 0xf0, 0xf4)) {
    const bool second = is_between(at(1), lead == 0xf0 ? 0x90 : 0x80, lead == 0xf4 ? 0x8f : 0xbf);
    return second && continues(2) && continues(3) ? 4 : 0;
  }
  return 0;
}

} // namespace

std::size_t first_invalid_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    if (text.size() - at >= ByteBlock::k_size && ByteBlock(text.data() + at).is_ascii()) {
      at += ByteBlock::k_size;
      continue;
    }
    const std::size_t block_end = at + ByteBlock::k_size;
    while (at < text.size() && at < block_end) {
      const std::size_t size = sequence_size(text.substr(at, 4));
      if (size == 0) {
        return at;
      }
      at += size;
    }
  }
  return std::string_view::npos;
}

namespace {

struct Findings {
  bool non_ascii = false;
  std::size_t nul = std::string_view::npos;     ///< place of a NUL byte
  std::size_t invalid = std::string_view::npos; ///< place of the first byte that is no UTF-8
};

/// Where the first UTF-8 sequence that is not begun before `from` may begin.
std::size_t sequence_start(std::string_view bytes, std::size_t from) {
  const auto high_bits = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]) & 0xc0U; };
  std::size_t start = std::min(from, bytes.size());
  if (start == 0 || high_bits(start - 1) < 0x80) {
    return start;
  }
  while (start < bytes.size() && start < from + 3 && high_bits(start) == 0x80) {
    ++start;
  }
  return start;
}

Findings look_at_segment(std::string_view bytes, std::size_t begin) {
  const std::string_view segment = bytes.substr(begin, k_segment_bytes);
  Findings found;
  bool nul = false;
  std::size_t at = 0;
  for (; at + ByteBlock::k_size <= segment.size(); at += ByteBlock::k_size) {
    const ByteBlock block(segment.data() + at);
    found.non_ascii = found.non_ascii || !block.is_ascii();
    nul = nul || block.holds('\0');
  }
  for (const char c : segment.substr(at)) {
    found.non_ascii = found.non_ascii || static_cast<unsigned char>(c) >= 0x80;
    nul = nul || c == '\0';
  }
  if (nul) {
    found.nul = bytes.find('\0', begin);
  }
  if (found.non_ascii) {
    const std::size_t start = sequence_start(bytes, begin);
    const std::size_t end = sequence_start(bytes, begin + segment.size());
    const std::size_t wrong = first_invalid_utf8(bytes.substr(start, end - start));
    found.invalid = wrong == std::string_view::npos ? wrong : start + wrong;
  }
  return found;
}

Findings look_at(std::string_view bytes, unsigned threads) {
  std::vector<Findings> parts((bytes.size() + k_segment_bytes - 1) / k_segment_bytes);
  os::parallel_for(parts.size(), threads,
                   [&](std::size_t i) { parts[i] = look_at_segment(bytes, i * k_segment_bytes); });
  Findings all;
  for (const Findings& part : parts) {
    all.non_ascii = all.non_ascii || part.non_ascii;
    all.nul = std::min(all.nul, part.nul);
    all.invalid = std::min(all.invalid, part.invalid);
  }
  return all;
}

bool holds_utf8_sequence(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (static_cast<unsigned char>(text[i]) >= 0x80 && sequence_size(text.substr(i)) > 1) {
      return true;
    }
  }
  return false;
}

bool holds_latin1_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto value = static_cast<unsigned char>(c);
    return value >= 0x80 && value <= 0x9f;
  });
}

std::string utf8_of_latin1(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size() + bytes.size() / 8);
  for (const char c : bytes) {
    const auto value = static_cast<unsigned char>(c);
    if (value < 0x80) {
      text += c;
    } else {
      text += static_cast<char>(0xc0U | value >> 6U);
      text += static_cast<char>(0x80U | (value & 0x3fU));
    }
  }
  return text;
}

void refuse_other_encodings(std::string_view bytes, const std::string& name) {
  using namespace std::string_view_literals;
  for (const auto mark : {"\xff\xfe"sv, "\xfe\xff"sv, "\0\0\xfe\xff"sv}) {
    if (bytes.substr(0, mark.size()) == mark) {
      throw Error(ErrorCode::input, "cannot read '{}': it is UTF-16 or UTF-32, and must be UTF-8", name)
          .hint(fmt::format("run `iconv -f UTF-16 -t UTF-8 '{}' > utf8.csv`", name));
    }
  }
}

std::string place_in(const EncodedText& encoded, std::size_t place) {
  const std::string_view before = encoded.before;
  const std::string_view all(before.empty() ? encoded.bytes.data() : before.data(),
                             before.size() + encoded.bytes.size());
  return fmt::format("{}:{}", encoded.name, encoded.first_line - 1 + line_of(all, before.size() + place));
}

[[noreturn]] void fail_nul(const EncodedText& encoded, std::size_t place) {
  throw Error(ErrorCode::input, "{}: a NUL byte is no text", place_in(encoded, place))
      .hint(
          fmt::format("if the file is UTF-16, run `iconv -f UTF-16 -t UTF-8 '{}' > utf8.csv`", encoded.name));
}

[[noreturn]] void fail_encoding(const EncodedText& encoded, std::size_t place) {
  throw Error(ErrorCode::input, "{}: byte 0x{:02X} is no UTF-8", place_in(encoded, place),
              static_cast<unsigned char>(encoded.bytes[place]))
      .hint(fmt::format("if it is Windows-1252, run `iconv -f WINDOWS-1252 -t UTF-8 '{}' > utf8.csv`",
                        encoded.name))
      .hint("if it is Latin-1 all the same, set data.format.encoding to latin-1");
}

} // namespace

void decode_text(const EncodedText& encoded, unsigned threads, DecodedText& result) {
  constexpr std::string_view k_mark = "\xef\xbb\xbf";
  const std::string_view bytes = encoded.bytes;
  if (encoded.first_line == 1 && encoded.before.empty()) {
    refuse_other_encodings(bytes, encoded.name);
    result.byte_order_mark = bytes.substr(0, k_mark.size()) == k_mark;
  }
  const Findings found = look_at(bytes, threads);
  if (found.nul != std::string_view::npos) {
    fail_nul(encoded, found.nul);
  }
  result.ascii = !found.non_ascii;
  result.text = bytes.substr(result.byte_order_mark ? k_mark.size() : 0);
  bool latin1 = encoded.encoding == "latin-1" && !result.byte_order_mark;
  if (found.invalid != std::string_view::npos && !latin1) {
    if (result.byte_order_mark || encoded.encoding || holds_latin1_control(bytes) ||
        holds_utf8_sequence(bytes)) {
      fail_encoding(encoded, found.invalid);
    }
    latin1 = true;
  }
  if (latin1) {
    result.encoding = "latin-1";
    result.decoded = found.non_ascii ? utf8_of_latin1(bytes) : std::string();
    result.text = found.non_ascii ? std::string_view(result.decoded) : bytes;
  }
}

std::size_t incomplete_bytes(std::string_view text) {
  const auto byte = [&](std::size_t back) -> unsigned {
    return static_cast<unsigned char>(text[text.size() - back]);
  };
  for (std::size_t back = 1; back <= std::min<std::size_t>(3, text.size()); ++back) {
    if (byte(back) < 0x80) {
      return 0;
    }
    if (byte(back) >= 0xc0) {
      const std::size_t needed = byte(back) >= 0xf0 ? 4 : byte(back) >= 0xe0 ? 3 : 2;
      return needed > back ? back : 0;
    }
  }
  return 0;
}

} // namespace mlp::dataset
