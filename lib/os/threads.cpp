#include "os/threads.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace mlp::os {

void parallel_for(std::size_t n, unsigned threads, const std::function<void(std::size_t)>& body) {
  const std::size_t workers = std::min<std::size_t>(std::max(threads, 1U), n);
  if (workers <= 1) {
    for (std::size_t i = 0; i < n; ++i) {
      body(i);
    }
    return;
  }
  std::atomic<std::size_t> next{0};
  std::mutex guard;
  std::exception_ptr failure;
  const auto work = [&] {
    try {
      for (std::size_t i = next.fetch_add(1); i < n; i = next.fetch_add(1)) {
        body(i);
      }
    } catch (...) { // carried to the calling thread below
      const std::lock_guard lock(guard);
      if (failure == nullptr) {
        failure = std::current_exception();
      }
      next.store(n);
    }
  };
  {
    std::vector<std::jthread> crew;
    crew.reserve(workers - 1);
    for (std::size_t i = 1; i < workers; ++i) {
      crew.emplace_back(work);
    }
    work();
  }
  if (failure != nullptr) {
    std::rethrow_exception(failure);
  }
}

} // namespace mlp::os
