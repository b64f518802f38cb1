#include "base/time.hpp"

#include <doctest/doctest.h>

using mlp::format_date;
using mlp::format_utc;
using mlp::parse_time;

TEST_CASE("format_utc: known instants") {
  CHECK(format_utc(0) == "1970-01-01T00:00:00Z");
  CHECK(format_utc(1'000'000'000) == "2001-09-09T01:46:40Z");
  CHECK(format_utc(-1) == "1969-12-31T23:59:59Z");
  CHECK(format_utc(951'782'400) == "2000-02-29T00:00:00Z"); // 2000 was a leap year
  CHECK(format_date(1'700'000'000) == "2023-11-14");
}

TEST_CASE("parse_time: dates, times and zones") {
  CHECK(parse_time("2001-09-09") == 999'993'600); // 1e9 less 1:46:40
  CHECK(parse_time("2001-09-09T01:46") == 999'999'960);
  CHECK(parse_time("2001-09-09 01:46:40") == 1'000'000'000);
  CHECK(parse_time("2001-09-09T01:46:40Z") == 1'000'000'000);
  CHECK(parse_time("2001-09-09T01:46:40.999Z") == 1'000'000'000);
  CHECK(parse_time("2001-09-09T03:46:40+02:00") == 1'000'000'000);
  CHECK(parse_time("2001-09-08T20:16:40-0530") == 1'000'000'000);
  CHECK(parse_time("2001-09-09T03:46:40+02") == 1'000'000'000);
  CHECK(parse_time("1969-12-31T23:59:59Z") == -1);
}

TEST_CASE("parse_time: what format_utc writes reads back") {
  for (mlp::UnixSeconds time = -3'000'000'000; time < 8'000'000'000; time += 98'765'431) {
    CHECK(parse_time(format_utc(time)) == time);
  }
}

TEST_CASE("parse_time: a date that does not exist, or text around one, is nothing") {
  for (const char* text : {"",
                           "2001",
                           "2001-9-9",
                           "2001-02-29",
                           "2001-13-01",
                           "2001-00-10",
                           "2001-09-09T",
                           "2001-09-09T24:00",
                           "2001-09-09T01",
                           "2001-09-09T01:60",
                           "2001-09-09T01:46:61",
                           "2001-09-09T01:46:40.",
                           "2001-09-09T01:46X",
                           "2001-09-09T01:46+",
                           "2001-09-09T01:46+5",
                           "2001-09-09T01:46+15:00",
                           "2001-09-09T01:46+05:",
                           "2001-09-09T01:46+05:60",
                           "2001-09-09 ",
                           " 2001-09-09",
                           "2001/09/09",
                           "20010909"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_time(text));
  }
  CHECK(parse_time("2000-02-29"));
}
