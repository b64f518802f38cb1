#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace mlp::dataset {

/// 64 bytes of text, compared at once: bit i of a mask speaks of byte i. SSE2 belongs to every x86-64
/// processor.
class ByteBlock {
public:
  static constexpr std::size_t k_size = 64;

#if defined(__SSE2__)
  explicit ByteBlock(const char* bytes) {
    for (std::size_t i = 0; i < lanes_.size(); ++i) {
      std::memcpy(&lanes_[i].bytes, bytes + i * sizeof(__m128i), sizeof(__m128i));
    }
  }
  [[nodiscard]] std::uint64_t equal_to(char wanted) const {
    const __m128i pattern = _mm_set1_epi8(wanted);
    std::uint64_t mask = 0;
    for (std::size_t i = 0; i < lanes_.size(); ++i) {
      const int bits = _mm_movemask_epi8(_mm_cmpeq_epi8(lanes_[i].bytes, pattern));
      mask |= static_cast<std::uint64_t>(static_cast<unsigned>(bits)) << (16 * i);
    }
    return mask;
  }
  [[nodiscard]] bool holds(char wanted) const {
    const __m128i pattern = _mm_set1_epi8(wanted);
    __m128i any = _mm_setzero_si128();
    for (const Lane& lane : lanes_) {
      any = _mm_or_si128(any, _mm_cmpeq_epi8(lane.bytes, pattern));
    }
    return _mm_movemask_epi8(any) != 0;
  }
  [[nodiscard]] std::size_t count_of(char wanted) const {
    const __m128i pattern = _mm_set1_epi8(wanted);
    __m128i counts = _mm_setzero_si128(); // of each of 16 columns
    for (const Lane& lane : lanes_) {
      counts = _mm_sub_epi8(counts, _mm_cmpeq_epi8(lane.bytes, pattern));
    }
    const __m128i sums = _mm_sad_epu8(counts, _mm_setzero_si128());
    return static_cast<std::size_t>(_mm_cvtsi128_si32(sums) + _mm_extract_epi16(sums, 4));
  }
  /// Whether no byte has its high bit set.
  [[nodiscard]] bool is_ascii() const {
    __m128i all = _mm_setzero_si128();
    for (const Lane& lane : lanes_) {
      all = _mm_or_si128(all, lane.bytes);
    }
    return _mm_movemask_epi8(all) == 0;
  }

private:
  struct Lane { // a bare __m128i would lose its alignment as a template argument
    __m128i bytes;
  };
  std::array<Lane, k_size / sizeof(__m128i)> lanes_;
#else
  explicit ByteBlock(const char* bytes) { std::memcpy(bytes_.data(), bytes, k_size); }
  [[nodiscard]] std::uint64_t equal_to(char wanted) const {
    std::uint64_t mask = 0;
    for (std::size_t i = 0; i < k_size; ++i) {
      mask |= static_cast<std::uint64_t>(bytes_[i] == wanted) << i;
    }
    return mask;
  }
  [[nodiscard]] bool holds(char wanted) const { return equal_to(wanted) != 0; }
  [[nodiscard]] std::size_t count_of(char wanted) const {
    std::size_t count = 0;
    for (const char c : bytes_) {
      count += c == wanted ? 1U : 0U;
    }
    return count;
  }
  /// Whether no byte has its high bit set.
  [[nodiscard]] bool is_ascii() const {
    unsigned char all = 0;
    for (const char c : bytes_) {
      all = static_cast<unsigned char>(all | static_cast<unsigned char>(c));
    }
    return all < 0x80;
  }

private:
  std::array<char, k_size> bytes_;
#endif
};

/// Bit i of the result is the parity of bits 0 to i.
[[nodiscard]] constexpr std::uint64_t prefix_parity(std::uint64_t bits) {
  for (unsigned shift = 1; shift < 64; shift *= 2) {
    bits ^= bits << shift;
  }
  return bits;
}

/// std::popcount calls a function where the processor is not known to count: masks here are mostly sparse.
[[nodiscard]] constexpr std::size_t count_sparse(std::uint64_t bits) {
  std::size_t count = 0;
  for (; bits != 0; bits &= bits - 1) {
    ++count;
  }
  return count;
}

} // namespace mlp::dataset
