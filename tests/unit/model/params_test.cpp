#include "model/params.hpp"

#include <doctest/doctest.h>

using mlp::Json;
using mlp::model::fault_of;
using mlp::model::find_param;

TEST_CASE("a parameter is found by its name and by its alias") {
  REQUIRE(find_param("eta") != nullptr);
  CHECK(find_param("learning_rate") == find_param("eta"));
  CHECK(find_param("reg_lambda") == find_param("lambda"));
  CHECK(find_param("") == nullptr);
  CHECK(find_param("max_dept") == nullptr);
}

TEST_CASE("numbers are judged by kind and range, with the value found and the value wanted") {
  CHECK_FALSE(fault_of(*find_param("eta"), 0.1));
  CHECK_FALSE(fault_of(*find_param("eta"), 1));
  CHECK(fault_of(*find_param("eta"), 0) == "must be in (0, 1], not 0");
  CHECK(fault_of(*find_param("eta"), 1.5) == "must be in (0, 1], not 1.5");
  CHECK(fault_of(*find_param("eta"), "fast") == "must be a number, not \"fast\"");
  CHECK(fault_of(*find_param("max_depth"), 2.5) == "must be a whole number, not 2.5");
  CHECK(fault_of(*find_param("max_depth"), -1) == "must be at least 0, not -1");
  CHECK(fault_of(*find_param("scale_pos_weight"), 0) == "must be greater than 0, not 0");
}

TEST_CASE("choices, booleans and constraints are judged by what they may be") {
  CHECK_FALSE(fault_of(*find_param("tree_method"), "approx"));
  CHECK(fault_of(*find_param("tree_method"), "fast") ==
        "must be one of hist, approx, exact, auto, gpu_hist; not \"fast\"");
  CHECK(fault_of(*find_param("tree_method"), "hist approx").has_value());
  CHECK(fault_of(*find_param("one_drop"), 2) == "must be true or false, not 2");
  CHECK_FALSE(fault_of(*find_param("monotone_constraints"), Json::object({{"age", -1}})));
  CHECK_FALSE(fault_of(*find_param("monotone_constraints"), Json::array({1, 0})));
  CHECK_FALSE(fault_of(*find_param("monotone_constraints"), "(1,0)"));
  CHECK(fault_of(*find_param("monotone_constraints"), Json::object({{"age", 2}})).has_value());
  CHECK_FALSE(fault_of(*find_param("interaction_constraints"), Json::array({Json::array({"a", "b"})})));
  CHECK(fault_of(*find_param("interaction_constraints"), Json::array({"a", "b"})).has_value());
}
