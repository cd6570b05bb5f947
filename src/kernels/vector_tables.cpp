#include "vector_tables.hpp"

#include "../octets.hpp"

namespace sipstatus::inline SIPSTATUS_ABI::kernels {
namespace {

constexpr vector_table everywhere(unsigned octet) noexcept {
    vector_table table{};
    for (auto &lane : table.lanes) lane = static_cast<std::uint8_t>(octet);
    return table;
}

constexpr vector_table twice(const std::uint8_t (&half)[16]) noexcept {
    vector_table table{};
    for (unsigned lane = 0; lane < 32; ++lane) table.lanes[lane] = half[lane % 16];
    return table;
}

// A set of octets below 0x80: the row of a low nibble has the bits of the high nibbles.
template <class Predicate> constexpr vector_table make_set(Predicate holds) noexcept {
    std::uint8_t rows[16] = {};
    for (unsigned octet = 0; octet < 0x80; ++octet)
        if (holds(static_cast<unsigned char>(octet)))
            rows[octet & 15] = static_cast<std::uint8_t>(rows[octet & 15] | 1u << (octet >> 4));
    return twice(rows);
}

constexpr vector_table bits_of_high_nibbles() noexcept {
    vector_table table{};
    for (unsigned lane = 0; lane < 32; ++lane)
        table.lanes[lane] = static_cast<std::uint8_t>(lane % 16 < 8 ? 1u << lane % 16 : 0xff);
    return table;
}

constexpr vector_table indices_then_none() noexcept {
    vector_table table = everywhere(0x80);
    for (std::uint8_t lane = 0; lane < 16; ++lane) table.lanes[lane] = lane;
    return table;
}

constexpr bool has_no_empty_row(const vector_table &set) noexcept {
    for (const auto row : set.lanes)
        if (row == 0) return false;
    return true;
}

constexpr vector_table plain =
    make_set([](unsigned char octet) { return octets::classify(octet) == octets::kind::plain; });
static_assert(has_no_empty_row(plain), "outside(plain) must hold no octet from 0x80 on");

// RFC 3629 by pairs of octets. The method is that of Keiser and Lemire, "Validating UTF-8 in less than one instruction
// per byte" (2021). Each fault of a pair is a bit that three tables agree on: by the first octet's nibbles and the
// second's high nibble.
enum fault : std::uint8_t {
    too_short = 1 << 0,         // a lead, then no continuation
    too_long = 1 << 1,          // an ASCII octet, then a continuation
    overlong_3 = 1 << 2,        // E0, then 80 to 9F
    too_large = 1 << 3,         // F4, then 90 to BF; F5 to FF, then 90 to BF
    surrogate = 1 << 4,         // ED, then A0 to BF
    overlong_2 = 1 << 5,        // C0 or C1, then a continuation
    overlong_4 = 1 << 6,        // F0, then 80 to 8F
    too_large_1000 = 1 << 6,    // F5 to FF, then 80 to 8F: shares its bit, as no pair can be both
    two_continuations = 1 << 7, // not a fault two or three octets after a lead that wants them; decided apart
    any_first_low = too_short | too_long | two_continuations
};

constexpr std::uint8_t first_high[16] = {too_long,
                                         too_long,
                                         too_long,
                                         too_long,
                                         too_long,
                                         too_long,
                                         too_long,
                                         too_long,
                                         two_continuations,
                                         two_continuations,
                                         two_continuations,
                                         two_continuations,
                                         too_short | overlong_2,
                                         too_short,
                                         too_short | overlong_3 | surrogate,
                                         too_short | too_large | too_large_1000 | overlong_4};

constexpr std::uint8_t first_low[16] = {any_first_low | overlong_3 | overlong_2 | overlong_4,
                                        any_first_low | overlong_2,
                                        any_first_low,
                                        any_first_low,
                                        any_first_low | too_large,
                                        any_first_low | too_large | too_large_1000,
                                        any_first_low | too_large | too_large_1000,
                                        any_first_low | too_large | too_large_1000,
                                        any_first_low | too_large | too_large_1000,
                                        any_first_low | too_large | too_large_1000,
                                        any_first_low | too_large | too_large_1000,
                                        any_first_low | too_large | too_large_1000,
                                        any_first_low | too_large | too_large_1000,
                                        any_first_low | too_large | too_large_1000 | surrogate,
                                        any_first_low | too_large | too_large_1000,
                                        any_first_low | too_large | too_large_1000};

constexpr std::uint8_t second_high[16] = {too_short,
                                          too_short,
                                          too_short,
                                          too_short,
                                          too_short,
                                          too_short,
                                          too_short,
                                          too_short,
                                          too_long | overlong_2 | two_continuations | overlong_3 | too_large_1000 |
                                              overlong_4,
                                          too_long | overlong_2 | two_continuations | overlong_3 | too_large,
                                          too_long | overlong_2 | two_continuations | surrogate | too_large,
                                          too_long | overlong_2 | two_continuations | surrogate | too_large,
                                          too_short,
                                          too_short,
                                          too_short,
                                          too_short};

} // namespace

constinit const vector_tables vectors = {
    .carriage_return = everywhere('\r'),
    .low_nibble = everywhere(0x0f),
    .high_bit = everywhere(0x80),
    .bit_of_high_nibble = bits_of_high_nibbles(),
    .plain_octets = plain,
    .hexadecimal_digits = make_set([](unsigned char octet) { return octets::is_hexdig(static_cast<char>(octet)); }),
    .faults_by_first_high = twice(first_high),
    .faults_by_first_low = twice(first_low),
    .faults_by_second_high = twice(second_high),
    .below_lead_of_three = everywhere(0xe0 - 0x80),
    .below_lead_of_four = everywhere(0xf0 - 0x80),
    .to_top_from_z = everywhere(0x7f - 'Z'),
    .below_moved_a = everywhere(0x7f - 26),
    .case_bit = everywhere(0x20),
    .shift_down = indices_then_none(),
};

} // namespace sipstatus::inline SIPSTATUS_ABI::kernels
