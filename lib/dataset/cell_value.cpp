#include "dataset/cell_value.hpp"

#include "dataset/ascii.hpp"
#include "dataset/number_style.hpp"

#include <fast_float/fast_float.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace mlp::dataset {
namespace {

constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

bool equals_in_any_case(std::string_view text, std::string_view lower_case) {
  return std::equal(text.begin(), text.end(), lower_case.begin(), lower_case.end(),
                    [](char a, char b) { return lower(a) == b; });
}

/// Whether a double gives back every digit of an integer's text.
bool keeps_digits(std::string_view digits, double value) {
  constexpr std::size_t k_always_exact_digits = 15;
  constexpr std::size_t k_longest_of_64_bits = 19;
  if (digits.size() > 1 && digits.front() == '0') {
    return false;
  }
  if (digits.size() <= k_always_exact_digits) {
    return true;
  }
  if (digits.size() > k_longest_of_64_bits) {
    return false;
  }
  std::uint64_t integer = 0;
  for (const char c : digits) {
    integer = integer * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return static_cast<std::uint64_t>(std::fabs(value)) == integer;
}

} // namespace

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) {
    text.remove_prefix(1);
  }
  while (!text.empty() && is_blank(text.back())) {
    text.remove_suffix(1);
  }
  return text;
}

NumberText parse_number(std::string_view text) {
  constexpr std::size_t k_phone_digits = 8; // "+4930123456": nobody writes a quantity so
  const bool negative = !text.empty() && text.front() == '-';
  const bool has_sign = negative || (!text.empty() && text.front() == '+');
  const std::string_view unsigned_text = has_sign ? text.substr(1) : text;
  if (equals_in_any_case(unsigned_text, "inf") || equals_in_any_case(unsigned_text, "infinity")) {
    return {NumberFit::beyond, 0.0};
  }
  if (unsigned_text.empty() || !(is_digit(unsigned_text.front()) || unsigned_text.front() == '.')) {
    return {};
  }
  double value = 0.0;
  const char* end = unsigned_text.data() + unsigned_text.size();
  const auto result = fast_float::from_chars(unsigned_text.data(), end, value);
  if (result.ptr != end || result.ec == std::errc::invalid_argument) {
    return {};
  }
  if (!std::isfinite(value)) {
    return {NumberFit::beyond, 0.0};
  }
  const bool integer = std::all_of(unsigned_text.begin(), unsigned_text.end(), is_digit);
  const bool phone = has_sign && !negative && unsigned_text.size() >= k_phone_digits;
  const bool name = integer && (phone || !keeps_digits(unsigned_text, value));
  const NumberFit fit = name ? NumberFit::identifier : NumberFit::exact;
  return {fit, negative ? -value : value};
}

std::optional<bool> parse_boolean(std::string_view text) {
  if (equals_in_any_case(text, "true") || equals_in_any_case(text, "yes")) {
    return true;
  }
  if (equals_in_any_case(text, "false") || equals_in_any_case(text, "no")) {
    return false;
  }
  return std::nullopt;
}

bool same_boolean_pair(std::string_view one, std::string_view other) {
  const auto is_yes_or_no = [](std::string_view word) { return word.size() <= 3; };
  return is_yes_or_no(one) == is_yes_or_no(other);
}

constexpr std::array<std::string_view, 11> MissingTokens::k_default = {
    "", "NA", "N/A", "n/a", "#N/A", "NaN", "nan", "null", "NULL", "None", "?"};

MissingTokens::MissingTokens() : MissingTokens({k_default.begin(), k_default.end()}) {}

MissingTokens::MissingTokens(std::vector<std::string> tokens) : tokens_(std::move(tokens)) {
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    const std::string_view token = trimmed(tokens_[i]);
    longest_ = std::max(longest_, token.size());
    if (token.empty()) {
      empty_ = empty_.value_or(i);
    } else {
      first_bytes_[static_cast<unsigned char>(token.front())] = true;
      may_be_number_ = may_be_number_ || parse_number(token).fit != NumberFit::not_a_number ||
                       parse_number(token, {.decimal = ','}).fit != NumberFit::not_a_number;
    }
  }
}

std::optional<std::size_t> MissingTokens::find(std::string_view text) const {
  if (text.empty()) {
    return empty_;
  }
  if (text.size() > longest_ || !first_bytes_[static_cast<unsigned char>(text.front())]) {
    return std::nullopt;
  }
  const auto found = std::find_if(tokens_.begin(), tokens_.end(),
                                  [&](const std::string& token) { return trimmed(token) == text; });
  return found == tokens_.end() ? std::nullopt
                                : std::optional(static_cast<std::size_t>(found - tokens_.begin()));
}

} // namespace mlp::dataset
