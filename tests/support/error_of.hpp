#pragma once

#include "base/error.hpp"

#include <doctest/doctest.h>

namespace mlp::test {

/// The error that `call` throws; fails the test where it throws none.
template <typename Call> Error error_of(const Call& call) {
  try {
    call();
  } catch (const Error& error) {
    return error;
  }
  FAIL("no error was thrown");
  return {ErrorCode::internal, "unreachable"};
}

template <typename Call> ErrorCode code_of(const Call& call) { return error_of(call).code(); }

} // namespace mlp::test
