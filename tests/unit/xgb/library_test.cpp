#include "base/error.hpp"
#include "support/xgboost.hpp"
#include "xgb/functions.hpp"

#include <doctest/doctest.h>

using mlp::xgb::Library;
using mlp::xgb::plain_message;

TEST_CASE("XGBoost is loaded at run time and says its version") {
  const std::string version = mlp::test::xgboost().version();
  CHECK(version.find('.') != std::string::npos);
  CHECK(version >= "1.7");
}

TEST_CASE("a library that does not exist is an environment error with the package to install") {
  try {
    static_cast<void>(Library::open("/nonexistent/libxgboost.so"));
    FAIL("opened");
  } catch (const mlp::Error& error) {
    CHECK(error.code() == mlp::ErrorCode::environment);
    CHECK(std::string(error.what()).starts_with("cannot load XGBoost: /nonexistent/libxgboost.so"));
    REQUIRE(error.hints().size() == 1);
    CHECK(error.hints()[0].find("libxgboost0") != std::string::npos);
  }
}

TEST_CASE("a library that is not XGBoost is named by the first function it lacks") {
  CHECK_THROWS_WITH_AS(static_cast<void>(Library::open("libm.so.6")),
                       "cannot use XGBoost: the library lacks the function 'XGBoostVersion'", mlp::Error);
}

TEST_CASE("XGBoost's own words stay, its clock, source place and stack trace go") {
  CHECK(plain_message("[05:40:01] ./src/objective/regression_obj.cu:119: label must be in [0,1]\nStack "
                      "trace:\n  [bt] (0) libxgboost") == "label must be in [0,1]");
  CHECK(plain_message("[05:40:01] ./src/a.cc:1: Check failed: x > 0: value 3 is bad.\nStack trace:\n") ==
        "value 3 is bad");
  CHECK(plain_message("plain words") == "plain words");
  CHECK(plain_message("") == "XGBoost gives no reason");
}
