#include "os/memory.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>

namespace mlp::os {

void prefer_huge_pages(void* begin, std::size_t bytes) noexcept {
  constexpr std::size_t k_worth_it_bytes = std::size_t{4} << 20U;
  if (bytes < k_worth_it_bytes) {
    return;
  }
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  const std::size_t offset =
      (page - reinterpret_cast<std::uintptr_t>(begin) % page) % page; // NOLINT: an address
  static_cast<void>(
      ::madvise(static_cast<char*>(begin) + offset, (bytes - offset) / page * page, MADV_HUGEPAGE));
}

} // namespace mlp::os
