#include "os/threads.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

using mlp::os::parallel_for;

TEST_CASE("parallel_for: each index once, on any number of threads") {
  for (const unsigned threads : {0U, 1U, 2U, 8U}) {
    for (const std::size_t n : {0U, 1U, 7U, 1000U}) {
      std::vector<std::atomic<int>> calls(n);
      parallel_for(n, threads, [&](std::size_t i) { ++calls[i]; });
      for (const auto& count : calls) {
        CHECK(count == 1);
      }
    }
  }
}

TEST_CASE("parallel_for: one thread means the caller's, in order") {
  std::vector<std::size_t> order;
  std::set<std::thread::id> seen;
  parallel_for(4, 1, [&](std::size_t i) {
    order.push_back(i);
    seen.insert(std::this_thread::get_id());
  });
  CHECK(order == std::vector<std::size_t>{0, 1, 2, 3});
  CHECK(seen == std::set{std::this_thread::get_id()});
}

TEST_CASE("parallel_for: never more threads than asked for") {
  std::mutex guard;
  std::set<std::thread::id> seen;
  parallel_for(1000, 3, [&](std::size_t) {
    const std::lock_guard lock(guard);
    seen.insert(std::this_thread::get_id());
  });
  CHECK(seen.size() <= 3);
}

TEST_CASE("parallel_for: an exception comes out, and most of the work is not begun") {
  for (const unsigned threads : {1U, 4U}) {
    std::atomic<int> calls{0};
    CHECK_THROWS_WITH_AS(parallel_for(1'000'000, threads,
                                      [&](std::size_t i) {
                                        ++calls;
                                        if (i == 3) {
                                          throw std::runtime_error("third");
                                        }
                                      }),
                         "third", std::runtime_error);
    CHECK(calls < 1'000'000);
  }
}
