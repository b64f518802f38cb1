#include "report/profile_text.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace mlp;

namespace {

dataset::ColumnProfile age() {
  dataset::ColumnProfile column;
  column.name = "age";
  column.count = 990;
  column.missing = 10;
  column.unique = 73;
  column.min = 17;
  column.q25 = 28;
  column.median = 37.5;
  column.q75 = 48;
  column.max = 1'484'705;
  column.histogram = {990, 1};
  column.body = dataset::Body{17, 90, {1, 2, 0, 2}, 0, 1};
  return column;
}

dataset::Profile profile_of_three() {
  dataset::Profile profile;
  profile.rows = 1000;
  dataset::ColumnProfile sex;
  sex.name = "sex";
  sex.type = dataset::ColumnType::category;
  sex.count = 1000;
  sex.unique = 2;
  sex.top = {{"Male", 669}, {"Female", 331}};
  dataset::ColumnProfile day;
  day.name = "day";
  day.type = dataset::ColumnType::datetime;
  day.count = 1000;
  day.unique = 2;
  day.min = day.q25 = day.median = 0;
  day.max = day.q75 = 86400;
  day.histogram = {700, 300};
  profile.columns = {age(), sex, day};
  return profile;
}

} // namespace

TEST_CASE("a sparkline shows the highest bin full, empty bins blank, and any other at least low") {
  // of 700: 700 → 7/7, 350 → 3.5/7 rounds to 4, 1 → 0
  CHECK(report::sparkline(std::vector<std::int64_t>{1, 0, 350, 700}) == "▁ ▅█");
  CHECK(report::sparkline({}) == "");
  CHECK(report::sparkline(std::vector<std::int64_t>{0, 0}) == "  ");
}

TEST_CASE("a sparkline that is too wide joins neighbours") {
  CHECK(report::sparkline(std::vector<std::int64_t>{3, 4, 0, 0, 1, 6}, 3) == "█ █"); // 7, 0, 7
}

TEST_CASE("the shape of numbers is their body's, and says on which side values lie beyond it") {
  dataset::ColumnProfile column = age();
  CHECK(report::shape_text(column, 20) == " ▅█ █›");
  column.body->below = 3;
  CHECK(report::shape_text(column, 20) == "‹▅█ █›");
  column.body.reset();
  CHECK(report::shape_text(column, 20) == " █▁");
}

TEST_CASE("values in six signs: whole below 100,000, four digits of a fraction, a unit above") {
  const dataset::ColumnProfile column = age();
  CHECK(report::point_text(column, 37) == "37");
  CHECK(report::point_text(column, 99'999) == "99,999");
  CHECK(report::point_text(column, 0.123456) == "0.1235");
  CHECK(report::point_text(column, 1077.6) == "1,078");
  CHECK(report::point_text(column, 178'356) == "178k");
  CHECK(report::point_text(column, -1'484'705) == "-1.48M");
  CHECK(report::point_text(column, 999'900) == "1M");
  CHECK(report::point_text(column, 2.5e9) == "2.5G");
  CHECK(report::point_text(column, 1e20) == "1e+20");
}

TEST_CASE("a profile has one line a column, with more room one that says more") {
  const dataset::Profile profile = profile_of_three();
  const std::vector<std::size_t> all = {0, 1, 2};
  CHECK(report::profile_table(profile, all, 120) ==
        "  column  type      missing  distinct   shape  min [quartiles] max, or most frequent\n"
        "  age     number       1.0%        73   ▅█ █›  17 [28 37.5 48] 1.48M\n"
        "  sex     category        –         2   █▄     Male 66.9%, Female 33.1%\n"
        "  day     datetime        –         2   █▄     1970-01-01 [1970-01-01] 1970-01-02\n");
  CHECK(report::profile_table(profile, std::vector<std::size_t>{0}, 30) ==
        "  column type missing distinc…\n"
        "  age    num     1.0%       7…\n");
}

TEST_CASE("what sketches estimate is marked, and how far it may be off is said once") {
  dataset::Profile profile = profile_of_three();
  profile.columns[0].rank_error = 0.0015;
  profile.columns[0].unique_error = 0.008;
  const std::string text = report::profile_table(profile, std::vector<std::size_t>{0, 1}, 120);
  CHECK(text.find("~73") != std::string::npos);
  CHECK(text.find("17 [~28 37.5 48]") != std::string::npos);
  CHECK(text.find("~ estimated: quartiles within 0.16% of their rank") != std::string::npos);
  CHECK(report::profile_table(profile, std::vector<std::size_t>{1}, 120).find("estimated") ==
        std::string::npos);
}
