#include "base/progress.hpp"

#include "base/error.hpp"

#include <doctest/doctest.h>

TEST_CASE("an interrupt stops work only once it was requested") {
  mlp::Interrupt interrupt;
  CHECK_NOTHROW(interrupt.check());
  interrupt.request();
  try {
    interrupt.check();
    FAIL("did not stop");
  } catch (const mlp::Error& error) {
    CHECK(error.code() == mlp::ErrorCode::interrupted);
  }
}
