#pragma once

#include <cstdint>

namespace mlp {

/// Counter-based random numbers: the value depends on (seed, stream, counter) alone, so a result does not
/// depend on how many threads drew it, or in which order. SplitMix64's finaliser (Steele, Lea & Flood 2014)
/// over a keyed counter.
[[nodiscard]] constexpr std::uint64_t mix64(std::uint64_t value) {
  value += 0x9e3779b97f4a7c15ULL;
  value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  value = (value ^ (value >> 27U)) * 0x94d049bb133111ebULL;
  return value ^ (value >> 31U);
}

[[nodiscard]] constexpr std::uint64_t random_bits(std::uint64_t seed, std::uint64_t stream,
                                                  std::uint64_t counter) {
  return mix64(mix64(mix64(seed) ^ stream) ^ counter);
}

/// Uniform in [0, n), n ≥ 1, by Lemire's multiply-shift (2019) without rejection: the bias is below n / 2^64.
[[nodiscard]] constexpr std::uint64_t random_below(std::uint64_t n, std::uint64_t seed, std::uint64_t stream,
                                                   std::uint64_t counter) {
  __extension__ using Wide = unsigned __int128;
  return static_cast<std::uint64_t>((static_cast<Wide>(random_bits(seed, stream, counter)) * n) >> 64U);
}

} // namespace mlp
