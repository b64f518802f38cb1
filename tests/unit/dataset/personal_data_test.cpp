#include "dataset/personal_data.hpp"

#include "dataset/check_digits.hpp"
#include "dataset/column_findings.hpp"
#include "dataset/national_ids.hpp"
#include "support/tables.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <functional>

using namespace mlp::dataset;
using namespace mlp::test;

TEST_CASE("card numbers: published test numbers pass, one wrong digit does not") {
  for (const char* card : {"4111111111111111", "4111 1111 1111 1111", "5500-0000-0000-0004",
                           "378282246310005", "6011111111111117", "5555555555554444"}) {
    CAPTURE(card);
    CHECK(is_card_number(card));
  }
  for (const char* other :
       {"4111111111111112", "411111111111", "4111  1111 1111 1111", "0000000000000000", "41111111x1111111"}) {
    CAPTURE(other);
    CHECK_FALSE(is_card_number(other));
  }
}

TEST_CASE("IBANs: the registry's examples pass, swapped digits do not") {
  for (const char* iban : {"GB82 WEST 1234 5698 7654 32", "DE89370400440532013000",
                           "FR1420041010050500013M02606", "ES9121000418450200051332", "NO9386011117947"}) {
    CAPTURE(iban);
    CHECK(is_iban(iban));
  }
  CHECK_FALSE(is_iban("GB82 WEST 1234 5698 7654 23"));
  CHECK_FALSE(is_iban("DE8937040044053201300"));
  CHECK_FALSE(is_iban("PRODUCT1234567890"));
}

TEST_CASE("Spanish identity numbers end with the letter of their rest modulo 23") {
  CHECK(is_spanish_id("12345678Z")); // 12345678 = 23·536768 + 14, the 15th letter
  CHECK(is_spanish_id("00000000T"));
  CHECK(is_spanish_id("X1234567L"));
  CHECK_FALSE(is_spanish_id("12345678A"));
  CHECK_FALSE(is_spanish_id("1234567Z"));
}

TEST_CASE("numbers that states give to persons: examples of the offices pass, one wrong sign does not") {
  for (const char* tax : {"86095742719", "36574261809", "36 574 261 809"}) {
    CAPTURE(tax);
    CHECK(is_german_tax_id(tax));
  }
  for (const char* other : {"86095742718", "06095742719", "11223344556", "8609574271"}) {
    CAPTURE(other);
    CHECK_FALSE(is_german_tax_id(other));
  }
  CHECK(is_british_insurance_number("AB123456C"));
  CHECK(is_british_insurance_number("AB 12 34 56 C"));
  for (const char* other : {"QQ123456C", "BG123456C", "AB123456E", "AB12345C", "ab123456c"}) {
    CAPTURE(other);
    CHECK_FALSE(is_british_insurance_number(other));
  }
  CHECK(is_dutch_service_number("111222333")); // 9+8+7+2·6+2·5+2·4+3·3+3·2-3 = 66
  CHECK(is_dutch_service_number("1112.22.333"));
  CHECK_FALSE(is_dutch_service_number("111252333"));
  CHECK_FALSE(is_dutch_service_number("000000000"));
  CHECK(is_italian_fiscal_code("RCCMNL83S18D969H"));
  CHECK_FALSE(is_italian_fiscal_code("RCCMNL83S18D969"));
  CHECK_FALSE(is_italian_fiscal_code("RCCMNL83S18D969A"));
  CHECK(is_french_insurance_number("2 95 10 99 126 111 93"));
  CHECK_FALSE(is_french_insurance_number("295109912611192"));
  CHECK_FALSE(is_french_insurance_number("295139912611193"));
  CHECK(is_french_insurance_number("185052A00453235")); // 1850519004532 = 97·19077515510 + 62; 97 - 62
  CHECK_FALSE(is_french_insurance_number("185052B00453235"));
  CHECK(is_brazilian_tax_id("390.533.447-05"));
  CHECK(is_brazilian_tax_id("39053344705"));
  CHECK_FALSE(is_brazilian_tax_id("231.002.999-00"));
  CHECK_FALSE(is_brazilian_tax_id("111.111.111-11"));
}

