#pragma once

#include <cstddef>
#include <string_view>

namespace mlp::store {

// Content-defined chunking: an edit moves the cuts near it and no others, so that versions share their
// chunks, of 64 KiB on average.
inline constexpr std::size_t k_smallest_chunk = std::size_t{16} << 10U;
inline constexpr std::size_t k_largest_chunk = std::size_t{256} << 10U;

/// Length of the chunk that `bytes` begins with: FastCDC, a gear hash with normalised chunking (Xia et al.,
/// USENIX ATC 2016, level 2). Right where `bytes` reaches to the content's end or holds k_largest_chunk or
/// more. Gear table and masks are part of the store's format: other cuts would share nothing with old ones.
[[nodiscard]] std::size_t first_chunk(std::string_view bytes);

} // namespace mlp::store
