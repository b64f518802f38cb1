#pragma once

#include <cstdint>
#include <string>

namespace mlp::os {

/// What a run records about where it was made.
struct Machine {
  std::string cpu;    ///< "Intel(R) Xeon(R) …"
  unsigned cores = 1; ///< processors this process may use
  std::string system; ///< "Linux 6.1.0 x86_64"
};

[[nodiscard]] Machine this_machine();
[[nodiscard]] std::uint64_t peak_memory_bytes(); ///< of this process so far

} // namespace mlp::os
