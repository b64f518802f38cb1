#pragma once

#include "xgb/booster.hpp"

#include <cstdlib>

namespace mlp::test {

/// XGBoost as the program loads it: threads that wait without spinning. A hard dependency: tests fail
/// without.
inline const xgb::Library& xgboost() {
  static const xgb::Library library = [] {
    setenv("OMP_WAIT_POLICY", "passive", 0); // libgomp reads it while XGBoost is loaded
    return xgb::Library::open();
  }();
  return library;
}

} // namespace mlp::test
