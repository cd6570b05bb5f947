// The kernel for 64-bit Arm: a block is two registers.

#include "block_scanner.hpp"
#include "line_reader.hpp"

#include <arm_neon.h>

namespace sipstatus::inline SIPSTATUS_ABI::kernels {
namespace {

inline uint8x16_t load_16(const void *at) noexcept {
    return vld1q_u8(static_cast<const std::uint8_t *>(at));
}
inline uint8x16_t look_up(const vector_table &table, uint8x16_t nibbles) noexcept {
    return vqtbl1q_u8(load_16(table.lanes), nibbles);
}
inline uint8x16_t low_nibbles(uint8x16_t octets) noexcept {
    return vandq_u8(octets, vdupq_n_u8(0x0f));
}
inline uint8x16_t high_nibbles(uint8x16_t octets) noexcept {
    return vshrq_n_u8(octets, 4);
}

// Each lane keeps the bit of its place in its octet; three additions of neighbours bring the 32 bits together.
inline std::uint32_t to_bits(uint8x16_t low, uint8x16_t high) noexcept {
    constexpr std::uint8_t bits[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    const uint8x16_t places = vld1q_u8(bits);
    uint8x16_t sums = vpaddq_u8(vandq_u8(low, places), vandq_u8(high, places));
    sums = vpaddq_u8(sums, sums);
    sums = vpaddq_u8(sums, sums);
    return vgetq_lane_u32(vreinterpretq_u32_u8(sums), 0);
}

class block {
public:
    static block zero() noexcept { return block(vdupq_n_u8(0), vdupq_n_u8(0)); }

    static block load(const char *at) noexcept { return block(load_16(at), load_16(at + 16)); }

    static block load_short(const char *first, const char *last) noexcept {
        const auto size = last - first;
        const uint8x16_t tail = load_16(last - 16);
        if (size < 16) return block(vqtbl1q_u8(tail, load_16(vectors.shift_down.lanes + (16 - size))), vdupq_n_u8(0));
        return block(load_16(first), vqtbl1q_u8(tail, load_16(vectors.shift_down.lanes + (32 - size))));
    }

    std::uint32_t carriage_returns() const noexcept { return equal('\r'); }

    std::uint32_t equal(char octet) const noexcept {
        const uint8x16_t all = vdupq_n_u8(static_cast<std::uint8_t>(octet));
        return to_bits(vceqq_u8(low_, all), vceqq_u8(high_, all));
    }

    std::uint32_t high() const noexcept {
        const uint8x16_t first = vdupq_n_u8(0x80);
        return to_bits(vcgeq_u8(low_, first), vcgeq_u8(high_, first));
    }

    std::uint32_t outside(const vector_table &set) const noexcept {
        return to_bits(outside(set, low_), outside(set, high_));
    }

    block in_lower_case() const noexcept { return block(in_lower_case(low_), in_lower_case(high_)); }

    bool matches(const char (&text)[32], const char (&mask)[32]) const noexcept {
        const uint8x16_t low = vandq_u8(veorq_u8(low_, load_16(text)), load_16(mask));
        const uint8x16_t high = vandq_u8(veorq_u8(high_, load_16(text + 16)), load_16(mask + 16));
        return vmaxvq_u8(vorrq_u8(low, high)) == 0;
    }

    std::uint32_t malformed(const block &previous) const noexcept {
        return to_bits(malformed(low_, previous.high_), malformed(high_, low_));
    }

private:
    block(uint8x16_t low, uint8x16_t high) noexcept : low_(low), high_(high) {}

    static uint8x16_t in_lower_case(uint8x16_t octets) noexcept {
        const uint8x16_t upper = vcltq_u8(vsubq_u8(octets, vdupq_n_u8('A')), vdupq_n_u8(26));
        return vorrq_u8(octets, vandq_u8(upper, vdupq_n_u8(0x20)));
    }

    static uint8x16_t outside(const vector_table &set, uint8x16_t octets) noexcept {
        const uint8x16_t row = look_up(set, low_nibbles(octets));
        const uint8x16_t column = look_up(vectors.bit_of_high_nibble, high_nibbles(octets));
        return vceqzq_u8(vandq_u8(row, column));
    }

    static uint8x16_t malformed(uint8x16_t octets, uint8x16_t previous) noexcept {
        const uint8x16_t one_before = vextq_u8(previous, octets, 15);
        const uint8x16_t two_before = vextq_u8(previous, octets, 14);
        const uint8x16_t three_before = vextq_u8(previous, octets, 13);
        const uint8x16_t pairs = vandq_u8(vandq_u8(look_up(vectors.faults_by_first_high, high_nibbles(one_before)),
                                                   look_up(vectors.faults_by_first_low, low_nibbles(one_before))),
                                          look_up(vectors.faults_by_second_high, high_nibbles(octets)));
        // The high bit where a lead of three octets stands two before, or one of four three before.
        const uint8x16_t third = vqsubq_u8(two_before, vdupq_n_u8(0xe0 - 0x80));
        const uint8x16_t fourth = vqsubq_u8(three_before, vdupq_n_u8(0xf0 - 0x80));
        const uint8x16_t wanted = vandq_u8(vorrq_u8(third, fourth), vdupq_n_u8(0x80));
        return vtstq_u8(veorq_u8(pairs, wanted), vdupq_n_u8(0xff));
    }

    uint8x16_t low_, high_;
};

struct scanner : block_scanner<block> {
    static grammar::head look(const char *line) noexcept {
        // One compare for each octet with the range that it must be in.
        static constexpr std::uint8_t lowest[16] = {'S', 'I', 'P', '/', '2', '.', '0', ' ', '1', '0', '0', ' '};
        static constexpr std::uint8_t span[16] = {0, 0, 0, 0, 0, 0, 0, 0, 5, 9, 9, 0, 255, 255, 255, 255};
        const uint8x16_t above = vsubq_u8(load_16(line), load_16(lowest));
        const uint8x16_t out_of_range = vcgtq_u8(above, load_16(span));
        const auto digits = vgetq_lane_u32(vreinterpretq_u32_u8(above), 2);
        return {to_bits(out_of_range, vdupq_n_u8(0)),
                100 + 100 * (digits & 255) + 10 * (digits >> 8 & 255) + (digits >> 16 & 255)};
    }
};

} // namespace

void neon(parse_result &out, std::string_view octets, parse_options options) noexcept {
    read_line<scanner>(out, octets, options);
}

} // namespace sipstatus::inline SIPSTATUS_ABI::kernels
