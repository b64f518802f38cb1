#include "dataset/national_ids.hpp"

#include "dataset/ascii.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <string>

namespace mlp::dataset {
namespace {

int value_of(char digit) { return digit - '0'; }

/// Without blanks, dots and hyphens inside.
std::string joined(std::string_view text) {
  std::string kept;
  std::copy_if(text.begin(), text.end(), std::back_inserter(kept),
               [](char c) { return std::string_view(" .-").find(c) == std::string_view::npos; });
  return kept;
}

bool is_one_of(std::string_view text, std::size_t begin, std::string_view letters) {
  return letters.find(text[begin]) != std::string_view::npos;
}

/// "LLLLLLNNLNNLNNNL": L = a letter, N = a digit or a letter in its place.
bool has_fiscal_form(std::string_view text) {
  constexpr std::string_view k_form = "LLLLLLNNLNNLNNNL";
  if (text.size() != k_form.size()) {
    return false;
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool stands_for_digit = is_digit(text[i]) || is_one_of(text, i, "LMNPQRSTUV");
    if (k_form[i] == 'L' ? !is_capital(text[i]) : !stands_for_digit) {
      return false;
    }
  }
  return true;
}

/// The check digit of a CPF's first `count` digits: weights count + 1 down to 2.
int cpf_digit(std::string_view digits, std::size_t count) {
  int sum = 0;
  for (std::size_t i = 0; i < count; ++i) {
    sum += value_of(digits[i]) * static_cast<int>(count + 1 - i);
  }
  return sum * 10 % 11 % 10;
}

} // namespace

bool is_german_tax_id(std::string_view text) {
  const std::string digits = joined(text);
  if (digits.size() != 11 || !all_digits(digits) || digits[0] == '0') {
    return false;
  }
  std::array<int, 10> counts{};
  int product = 10;
  for (std::size_t i = 0; i < 10; ++i) {
    ++counts[static_cast<std::size_t>(value_of(digits[i]))];
    const int sum = (value_of(digits[i]) + product) % 10;
    product = (sum == 0 ? 10 : sum) * 2 % 11;
  }
  const auto repeated = std::count_if(counts.begin(), counts.end(), [](int n) { return n > 1; });
  const bool few = *std::max_element(counts.begin(), counts.end()) <= 3;
  return repeated == 1 && few && (11 - product) % 10 == value_of(digits[10]);
}

bool is_british_insurance_number(std::string_view text) {
  const std::string number = joined(text);
  if (number.size() != 9 || !is_capital(number[0]) || !is_capital(number[1]) ||
      !all_digits(std::string_view(number).substr(2, 6)) || !is_one_of(number, 8, "ABCD")) {
    return false;
  }
  constexpr std::array<std::string_view, 7> k_never = {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"};
  const std::string_view prefix = std::string_view(number).substr(0, 2);
  return !is_one_of(number, 0, "DFIQUV") && !is_one_of(number, 1, "DFIOQUV") &&
         std::find(k_never.begin(), k_never.end(), prefix) == k_never.end();
}

bool is_dutch_service_number(std::string_view text) {
  const std::string digits = joined(text);
  if (digits.size() != 9 || !all_digits(digits) || digits == "000000000") {
    return false;
  }
  int sum = -value_of(digits[8]);
  for (std::size_t i = 0; i < 8; ++i) {
    sum += value_of(digits[i]) * static_cast<int>(9 - i);
  }
  return sum % 11 == 0;
}

bool is_italian_fiscal_code(std::string_view text) {
  constexpr std::array<int, 26> k_at_odd_places = {1,  0,  5, 7, 9, 13, 15, 17, 19, 21, 2,  4,  18,
                                                   20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};
  if (!has_fiscal_form(text)) {
    return false;
  }
  int sum = 0;
  for (std::size_t i = 0; i < 15; ++i) {
    const int value = is_digit(text[i]) ? value_of(text[i]) : text[i] - 'A';
    sum += i % 2 == 0 ? k_at_odd_places[static_cast<std::size_t>(value)] : value;
  }
  return sum % 26 == text[15] - 'A';
}

bool is_french_insurance_number(std::string_view text) {
  std::string digits = joined(text);
  if (digits.size() != 15 || !is_one_of(digits, 0, "1234")) {
    return false;
  }
  if (digits[5] == '2' && (digits[6] == 'A' || digits[6] == 'B')) { // Corsica counts as 19 and 18
    digits[6] = digits[6] == 'A' ? '9' : '8';
    digits[5] = '1';
  }
  if (!all_digits(digits)) {
    return false;
  }
  const int month = std::stoi(digits.substr(3, 2));
  const long long body = std::stoll(digits.substr(0, 13));
  return ((month >= 1 && month <= 12) || month >= 20) && 97 - body % 97 == std::stoi(digits.substr(13));
}

bool is_brazilian_tax_id(std::string_view text) {
  const std::string digits = joined(text);
  return digits.size() == 11 && all_digits(digits) &&
         digits.find_first_not_of(digits[0]) != std::string::npos &&
         cpf_digit(digits, 9) == value_of(digits[9]) && cpf_digit(digits, 10) == value_of(digits[10]);
}

} // namespace mlp::dataset
