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

constexpr std::size_t k_lanes = 4;
constexpr std::size_t k_lane_bytes = 512;
constexpr std::size_t k_reach = 64; ///< bytes that the hash depends on: older ones are shifted out

std::uint64_t rolled(std::uint64_t hash, char byte) {
  return (hash << 1U) + k_gear[static_cast<unsigned char>(byte)];
}

/// Whether a cut is behind one of the k_lanes · k_lane_bytes from `at` on, before which k_reach are hashed,
/// too. One hash waits for itself at each byte; so it is taken at several places at once.
bool holds_cut(const char* at, std::uint64_t mask) {
  std::array<std::uint64_t, k_lanes> hashes{};
  for (std::size_t lane = 0; lane < k_lanes; ++lane) {
    for (const char* byte = at + lane * k_lane_bytes - k_reach; byte < at + lane * k_lane_bytes; ++byte) {
      hashes[lane] = rolled(hashes[lane], *byte);
    }
  }
  for (std::size_t i = 0; i < k_lane_bytes; ++i) {
    bool any = false;
    for (std::size_t lane = 0; lane < k_lanes; ++lane) {
      hashes[lane] = rolled(hashes[lane], at[lane * k_lane_bytes + i]);
      any |= (hashes[lane] & mask) == 0;
    }
    if (any) {
      return true;
    }
  }
  return false;
}

/// Length of the chunk whose cut is the first behind a byte in [at, end); 0 where there is none.
std::size_t cut_one_by_one(std::string_view bytes, std::size_t at, std::size_t end, std::uint64_t mask) {
  std::uint64_t hash = 0;
  for (std::size_t i = std::max(k_smallest_chunk, at - k_reach); i < at; ++i) {
    hash = rolled(hash, bytes[i]);
  }
  for (; at < end; ++at) {
    hash = rolled(hash, bytes[at]);
    if ((hash & mask) == 0) {
      return at + 1;
    }
  }
  return 0;
}

std::size_t cut_in(std::string_view bytes, std::size_t at, std::size_t end, std::uint64_t mask) {
  constexpr std::size_t k_first_whole =
      k_smallest_chunk + k_reach; // whose hash is of as much as any later one
  if (at < k_first_whole) {
    const std::size_t stop = std::min(end, k_first_whole);
    if (const std::size_t found = cut_one_by_one(bytes, at, stop, mask); found != 0) {
      return found;
    }
    at = stop;
  }
  constexpr std::size_t k_stride = k_lanes * k_lane_bytes;
  while (end - at >= k_stride && !holds_cut(bytes.data() + at, mask)) {
    at += k_stride;
  }
  return cut_one_by_one(bytes, at, end, mask);
}

} // namespace

std::size_t first_chunk(std::string_view bytes) {
  const std::size_t end = std::min(bytes.size(), k_largest_chunk);
  if (end <= k_smallest_chunk) { // no cut before it, so nothing is hashed there
    return end;
  }
  const std::size_t middle = std::min(end, k_normal_chunk);
  if (const std::size_t found = cut_in(bytes, k_smallest_chunk, middle, k_hard_mask); found != 0) {
    return found;
  }
  const std::size_t found = cut_in(bytes, middle, end, k_easy_mask);
  return found != 0 ? found : end;
}

} // namespace mlp::store
