// The kernel for x86-64 machines without AVX2 but with SSSE3: a block is two registers.

#include "block_x86.hpp"

namespace sipstatus::inline SIPSTATUS_ABI::kernels {
namespace {

class block {
public:
    static block zero() noexcept { return block({_mm_setzero_si128(), _mm_setzero_si128()}); }

    static block load(const char *at) noexcept { return block({load_16(at), load_16(at + 16)}); }

    static block load_short(const char *first, const char *last) noexcept { return block(load_halves(first, last)); }

    std::uint32_t carriage_returns() const noexcept {
        const __m128i all = load_16(vectors.carriage_return.lanes);
        return to_bits(_mm_cmpeq_epi8(octets_.low, all), _mm_cmpeq_epi8(octets_.high, all));
    }

    std::uint32_t equal(char octet) const noexcept {
        const __m128i all = _mm_set1_epi8(octet);
        return to_bits(_mm_cmpeq_epi8(octets_.low, all), _mm_cmpeq_epi8(octets_.high, all));
    }

    std::uint32_t high() const noexcept { return to_bits(octets_.low, octets_.high); }

    std::uint32_t outside(const vector_table &set) const noexcept {
        return to_bits(outside(set, octets_.low), outside(set, octets_.high));
    }

    block in_lower_case() const noexcept { return block({in_lower_case(octets_.low), in_lower_case(octets_.high)}); }

    bool matches(const char (&text)[32], const char (&mask)[32]) const noexcept {
        const __m128i low = _mm_and_si128(_mm_xor_si128(octets_.low, load_16(text)), load_16(mask));
        const __m128i high = _mm_and_si128(_mm_xor_si128(octets_.high, load_16(text + 16)), load_16(mask + 16));
        const __m128i same = _mm_cmpeq_epi8(_mm_or_si128(low, high), _mm_setzero_si128());
        return _mm_movemask_epi8(same) == 0xffff;
    }

    std::uint32_t malformed(const block &previous) const noexcept {
        return ~to_bits(well_formed(octets_.low, previous.octets_.high), well_formed(octets_.high, octets_.low));
    }

private:
    explicit block(halves octets) noexcept : octets_(octets) {}

    static std::uint32_t to_bits(__m128i low, __m128i high) noexcept {
        return static_cast<std::uint32_t>(_mm_movemask_epi8(low)) | static_cast<std::uint32_t>(_mm_movemask_epi8(high))
                                                                        << 16;
    }

    static __m128i low_nibbles(__m128i octets) noexcept {
        return _mm_and_si128(octets, load_16(vectors.low_nibble.lanes));
    }
    static __m128i high_nibbles(__m128i octets) noexcept {
        return _mm_and_si128(_mm_srli_epi16(octets, 4), load_16(vectors.low_nibble.lanes));
    }

    static __m128i in_lower_case(__m128i octets) noexcept {
        // Above 'A' - 1 and not above 'Z', as signed octets: 'Z' is moved up to the highest one.
        const __m128i moved = _mm_add_epi8(octets, load_16(vectors.to_top_from_z.lanes));
        const __m128i upper = _mm_cmpgt_epi8(moved, load_16(vectors.below_moved_a.lanes));
        return _mm_or_si128(octets, _mm_and_si128(upper, load_16(vectors.case_bit.lanes)));
    }

    static __m128i outside(const vector_table &set, __m128i octets) noexcept {
        const __m128i row = _mm_shuffle_epi8(load_16(set.lanes), low_nibbles(octets));
        const __m128i column = _mm_shuffle_epi8(load_16(vectors.bit_of_high_nibble.lanes), high_nibbles(octets));
        return _mm_cmpeq_epi8(_mm_and_si128(row, column), _mm_setzero_si128());
    }

    static __m128i well_formed(__m128i octets, __m128i previous) noexcept {
        const __m128i one_before = _mm_alignr_epi8(octets, previous, 15);
        const __m128i two_before = _mm_alignr_epi8(octets, previous, 14);
        const __m128i three_before = _mm_alignr_epi8(octets, previous, 13);
        const __m128i pairs = _mm_and_si128(
            _mm_and_si128(_mm_shuffle_epi8(load_16(vectors.faults_by_first_high.lanes), high_nibbles(one_before)),
                          _mm_shuffle_epi8(load_16(vectors.faults_by_first_low.lanes), low_nibbles(one_before))),
            _mm_shuffle_epi8(load_16(vectors.faults_by_second_high.lanes), high_nibbles(octets)));
        // The high bit where a lead of three octets stands two before, or one of four three before.
        const __m128i third = _mm_subs_epu8(two_before, load_16(vectors.below_lead_of_three.lanes));
        const __m128i fourth = _mm_subs_epu8(three_before, load_16(vectors.below_lead_of_four.lanes));
        const __m128i wanted = _mm_and_si128(_mm_or_si128(third, fourth), load_16(vectors.high_bit.lanes));
        return _mm_cmpeq_epi8(_mm_xor_si128(pairs, wanted), _mm_setzero_si128());
    }

    halves octets_;
};

struct scanner : block_scanner<block> {
    static grammar::head look(const char *line) noexcept { return look_at_head(line); }
};

} // namespace

void ssse3(parse_result &out, std::string_view octets, parse_options options) noexcept {
    read_line<scanner>(out, octets, options);
}

} // namespace sipstatus::inline SIPSTATUS_ABI::kernels
