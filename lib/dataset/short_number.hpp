#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace mlp::dataset {

/// How far around a field's first byte read_short_number looks: the caller sees to it that these bytes exist.
inline constexpr std::size_t k_readable_before = 16;
inline constexpr std::size_t k_readable_behind = 32;

struct ShortNumber {
  const char* end = nullptr; ///< the byte behind it; null: no short number stands here
  double value = 0.0;
};

#if defined(__SSE2__)

namespace detail {

/// Sixteen bytes of 0, sixteen of 255, sixteen of 0: loaded at an offset, they cut or blend at any byte.
alignas(16) inline constexpr auto k_sliding_mask = [] {
  std::array<unsigned char, 48> bytes{};
  for (std::size_t i = 16; i < 32; ++i) {
    bytes[i] = 255;
  }
  return bytes;
}();
inline constexpr std::array<double, 16> k_powers_of_ten = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                           1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

inline __m128i load(const void* bytes) { return _mm_loadu_si128(static_cast<const __m128i*>(bytes)); }

/// The value of sixteen decimal digits, one a byte, the most significant first.
inline std::uint64_t value_of_digits(__m128i digits) {
  const __m128i zero = _mm_setzero_si128();
  const __m128i tens = _mm_set1_epi32(1 << 16 | 10);
  const __m128i hundreds = _mm_set1_epi32(1 << 16 | 100);
  const __m128i ten_thousands = _mm_set1_epi32(1 << 16 | 10'000);
  const __m128i pairs = _mm_packs_epi32(_mm_madd_epi16(_mm_unpacklo_epi8(digits, zero), tens),
                                        _mm_madd_epi16(_mm_unpackhi_epi8(digits, zero), tens));
  const __m128i fours = _mm_madd_epi16(pairs, hundreds);
  const __m128i eights = _mm_madd_epi16(_mm_packs_epi32(fours, fours), ten_thousands);
  const auto both = static_cast<std::uint64_t>(_mm_cvtsi128_si64(eights));
  return (both & 0xffffffffU) * 100'000'000U + (both >> 32U);
}

} // namespace detail

/// Reads `[-]digits[.digits]` of at most 15 bytes, in few instructions and without a branch that depends on
/// its length. Integers with leading zeros, and anything else, are left to a slower reader.
///
/// The digits are loaded so that the last one is the last byte of a register; what stands before the number
/// is cut off, and the integer part moved over the point. Up to 15 digits and a power of ten are exact
/// doubles, so one division rounds correctly (Clinger 1990).
[[gnu::always_inline]] inline ShortNumber
read_short_number(const char* at) { // half of the reading time is here
  using detail::k_sliding_mask;
  constexpr unsigned k_behind = 1U << 16U;
  const __m128i bytes = detail::load(at);
  const __m128i offsets = _mm_sub_epi8(bytes, _mm_set1_epi8('0'));
  const __m128i is_digit = _mm_cmpeq_epi8(_mm_min_epu8(offsets, _mm_set1_epi8(9)), offsets);
  const auto digits = static_cast<unsigned>(_mm_movemask_epi8(is_digit));
  const auto points = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('.'))));
  const unsigned negative = *at == '-' ? 1 : 0;
  const unsigned others = (~digits & ~negative) | k_behind;
  const unsigned point = others & (0 - others) & points;
  const auto end = static_cast<unsigned>(std::countr_zero(others ^ point));
  const auto whole_end = static_cast<unsigned>(std::countr_zero(others));
  if (whole_end == negative || end > 15 || (point == 0 && whole_end > negative + 1 && at[negative] == '0')) {
    return {};
  }
  const unsigned fraction = point != 0 ? end - whole_end - 1 : 0;
  const __m128i ending = _mm_and_si128(_mm_sub_epi8(detail::load(at + end - 16), _mm_set1_epi8('0')),
                                       detail::load(&k_sliding_mask[end - negative]));
  // Bytes of the fraction stay where they are; without a point all do.
  const __m128i stay = detail::load(&k_sliding_mask[point != 0 ? fraction : 16]);
  const __m128i aligned =
      _mm_or_si128(_mm_and_si128(stay, ending), _mm_andnot_si128(stay, _mm_slli_si128(ending, 1)));
  const auto integer = static_cast<std::int64_t>(detail::value_of_digits(aligned));
  const double value = static_cast<double>(integer) / detail::k_powers_of_ten[fraction];
  const std::uint64_t sign = std::uint64_t{negative} << 63U;
  return {at + end, std::bit_cast<double>(std::bit_cast<std::uint64_t>(value) | sign)};
}

#else

inline ShortNumber read_short_number(const char*) { return {}; }

#endif

} // namespace mlp::dataset
