#include "report/profile_text.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace mlp;

TEST_CASE("a sparkline shows the highest bin full, empty bins blank, and any other at least low") {
  // of 700: 700 → 7/7, 350 → 3.5/7 rounds to 4, 1 → 0
  CHECK(report::sparkline(std::vector<std::int64_t>{1, 0, 350, 700}) == "▁ ▅█");
  CHECK(report::sparkline({}) == "");
  CHECK(report::sparkline(std::vector<std::int64_t>{0, 0}) == "  ");
}

TEST_CASE("a profile has one line a column: numbers with range and histogram, others with their top values") {
  dataset::Profile profile;
  profile.rows = 1000;
  dataset::ColumnProfile age;
  age.name = "age";
  age.count = 990;
  age.missing = 10;
  age.unique = 73;
  age.min = 17;
  age.max = 90;
  age.mean = 38.5816;
  age.histogram = {1, 2};
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
  day.min = 0;
  day.max = 86400;
  profile.columns = {age, sex, day};
  CHECK(report::profile_table(profile) == "  column  type      missing  distinct  values\n"
                                          "  age     number       1.0%        73  17 … 90, mean 38.58  ▅█\n"
                                          "  sex     category        –         2  Male 66.9%, Female 33.1%\n"
                                          "  day     datetime        –         2  1970-01-01 … 1970-01-02\n");
}