TEST_CASE("social security numbers have the form 3-2-4 without the groups that are never given out") {
  CHECK(is_social_security_number("078-05-1120"));
  for (const char* never :
       {"000-12-3456", "666-12-3456", "987-65-4321", "123-00-4567", "123-45-0000", "123456789"}) {
    CAPTURE(never);
    CHECK_FALSE(is_social_security_number(never));
  }
}

TEST_CASE("e-mail and IP addresses, phone numbers, and what looks like them") {
  for (const char* mail : {"ana@example.org", "a.b+c@mail.example.co.uk"}) {
    CHECK(is_email(mail));
  }
  for (const char* other : {"@user", "ana@", "ana@host", "a b@example.org", "3@4.5", "x@y..de"}) {
    CAPTURE(other);
    CHECK_FALSE(is_email(other));
  }
  for (const char* address : {"192.168.0.1", "2001:db8::1", "fe80::1ff:fe23:4567:890a", "1:2:3:4:5:6:7:8"}) {
    CAPTURE(address);
    CHECK(is_ip_address(address));
  }
  for (const char* other : {"1.2.3", "256.1.1.1", "12:30:45", "1.2.3.4.5", "a::b::", "3.14"}) {
    CAPTURE(other);
    CHECK_FALSE(is_ip_address(other));
  }
  for (const char* phone : {"+34 612 345 678", "+14155552671", "(415) 555-2671", "415-555-2671", "555-2671",
                            "0171/12345678", "0171 1234567"}) {
    CAPTURE(phone);
    CHECK(is_phone_number(phone));
  }
  for (const char* other : {"4155552671", "12.345", "1,234,567", "2026-11-23", "23-11-2026", "078-05-1120",
                            "1.234.567", "12-34", "1e10", "1000-2000", "978-3-16-148410-0", "0171-12"}) {
    CAPTURE(other);
    CHECK_FALSE(is_phone_number(other));
  }
}

namespace {

std::vector<std::string> texts(std::size_t n, const std::function<std::string(std::size_t)>& text) {
  std::vector<std::string> values;
  for (std::size_t i = 0; i < n; ++i) {
    values.push_back(text(i));
  }
  return values;
}

std::string kind_of(const Column& column) {
  const auto found = personal_data(column);
  return found ? found->kind : "";
}

} // namespace

TEST_CASE("a column is personal by half of its values, or by its title") {
  const auto mixed =
      texts(100, [](std::size_t i) { return i < 60 ? fmt::format("p{}@example.org", i) : "unknown"; });
  const auto found = personal_data(text_column("contact", mixed));
  REQUIRE(found);
  CHECK(found->kind == "e-mail addresses");
  CHECK(found->share == doctest::Approx(0.6));
  CHECK(kind_of(text_column("contact", texts(100, [](std::size_t i) {
                              return i < 40 ? fmt::format("p{}@example.org", i) : "unknown";
                            }))) == "");
  CHECK(kind_of(number_column("card", std::vector<double>(10, 4111111111111111.0))) == "card numbers");
  CHECK(kind_of(number_column("Mobile Phone", std::vector<double>(10, 612345678))) == "phone numbers");
  CHECK(kind_of(text_column("Passport Number", texts(10, [](std::size_t i) {
                              return fmt::format("C{:08}", i * 1000);
                            }))) == "numbers of documents");
  CHECK(kind_of(number_column("id", std::vector<double>(10, 86095742719))) == "German tax numbers");
  CHECK(kind_of(category_column("First_Name", {"Ana", "Bo"})) == "persons' names");
  CHECK(kind_of(category_column("lastName", {"Ruiz"})) == "persons' names");
  CHECK(kind_of(datetime_column("date_of_birth", {0, 1})) == "dates of birth");
  CHECK(kind_of(text_column("Name", texts(10, [](std::size_t) { return "Heikkinen, Miss. Laina"; }))) ==
        "persons' names");
}

