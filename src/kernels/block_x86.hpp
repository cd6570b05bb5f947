#ifndef SIPSTATUS_KERNELS_BLOCK_X86_HPP
#define SIPSTATUS_KERNELS_BLOCK_X86_HPP

// The SSSE3 and the AVX2 kernel share this. It is in an anonymous namespace, so each kernel compiles its own copy.

#include "block_scanner.hpp"
#include "line_reader.hpp"

#include <tmmintrin.h>

namespace sipstatus::inline SIPSTATUS_ABI::kernels {
namespace {

inline __m128i load_16(const void *at) noexcept {
    return _mm_loadu_si128(static_cast<const __m128i *>(at));
}

// Compares each octet of a line's head with the range that it must be in.
inline grammar::head look_at_head(const char *line) noexcept {
    alignas(16) static constexpr char lowest[16] = {'S', 'I', 'P', '/', '2', '.', '0', ' ', '1', '0', '0', ' '};
    alignas(16) static constexpr char span[16] = {0, 0, 0, 0, 0, 0, 0, 0, 5, 9, 9, 0};
    // Unsigned octet - lowest <= span, as min(octet - lowest, span) == octet - lowest.
    const __m128i above = _mm_sub_epi8(load_16(line), load_16(lowest));
    const __m128i within = _mm_cmpeq_epi8(_mm_min_epu8(above, load_16(span)), above);
    // 100 a + 10 b in one lane of 16 bits, c in the next, then their sum in the third; a counts from '1'.
    alignas(16) static constexpr char weights[16] = {0, 0, 0, 0, 0, 0, 0, 0, 100, 10, 1};
    const __m128i products = _mm_maddubs_epi16(above, load_16(weights));
    const __m128i sums = _mm_hadd_epi16(products, products);
    return {(static_cast<std::uint32_t>(_mm_movemask_epi8(within)) & 0xfff) ^ 0xfff,
            static_cast<std::uint32_t>(_mm_extract_epi16(sums, 2)) + 100};
}

struct halves {
    __m128i low, high;
};

// The octets of [first, last), at most 31, then NULs. Loads no octet from `last` on, and 16 before it.
inline halves load_halves(const char *first, const char *last) noexcept {
    const auto size = last - first;
    const __m128i tail = load_16(last - 16);
    if (size < 16)
        return {_mm_shuffle_epi8(tail, load_16(vectors.shift_down.lanes + (16 - size))), _mm_setzero_si128()};
    return {load_16(first), _mm_shuffle_epi8(tail, load_16(vectors.shift_down.lanes + (32 - size)))};
}

} // namespace
} // namespace sipstatus::inline SIPSTATUS_ABI::kernels

#endif
