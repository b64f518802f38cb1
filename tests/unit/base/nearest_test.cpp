#include "base/nearest.hpp"

#include <doctest/doctest.h>

#include <vector>

using mlp::nearest;

TEST_CASE("nearest: one letter inserted, deleted, replaced, or two swapped") {
  const std::vector<std::string> commands = {"init", "train", "promote", "retire"};
  CHECK(nearest("promot", commands) == "promote");
  CHECK(nearest("promoted", commands) == "promote");
  CHECK(nearest("trein", commands) == "train");
  CHECK(nearest("tarin", commands) == "train");
  CHECK(nearest("TRAIN", commands) == "train");
}

TEST_CASE("nearest: a third of the letters may differ, no more") {
  const std::vector<std::string> names = {"abcdef"};
  CHECK(nearest("abcdxx", names) == "abcdef"); // 2 of 6
  CHECK_FALSE(nearest("abcxxx", names));       // 3 of 6
  CHECK_FALSE(
      nearest("abcdefghijklmxxxx", std::vector<std::string>{"abcdefghijklmnopq"}));   // 4, and at most 3
  CHECK(nearest("abcdefghijklmnxxx", std::vector<std::string>{"abcdefghijklmnopq"})); // 3 of 17
}

TEST_CASE("nearest: the nearer one, and of equally near ones the first") {
  CHECK(nearest("rowz", std::vector<std::string>{"rosz", "rows", "rowx"}) == "rosz");
  CHECK(nearest("balance", std::vector<std::string>{"balances_", "balanc"}) == "balanc");
}

TEST_CASE("nearest: nothing among no candidates") { CHECK_FALSE(nearest("x", std::vector<std::string>{})); }

TEST_CASE("nearest: a candidate of 100 MB costs nothing") {
  const std::vector<std::string> names = {std::string(100'000'000, 'x'), "female"};
  CHECK(nearest("femal", names) == "female");
}
