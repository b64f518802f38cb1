#include "dataset/personal_data.hpp"

#include "dataset/cell_value.hpp"
#include "dataset/check_digits.hpp"
#include "dataset/national_ids.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace mlp::dataset {
namespace {

constexpr std::size_t k_looked_at = 2000;
constexpr std::size_t k_few = 5;

using Titles = std::vector<std::string_view>;

/// Letters and digits alone, in lower case: "First Name", "first_name" and "firstName" are one title.
std::string title_of(const std::string& name) {
  std::string title;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') {
      title += static_cast<char>(c - 'A' + 'a');
    } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      title += c;
    }
  }
  return title;
}

bool is_one_of(const std::string& title, const Titles& titles) {
  return std::find(titles.begin(), titles.end(), title) != titles.end();
}

bool holds_one_of(const std::string& title, const Titles& parts) {
  return std::any_of(parts.begin(), parts.end(),
                     [&](std::string_view part) { return title.find(part) != std::string::npos; });
}

const Titles k_names = {"firstname",  "lastname",     "surname",    "fullname",     "givenname",
                        "familyname", "maidenname",   "middlename", "customername", "clientname",
                        "username",   "patientname",  "personname", "contactname",  "employeename",
                        "nombre",     "apellido",     "apellidos",  "vorname",      "nachname",
                        "prenom",     "nomdefamille", "forename"};
const Titles k_births = {"birthdate",       "dateofbirth",       "dob",          "birthday",
                         "fechanacimiento", "fechadenacimiento", "geburtsdatum", "datenaissance"};
const Titles k_addresses = {"address",      "streetaddress", "homeaddress", "postaladdress",
                            "addressline1", "direccion",     "fulladdress", "mailingaddress"};
const Titles k_phones = {"phone", "mobile", "telefono", "telefon", "fax", "msisdn", "cellnumber"};
const Titles k_security_numbers = {"ssn", "socialsecurity"};
const Titles k_documents = {
    "passport",       "passportno",   "passportnumber", "nationalid",     "nationalidnumber",
    "identitynumber", "idcardnumber", "driverslicense", "driverslicence", "drivinglicence",
    "taxid",          "taxpayerid",   "nino",           "insurancenumber"};

bool plain_digits(std::string_view text, std::size_t least, std::size_t most) {
  return text.size() >= least && text.size() <= most &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool holds_many_digits(std::string_view text) {
  return std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }) >= 5;
}

/// "Ana Ruiz", "Heikkinen, Miss. Laina": two to six words that begin with capitals, no digits.
bool looks_like_a_name(std::string_view text) {
  std::size_t words = 0;
  std::size_t capitals = 0;
  bool in_word = false;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      return false;
    }
    if (c == ' ') {
      in_word = false;
    } else if (!in_word) {
      in_word = true;
      ++words;
      capitals += (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80U ? 1U : 0U;
    }
  }
  return words >= 2 && words <= 6 && capitals + 1 >= words;
}

struct Kind {
  const char* name;
  bool (*is)(std::string_view);
};
constexpr std::array<Kind, 13> k_kinds = {{{"e-mail addresses", is_email},
                                           {"IBANs", is_iban},
                                           {"card numbers", is_card_number},
                                           {"Spanish identity numbers", is_spanish_id},
                                           {"social security numbers", is_social_security_number},
                                           {"German tax numbers", is_german_tax_id},
                                           {"British insurance numbers", is_british_insurance_number},
                                           {"Dutch service numbers", is_dutch_service_number},
                                           {"Italian fiscal codes", is_italian_fiscal_code},
                                           {"French insurance numbers", is_french_insurance_number},
                                           {"Brazilian tax numbers", is_brazilian_tax_id},
                                           {"IP addresses", is_ip_address},
                                           {k_phone_numbers, is_phone_number}}};

template <typename Is>
std::optional<PersonalData> by_values(const char* kind, const std::vector<std::string>& values, Is is) {
  const auto hits = static_cast<std::size_t>(
      std::count_if(values.begin(), values.end(), [&](const std::string& value) { return is(value); }));
  const double share = values.empty() ? 0 : static_cast<double>(hits) / static_cast<double>(values.size());
  if (hits < k_few || share < k_personal_share) {
    return std::nullopt;
  }
  return PersonalData{kind, share, false};
}

std::optional<PersonalData> by_title(const Column& column, const std::string& title,
                                     const std::vector<std::string>& values) {
  const bool words = column.type == ColumnType::category || column.type == ColumnType::text;
  if (words && is_one_of(title, k_names)) {
    return PersonalData{"persons' names", 1, true};
  }
  if (is_one_of(title, k_births) && (words || column.type == ColumnType::datetime)) {
    return PersonalData{"dates of birth", 1, true};
  }
  if (words && is_one_of(title, k_addresses)) {
    return PersonalData{"home addresses", 1, true};
  }
  if (holds_one_of(title, k_phones)) {
    return by_values(k_phone_numbers, values, [](const std::string& v) { return plain_digits(v, 7, 15); });
  }
  if (holds_one_of(title, k_security_numbers)) {
    return by_values("social security numbers", values,
                     [](const std::string& v) { return plain_digits(v, 9, 9); });
  }
  if (is_one_of(title, k_documents)) {
    return by_values("numbers of documents", values, holds_many_digits);
  }
  if (words && title == "name") {
    return by_values("persons' names", values, looks_like_a_name);
  }
  return std::nullopt;
}

} // namespace

std::vector<std::string> looked_at(const Column& column) {
  const std::size_t rows = column.is_numeric() ? column.numbers.size() : column.codes.size();
  const std::size_t step = looked_at_step(rows);
  std::vector<std::string> values;
  for (std::size_t row = 0; row < rows; row += step) {
    if (column.missing(row)) {
      continue;
    }
    const bool whole = column.type == ColumnType::number && std::fabs(column.numbers[row]) < 1e18 &&
                       column.numbers[row] == std::trunc(column.numbers[row]);
    // not 4.1e+15: digits are looked at
    values.push_back(whole ? fmt::format("{:.0f}", column.numbers[row])
                           : std::string(trimmed(column.text(row))));
  }
  return values;
}

std::uint64_t looked_at_step(std::uint64_t rows) {
  std::uint64_t step = 1;
  while (rows > step * k_looked_at) {
    step *= 2;
  }
  return step;
}

std::optional<PersonalData> personal_data(const Column& column) {
  if (column.personal) {
    return *column.personal ? std::optional(PersonalData{"personal data, as declared", 1, true})
                            : std::nullopt;
  }
  if (column.type == ColumnType::boolean) {
    return std::nullopt;
  }
  const std::vector<std::string> values = looked_at(column);
  if (values.empty()) {
    return std::nullopt;
  }
  for (const Kind& kind : k_kinds) {
    if (auto found = by_values(kind.name, values, kind.is)) {
      return found;
    }
  }
  return by_title(column, title_of(column.name), values);
}

void mask_personal(ColumnProfile& profile) {
  profile.top.clear();
  profile.min = profile.q25 = profile.median = profile.q75 = profile.max = std::nullopt;
  profile.mean = profile.standard_deviation = std::nullopt;
  profile.histogram.clear();
  profile.body.reset();
}

void mask_personal(Profile& profile, const std::map<std::string, bool>& declared) {
  for (ColumnProfile& column : profile.columns) {
    if (const auto said = declared.find(column.name); said != declared.end() && said->second) {
      mask_personal(column);
    }
  }
}

std::string shown_text(const Column& column, std::size_t row, bool is_personal) {
  return is_personal && !column.missing(row) ? k_personal_text : column.text(row);
}

} // namespace mlp::dataset
