// The kernel for x86-64 machines with AVX2.

#include "block_x86.hpp"

#include <immintrin.h>

namespace sipstatus::inline SIPSTATUS_ABI::kernels {
namespace {

inline __m256i load_32(const void *at) noexcept {
    return _mm256_loadu_si256(static_cast<const __m256i *>(at));
}

class block {
public:
    static block zero() noexcept { return block(_mm256_setzero_si256()); }

    static block load(const char *at) noexcept { return block(load_32(at)); }

    static block load_short(const char *first, const char *last) noexcept {
        const halves both = load_halves(first, last);
        return block(_mm256_set_m128i(both.high, both.low));
    }

    std::uint32_t carriage_returns() const noexcept {
        return to_bits(_mm256_cmpeq_epi8(octets_, load_32(vectors.carriage_return.lanes)));
    }

    std::uint32_t equal(char octet) const noexcept {
        return to_bits(_mm256_cmpeq_epi8(octets_, _mm256_set1_epi8(octet)));
    }

    std::uint32_t high() const noexcept { return to_bits(octets_); }

    std::uint32_t outside(const vector_table &set) const noexcept {
        const __m256i row = _mm256_shuffle_epi8(load_32(set.lanes), low_nibbles(octets_));
        const __m256i column = _mm256_shuffle_epi8(load_32(vectors.bit_of_high_nibble.lanes), high_nibbles(octets_));
        return to_bits(_mm256_cmpeq_epi8(_mm256_and_si256(row, column), _mm256_setzero_si256()));
    }

    block in_lower_case() const noexcept {
        // Above 'A' - 1 and not above 'Z', as signed octets: 'Z' is moved up to the highest one.
        const __m256i moved = _mm256_add_epi8(octets_, load_32(vectors.to_top_from_z.lanes));
        const __m256i upper = _mm256_cmpgt_epi8(moved, load_32(vectors.below_moved_a.lanes));
        return block(_mm256_or_si256(octets_, _mm256_and_si256(upper, load_32(vectors.case_bit.lanes))));
    }

    bool matches(const char (&text)[32], const char (&mask)[32]) const noexcept {
        return _mm256_testz_si256(_mm256_xor_si256(octets_, load_32(text)), load_32(mask)) != 0;
    }

    std::uint32_t malformed(const block &previous) const noexcept {
        const __m256i across = _mm256_permute2x128_si256(previous.octets_, octets_, 0x21);
        const __m256i one_before = _mm256_alignr_epi8(octets_, across, 15);
        const __m256i two_before = _mm256_alignr_epi8(octets_, across, 14);
        const __m256i three_before = _mm256_alignr_epi8(octets_, across, 13);
        const __m256i pairs = _mm256_and_si256(
            _mm256_and_si256(_mm256_shuffle_epi8(load_32(vectors.faults_by_first_high.lanes), high_nibbles(one_before)),
                             _mm256_shuffle_epi8(load_32(vectors.faults_by_first_low.lanes), low_nibbles(one_before))),
            _mm256_shuffle_epi8(load_32(vectors.faults_by_second_high.lanes), high_nibbles(octets_)));
        // The high bit where a lead of three octets stands two before, or one of four three before.
        const __m256i third = _mm256_subs_epu8(two_before, load_32(vectors.below_lead_of_three.lanes));
        const __m256i fourth = _mm256_subs_epu8(three_before, load_32(vectors.below_lead_of_four.lanes));
        const __m256i wanted = _mm256_and_si256(_mm256_or_si256(third, fourth), load_32(vectors.high_bit.lanes));
        const __m256i faults = _mm256_xor_si256(pairs, wanted);
        return ~to_bits(_mm256_cmpeq_epi8(faults, _mm256_setzero_si256()));
    }

private:
    explicit block(__m256i octets) noexcept : octets_(octets) {}

    static std::uint32_t to_bits(__m256i lanes) noexcept {
        return static_cast<std::uint32_t>(_mm256_movemask_epi8(lanes));
    }
    static __m256i low_nibbles(__m256i octets) noexcept {
        return _mm256_and_si256(octets, load_32(vectors.low_nibble.lanes));
    }
    static __m256i high_nibbles(__m256i octets) noexcept {
        return _mm256_and_si256(_mm256_srli_epi16(octets, 4), load_32(vectors.low_nibble.lanes));
    }

    __m256i octets_;
};

struct scanner : block_scanner<block> {
    static grammar::head look(const char *line) noexcept { return look_at_head(line); }
};

} // namespace

void avx2(parse_result &out, std::string_view octets, parse_options options) noexcept {
    read_line<scanner>(out, octets, options);
}

} // namespace sipstatus::inline SIPSTATUS_ABI::kernels