TEST_CASE("numbers, prices, ids of digits, dates and names of things are not personal") {
  CHECK(kind_of(number_column("price", counting(1, 3000))) == "");
  CHECK(kind_of(number_column("phone_service", std::vector<double>(20, 1))) == "");
  CHECK(kind_of(number_column("weight_kg", {12.5, 80.25, 61})) == "");
  // random 16-digit ids: one in ten has the right check digit by chance
  std::vector<double> ids;
  for (int i = 0; i < 500; ++i) {
    ids.push_back(4000000000000000.0 + 7919.0 * i);
  }
  CHECK(kind_of(number_column("order_id", ids)) == "");
  CHECK(kind_of(text_column("customer_id",
                            texts(100, [](std::size_t i) { return fmt::format("{:04}-VHVEG", i); }))) == "");
  CHECK(kind_of(text_column("day", texts(100, [](std::size_t i) {
                              return fmt::format("{:02}-11-2026", i % 28 + 1);
                            }))) == "");
  CHECK(kind_of(category_column("name", {"bolt", "nut", "washer", "gear", "belt", "bolt"})) == "");
  CHECK(kind_of(text_column(
            "version", texts(50, [](std::size_t i) { return fmt::format("{}.{}.0", i, i + 1); }))) == "");
}

TEST_CASE("findings and masked profiles hold no personal value") {
  const Table table = table_of({text_column("mail", texts(20, [](std::size_t) { return "ana@example.org"; })),
                                number_column("x", counting(0, 20))});
  const auto findings = personal_findings(profile_of(table, 1), facts_of(table));
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].subject == "mail");
  CHECK(findings[0].observed == 1.0);
  CHECK(findings[0].why.find('@') == std::string::npos);
  Profile profile = profile_of(table, 1);
  CHECK(to_json(profile).dump().find("ana@") != std::string::npos);
  mask_personal(profile, facts_of(table));
  CHECK(profile.columns[1].max == 19);
  mask_personal(profile, std::map<std::string, bool>{{"x", true}, {"mail", false}, {"absent", true}});
  CHECK(to_json(profile).dump().find("ana@") == std::string::npos);
  CHECK(profile.columns[0].count == 20);
  CHECK_FALSE(profile.columns[1].max);
}

TEST_CASE("what a person declared of a column decides whether it is personal, and is no finding") {
  auto mails = text_column("mail", texts(20, [](std::size_t) { return "ana@example.org"; }));
  auto salary = number_column("salary", counting(20'000, 20'020));
  CHECK(personal_data(mails));
  CHECK_FALSE(personal_data(salary));
  mails.personal = false;
  salary.personal = true;
  CHECK_FALSE(personal_data(mails));
  CHECK(personal_data(salary));
  CHECK(shown_text(salary, 0, true) == "(personal)");
  CHECK(shown_text(salary, 0, false) == "20000");
  salary.numbers[1] = std::nan("");
  CHECK(shown_text(salary, 1, true).empty()); // that it is missing may be known
  const Table declared = table_of({mails, salary});
  CHECK(personal_findings(profile_of(declared, 1), facts_of(declared)).empty());
}

TEST_CASE("the bulk of a personal column is masked with its range") {
  std::vector<double> values = counting(0, 2000);
  values.back() = 1e9; // far away: the profile shows the bulk apart
  Table table = table_of({number_column("salary", values)});
  table.columns[0].personal = true;
  Profile profile = profile_of(table, 1);
  REQUIRE(profile.columns[0].body);
  mask_personal(profile, facts_of(table));
  CHECK_FALSE(profile.columns[0].body);
  CHECK_FALSE(profile.columns[0].median);
  CHECK(profile.columns[0].histogram.empty());
}
