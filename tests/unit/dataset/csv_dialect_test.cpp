#include "dataset/csv_dialect.hpp"

#include "base/error.hpp"
#include "unit/dataset/csv_text.hpp"

#include <doctest/doctest.h>

namespace mlp::dataset {
namespace {

char delimiter_of(std::string_view text) { return detect_dialect(text, {}).delimiter; }

bool has_header(std::string_view text) { return detect_header(read_sample(text, {}, 100).records); }

} // namespace

TEST_CASE("delimiter: each of the four is found") {
  CHECK(delimiter_of("a,b\n1,2\n") == ',');
  CHECK(delimiter_of("a;b\n1;2\n") == ';');
  CHECK(delimiter_of("a\tb\n1\t2\n") == '\t');
  CHECK(delimiter_of("a|b\n1|2\n") == '|');
}

TEST_CASE("delimiter: what stands in quotes, in prose or in decimal commas does not count") {
  CHECK(delimiter_of("a;b\n\"x,y,z\";1\n\"u,v,w\";2\n") == ';');
  CHECK(delimiter_of("name|city\nSmith, John|Paris\nDoe, Jane|Rome\n") == '|');
  CHECK(delimiter_of("price;size\n1,5;2,7\n3,1;4,0\n") == ';');
  CHECK(delimiter_of("id,comment\n1,a; b\n2,c; d\n") == ',');
  CHECK(delimiter_of("id\ttext\n1\ta, b\n2\tc, d\n") == '\t');
}

TEST_CASE("delimiter: a declared one is taken; a quote cannot be one") {
  config::FormatConfig declared;
  declared.delimiter = ':';
  CHECK(detect_dialect("a,b:c\n", declared).delimiter == ':');
  declared.delimiter = '"';
  CHECK_THROWS_AS(static_cast<void>(detect_dialect("a\n", declared)), Error);
}

TEST_CASE("blank after the delimiter: only where every delimiter has one") {
  CHECK(detect_dialect("39, State-gov, 77516\n50, Private, 83311\n", {}).blank_after_delimiter);
  CHECK(detect_dialect("a, \"b, c\"\nd, \"e\"\n", {}).blank_after_delimiter);
  CHECK_FALSE(detect_dialect("a, b,c\n1, 2,3\n", {}).blank_after_delimiter);
  CHECK_FALSE(detect_dialect("a,b\n1,2\n", {}).blank_after_delimiter);
}

TEST_CASE("header: words above anything are names") {
  CHECK(has_header("a,b\n1,x\n"));
  CHECK(has_header("name,city\nAnn,Rome\n"));
  CHECK(has_header("a,b\n"));
  CHECK(has_header("a,,b\n1,2,3\n"));
}

TEST_CASE("header: a number, date or boolean word in the first line makes it data") {
  CHECK_FALSE(has_header("1,2\n3,4\n"));
  CHECK_FALSE(has_header("Ann,12\nBob,13\n"));
  CHECK_FALSE(has_header("Ann,2020-01-01\nBob,2020-01-02\n"));
  CHECK_FALSE(has_header("yes,red\nno,blue\n"));
  CHECK_FALSE(has_header("NA,\nred,blue\n"));
}

TEST_CASE("header: a word above numbers makes it a header all the same") {
  CHECK(has_header("id,2010,2011\n1,5.5,6\n2,7,8\n"));
  CHECK_FALSE(has_header("Rome,2010\nParis,2011\n"));
}

TEST_CASE(
    "header: numbers that count the columns are names: years, places, or those behind an empty corner") {
  CHECK(has_header("country,code,2000,2001,2002\nAruba,ABW,4.8,4.7,\nPeru,PER,6.1,,5.9\n"));
  CHECK(has_header("0,1,2,3\n0.5,0.25,1,7\n0.1,2,3,4\n"));
  CHECK(has_header("\"\",\"16.5\",\"16.75\"\n\"71\",0,3\n\"70\",1,5\n"));
}

TEST_CASE("a line 'sep=;' above the table is refused with its place, and not read as the line of names") {
  for (const char* text : {"sep=;\nid;x\n1;2\n", "\"sep=,\"\r\nid,x\r\n1,2\r\n", "sep=^\nid^x\n1^2\n"}) {
    CAPTURE(text);
    const std::string failure = test::failure_of(text);
    CHECK_MESSAGE(failure.find(":1: the line 'sep=") != std::string::npos, failure);
  }
  CHECK(test::table_of("sep=ab,x\n1,2\n").columns.front().name == "sep=ab");
}

TEST_CASE("header: numbers that ascend in other lines too, from elsewhere or by other steps are data") {
  CHECK_FALSE(has_header("0,1,2\n0,1,2\n5,4,3\n"));
  CHECK_FALSE(has_header("Ann,2000,2001,2002\nBob,2003,2004,2005\n"));
  CHECK_FALSE(has_header("7,8,9\n1,5,2\n"));
  CHECK_FALSE(has_header("0,1,3\n1,5,2\n"));
  CHECK_FALSE(has_header(",2,1\n1,5,2\n"));
  CHECK_FALSE(has_header(",1,2\n,5,6\n"));
}

} // namespace mlp::dataset
