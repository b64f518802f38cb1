#pragma once

#include <cstddef>

namespace mlp::os {

/// Asks the kernel to back this memory, not touched yet, by huge pages: far fewer page faults for large
/// arrays. It may do nothing.
void prefer_huge_pages(void* begin, std::size_t bytes) noexcept;

} // namespace mlp::os
