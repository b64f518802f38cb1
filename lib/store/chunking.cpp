#include "store/chunking.hpp"

#include "base/random.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace mlp::store {
namespace {

// The table: 256 numbers of SplitMix64's finaliser, seed 0x6d6c70 ("mlp"), stream 0. A bit of the hash h
// depends on the bytes before it: after h = 2·h + gear[byte], bit b on the last b + 1 of them. So the masks
// look at the highest bits, those that the last 50 to 64 bytes decide.
constexpr std::array<std::uint64_t, 256> k_gear = [] {
  std::array<std::uint64_t, 256> gear{};
  for (std::size_t i = 0; i < gear.size(); ++i) {
    gear[i] = random_bits(0x6d6c70, 0, i);
  }
  return gear;
}();

constexpr std::uint64_t top_bits(unsigned count) { return ~std::uint64_t{0} << (64U - count); }
constexpr std::uint64_t k_hard_mask = top_bits(18); ///< up to k_normal_chunk: cuts are rare
constexpr std::uint64_t k_easy_mask = top_bits(14); ///< after it: sixteen times as frequent
constexpr std::size_t k_normal_chunk = std::size_t{50}
                                       << 10U; // chunks of unlike bytes have 64 KiB on average

} // namespace

std::size_t first_chunk(std::string_view bytes) {
  const std::size_t end = std::min(bytes.size(), k_largest_chunk);
  const std::size_t middle = std::min(end, k_normal_chunk);
  std::uint64_t hash = 0;
  std::size_t at = k_smallest_chunk; // no cut before it, so nothing is hashed there
  for (; at < middle; ++at) {
    hash = (hash << 1U) + k_gear[static_cast<unsigned char>(bytes[at])];
    if ((hash & k_hard_mask) == 0) {
      return at + 1;
    }
  }
  for (; at < end; ++at) {
    hash = (hash << 1U) + k_gear[static_cast<unsigned char>(bytes[at])];
    if ((hash & k_easy_mask) == 0) {
      return at + 1;
    }
  }
  return end;
}

} // namespace mlp::store
