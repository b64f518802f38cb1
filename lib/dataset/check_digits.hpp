#pragma once

#include <string_view>

namespace mlp::dataset {

/// A payment card's number: 13 to 19 digits, also in groups parted by one blank or hyphen, of a known
/// issuer's first digits (2–6), whose check digit is right (Luhn; ISO/IEC 7812-1).
[[nodiscard]] bool is_card_number(std::string_view text);

/// Two letters, two check digits and 11 to 30 letters or digits, blanks between groups allowed, that leave 1
/// when divided by 97 (ISO 13616, ISO 7064 MOD 97-10).
[[nodiscard]] bool is_iban(std::string_view text);

/// A Spanish DNI or NIE: eight digits (or X, Y, Z and seven) and the letter that follows from them modulo 23.
[[nodiscard]] bool is_spanish_id(std::string_view text);

/// AAA-GG-SSSS with none of the groups that are never given out (000, 666, 900–999; 00; 0000).
[[nodiscard]] bool is_social_security_number(std::string_view text);

[[nodiscard]] bool is_email(std::string_view text);
/// IPv4 in four decimal numbers, or IPv6 in at least three groups of hexadecimal digits and colons.
[[nodiscard]] bool is_ip_address(std::string_view text);
/// 7 to 15 digits (E.164) with a leading +, or with blanks, hyphens, dots or brackets as phone numbers have
/// them; plain digits and decimal numbers are none.
[[nodiscard]] bool is_phone_number(std::string_view text);

} // namespace mlp::dataset
