#include "dataset/written_form.hpp"

#include <doctest/doctest.h>

using namespace mlp::dataset;

namespace {

std::optional<WrittenForm> form(const std::vector<std::string>& values, NumberStyle declared = {}) {
  return written_form(values, declared);
}
bool is(const std::optional<WrittenForm>& found, WrittenAs as) { return found && found->as == as; }

} // namespace

TEST_CASE("numbers of words are told by their marks, and the style that reads them is named") {
  CHECK(is(form({"1,5", "2,25", "3"}), WrittenAs::decimal_commas));
  CHECK(form({"1,5", "2,25"})->style == NumberStyle{',', '\0'});
  CHECK(form({"1.017,25", "2,5"})->style == NumberStyle{',', '.'});
  CHECK(form({"1 017,25", "2,5"})->style == NumberStyle{',', ' '});
  CHECK(form({"1'017,25", "2,5"})->style == NumberStyle{',', '\''});
  CHECK(is(form({"1.234.567", "950.000"}), WrittenAs::grouped_by_points));
  CHECK(is(form({"1,234.50", "12.00"}), WrittenAs::grouped));
  CHECK(form({"1,234.50", "12.00"})->style == NumberStyle{'.', ','});
  CHECK(form({"1'234.50", "12.00"})->style == NumberStyle{'.', '\''});
  CHECK(form({"1 234 567", "12 000"})->style == NumberStyle{'.', ' '});
  CHECK(is(form({"1,234", "12,500"}), WrittenAs::commas_either_way));
  CHECK(is(form({"12 %", "12,5%"}), WrittenAs::per_cent));
  CHECK(is(form({"$1,234.50", "-$5", "$7.00"}), WrittenAs::currency));
  CHECK(is(form({"CHF 1'234.50", "CHF 2.00"}), WrittenAs::currency));
  CHECK(is(form({"1.234,50 \u20ac", "2,00\u00a0\u20ac"}), WrittenAs::currency));
}

TEST_CASE("dates of words are told by their parts") {
  CHECK(is(form({"31.12.2020", "01.02.2021 14:30"}), WrittenAs::day_month_year));
  CHECK(
      is(form({"01.02.2021", "03.04.2021"}), WrittenAs::day_month_year)); // nobody writes 02.01. for January
  CHECK(is(form({"31/12/2020", "1/2/2021"}), WrittenAs::day_month_year));
  CHECK(is(form({"12/31/20", "1/2/21"}), WrittenAs::month_day_year));
  CHECK(is(form({"1/2/2021", "3/4/2021"}), WrittenAs::day_or_month_first));
  CHECK(is(form({"2020/12/31", "2021/01/02"}), WrittenAs::year_month_day));
}

TEST_CASE("nine in ten values must be of the form: the share is of all") {
  std::vector<std::string> values(9, "1,5");
  values.emplace_back("unknown");
  REQUIRE(form(values));
  CHECK(form(values)->share == doctest::Approx(0.9));
  values.emplace_back("unknown"); // 9 of 11
  CHECK_FALSE(form(values));
  CHECK_FALSE(form({"1,5"})); // one value shows nothing
  CHECK_FALSE(form({}));
}

TEST_CASE("versions, addresses, codes, ISO dates and words raise no alarm") {
  CHECK_FALSE(form({"1.2.3", "1.10.0", "2.0.1"}));
  CHECK_FALSE(form({"192.168.100.200", "10.100.100.100"}));
  CHECK_FALSE(form({"100.200.300", "402.759.631"})); // all of one length
  CHECK_FALSE(form({"123 456 789", "987 654 321"}));
  CHECK_FALSE(form({"01.11.20", "46.90.10"}));
  CHECK_FALSE(form({"00123", "04567"}));
  CHECK_FALSE(form({"A-1,5", "B-2,5"}));
  CHECK_FALSE(form({"2020-02-30", "2020-02-31"}));
  CHECK_FALSE(form({"0171/1234567", "0160/7654321"}));
  CHECK_FALSE(form({"Berlin, Mitte", "Paris, 5"}));
}

TEST_CASE("what the declared style reads is no finding; decimal points beside declared commas are one") {
  constexpr NumberStyle k_comma = {',', '.'};
  std::vector<std::string> values(19, "1,5");
  values.emplace_back("unknown");
  CHECK_FALSE(form(values, k_comma));
  CHECK(is(form({"1.5", "2.25"}, k_comma), WrittenAs::decimal_points));
}
