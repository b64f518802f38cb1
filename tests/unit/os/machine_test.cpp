#include "os/machine.hpp"

#include <doctest/doctest.h>

#include <thread>
#include <vector>

TEST_CASE("this_machine: names the system and at least one core") {
  const auto machine = mlp::os::this_machine();
  CHECK(machine.system.starts_with("Linux "));
  CHECK(machine.cores >= 1);
  CHECK(machine.cores <= std::thread::hardware_concurrency());
  CHECK_FALSE(machine.cpu.empty());
}

TEST_CASE("peak_memory_bytes: grows by what is used") {
  const auto before = mlp::os::peak_memory_bytes();
  const std::vector<char> block(before + (std::size_t{64} << 20U), 'x');
  CHECK(mlp::os::peak_memory_bytes() >= before + (std::size_t{60} << 20U));
  CHECK(block.back() == 'x');
}
