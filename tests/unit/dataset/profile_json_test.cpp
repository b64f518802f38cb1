#include "base/error.hpp"
#include "dataset/profile.hpp"

#include <doctest/doctest.h>

using namespace mlp;
using namespace mlp::dataset;

TEST_CASE("a profile of another schema or with an unknown type is refused") {
  CHECK_THROWS_WITH_AS(static_cast<void>(profile_from_json(Json::object({{"schema", "mlp.profile/2"}}))),
                       "cannot read a profile: its schema is 'mlp.profile/2', not 'mlp.profile/1'", Error);
  const Json odd =
      Json::parse(R"({"schema":"mlp.profile/1","rows":1,"columns":[{"name":"x","type":"colour"}]})");
  CHECK_THROWS_WITH_AS(static_cast<void>(profile_from_json(odd)),
                       "cannot read a profile: unknown column type 'colour'", Error);
}

TEST_CASE("an undefined number is null in JSON") {
  Profile profile;
  profile.columns.resize(1);
  CHECK(to_json(profile)["columns"].as_array()[0]["mean"].is_null());
}
