#pragma once

#include <cstddef>
#include <functional>

namespace mlp::os {

/// How many threads wait for a disk at once, whatever the number of cores: a file system answers all that ask
/// while it writes with one write, while ten that ask in turn wait ten times.
inline constexpr unsigned k_disk_waits = 16;

/// Calls body(i) for each i in [0, n) on up to `threads` threads (the caller's among them), in no fixed
/// order; returns when all are done. The first exception stops further calls and is rethrown.
void parallel_for(std::size_t n, unsigned threads, const std::function<void(std::size_t)>& body);

} // namespace mlp::os
