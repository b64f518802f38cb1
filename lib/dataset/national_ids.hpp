#pragma once

#include <string_view>

namespace mlp::dataset {

/// Numbers that states give to persons, by their form and check digits. Blanks, dots and hyphens may part
/// their groups where people write them so.

/// German tax number (Steuer-ID): 11 digits, no zero first; of the first ten one occurs twice or three times
/// and the others once; ISO 7064 MOD 11,10.
[[nodiscard]] bool is_german_tax_id(std::string_view text);

/// British national insurance number: two letters that are given out, six digits, A to D; no check digit.
[[nodiscard]] bool is_british_insurance_number(std::string_view text);

/// Dutch BSN: 9 digits; the weights 9 to 2 and -1 make a multiple of 11.
[[nodiscard]] bool is_dutch_service_number(std::string_view text);

/// Italian codice fiscale: 16 letters and digits, the last from the others modulo 26.
[[nodiscard]] bool is_italian_fiscal_code(std::string_view text);

/// French NIR: sex, year, month, department, commune and order in 13 digits (2A and 2B on Corsica), and the
/// two digits that make them a multiple of 97.
[[nodiscard]] bool is_french_insurance_number(std::string_view text);

/// Brazilian CPF: 11 digits, not all the same, the last two by weights modulo 11.
[[nodiscard]] bool is_brazilian_tax_id(std::string_view text);

} // namespace mlp::dataset
