#include "dataset/check_digits.hpp"

#include "base/time.hpp"
#include "dataset/ascii.hpp"

#include <algorithm>
#include <charconv>
#include <string>

namespace mlp::dataset {
namespace {

bool is_letter(char c) { return is_capital(c) || (c >= 'a' && c <= 'z'); }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

/// Without single separators between two other characters; nothing where they stand elsewhere.
std::string without(std::string_view text, std::string_view separators) {
  std::string kept;
  bool parted = true;
  for (const char c : text) {
    const bool separator = separators.find(c) != std::string_view::npos;
    if (separator && parted) {
      return "";
    }
    parted = separator;
    if (!separator) {
      kept += c;
    }
  }
  return parted ? "" : kept;
}

bool is_known_group(std::string_view text, std::size_t begin, std::size_t length, std::string_view never) {
  return text.substr(begin, length) != never;
}

bool is_ipv4(std::string_view text) {
  std::size_t numbers = 0;
  while (numbers < 4) {
    const std::size_t dot = text.find('.');
    const std::string_view part = text.substr(0, dot);
    int value = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value);
    if (part.empty() || part.size() > 3 || !all_digits(part) || error != std::errc() || value > 255 ||
        end != part.data() + part.size()) {
      return false;
    }
    ++numbers;
    if (dot == std::string_view::npos) {
      return numbers == 4;
    }
    text.remove_prefix(dot + 1);
  }
  return false;
}

bool is_ipv6(std::string_view text) {
  const auto colons = std::count(text.begin(), text.end(), ':');
  const bool short_form = text.find("::") != std::string_view::npos;
  if (colons < 2 || colons > 8 || (!short_form && colons != 7) ||
      !std::all_of(text.begin(), text.end(), [](char c) { return c == ':' || is_hex(c); })) {
    return false;
  }
  std::size_t group = 0;
  std::size_t digits = 0;
  for (const char c : text) {
    group = c == ':' ? 0 : group + 1;
    digits += c == ':' ? 0U : 1U;
    if (group > 4) {
      return false;
    }
  }
  return digits >= 3; // times like 12:30:45 have two colons, but no "::"
}

} // namespace

bool is_card_number(std::string_view text) {
  const std::string digits = without(text, " -");
  if (digits.size() < 13 || digits.size() > 19 || !all_digits(digits) || digits[0] < '2' || digits[0] > '6') {
    return false;
  }
  int sum = 0;
  bool twice = false;
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
    const int value = (*digit - '0') * (twice ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
    twice = !twice;
  }
  return sum % 10 == 0;
}

bool is_iban(std::string_view text) {
  const std::string letters = without(text, " ");
  if (letters.size() < 15 || letters.size() > 34 || !is_capital(letters[0]) || !is_capital(letters[1]) ||
      !is_digit(letters[2]) || !is_digit(letters[3])) {
    return false;
  }
  int rest = 0;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const char c = letters[(i + 4) % letters.size()]; // the first four go to the end
    if (is_digit(c)) {
      rest = (rest * 10 + (c - '0')) % 97;
    } else if (is_capital(c)) {
      rest = (rest * 100 + (c - 'A' + 10)) % 97;
    } else {
      return false;
    }
  }
  return rest == 1;
}

bool is_spanish_id(std::string_view text) {
  if (text.size() != 9) {
    return false;
  }
  std::string digits(text.substr(0, 8));
  if (digits[0] >= 'X' && digits[0] <= 'Z') {
    digits[0] = static_cast<char>('0' + (digits[0] - 'X'));
  }
  if (!all_digits(digits)) {
    return false;
  }
  constexpr std::string_view letters = "TRWAGMYFPDXBNJZSQVHLCKE";
  return text[8] == letters[static_cast<std::size_t>(std::stoul(digits)) % letters.size()];
}

bool is_social_security_number(std::string_view text) {
  return text.size() == 11 && text[3] == '-' && text[6] == '-' && all_digits(text.substr(0, 3)) &&
         all_digits(text.substr(4, 2)) && all_digits(text.substr(7)) && text[0] != '9' &&
         is_known_group(text, 0, 3, "000") && is_known_group(text, 0, 3, "666") &&
         is_known_group(text, 4, 2, "00") && is_known_group(text, 7, 4, "0000");
}

bool is_email(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos || at == 0 || at > 64 || text.size() > 254) {
    return false;
  }
  const auto in_name = [](char c) {
    return is_letter(c) || is_digit(c) ||
           std::string_view("!#$%&'*+-/=?^_`{|}~.").find(c) != std::string_view::npos ||
           static_cast<unsigned char>(c) >= 0x80U;
  };
  const auto in_host = [](char c) {
    return is_letter(c) || is_digit(c) || c == '-' || c == '.' || static_cast<unsigned char>(c) >= 0x80U;
  };
  const std::string_view name = text.substr(0, at);
  const std::string_view host = text.substr(at + 1);
  const std::size_t dot = host.rfind('.');
  return std::all_of(name.begin(), name.end(), in_name) && std::all_of(host.begin(), host.end(), in_host) &&
         dot != std::string_view::npos && dot > 0 && host.size() - dot > 2 &&
         !all_digits(host.substr(dot + 1)) && host.find("..") == std::string_view::npos;
}

namespace {

/// "0171/1234567", "0171 1234567": a code that begins with the zero of trunk calls, and the number.
bool is_trunk_call(std::string_view text) {
  const std::size_t code = std::min(text.find_first_of(" -/"), text.size());
  const std::size_t digits = text.size() - 1;
  return text.starts_with('0') && code >= 3 && code <= 5 && text.size() >= code + 6 && digits >= 9 &&
         digits <= 13 && all_digits(text.substr(0, code)) && all_digits(text.substr(code + 1));
}

/// ISBN-13 in its five groups.
bool is_book_number(std::string_view text) {
  return text.size() == 17 && (text.starts_with("978-") || text.starts_with("979-"));
}

} // namespace

bool is_ip_address(std::string_view text) { return is_ipv4(text) || is_ipv6(text); }

bool is_phone_number(std::string_view text) {
  if (is_trunk_call(text)) {
    return true;
  }
  if (is_book_number(text)) {
    return false;
  }
  const bool plus = text.starts_with('+');
  if (plus) {
    text.remove_prefix(1);
  }
  std::size_t digits = 0;
  std::size_t groups = 0;
  bool in_group = false;
  for (const char c : text) {
    if (is_digit(c)) {
      ++digits;
      groups += in_group ? 0U : 1U;
      in_group = true;
    } else if (std::string_view(" -.()/").find(c) != std::string_view::npos) {
      in_group = false;
    } else {
      return false;
    }
  }
  if (digits < 7 || digits > 15 || text.empty() || !(is_digit(text.front()) || text.front() == '(')) {
    return false;
  }
  // 3-2-4 digits are no phone's, 12-11-2020 is a date, 1.234.567 a number with separators
  const bool grouped = groups >= 3 || (groups == 2 && text.front() == '(') ||
                       (groups == 2 && digits == 7 && text.size() == 8 && text[3] == '-');
  const bool dotted = text.find('.') != std::string_view::npos && groups >= 2;
  return plus || (grouped && !dotted && !parse_time(text) && !is_social_security_number(text) &&
                  digits >= 7 && !(digits == 8 && text.find('(') == std::string_view::npos));
}

} // namespace mlp::dataset
