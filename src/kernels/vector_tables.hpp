#ifndef SIPSTATUS_KERNELS_VECTOR_TABLES_HPP
#define SIPSTATUS_KERNELS_VECTOR_TABLES_HPP

// The constants of the vector kernels. They are in an object of their own, so that the compiler of a kernel does not
// see their values. Otherwise it would build many of them in registers for each line.

#include <sipstatus/version.hpp>

#include <cstdint>

namespace sipstatus::inline SIPSTATUS_ABI::kernels {

// 32 octets. Both halves are the same, for registers of 16; shift_down is the exception.
struct alignas(32) vector_table {
    std::uint8_t lanes[32];
};

struct vector_tables {
    vector_table carriage_return;
    vector_table low_nibble; // 0x0F
    vector_table high_bit;   // 0x80

    // A set of octets below 0x80 holds an octet if its row, by the low nibble, has the bit of the high nibble. An octet
    // from 0x80 on has all bits, so it counts as held if the row is not empty.
    vector_table bit_of_high_nibble;
    vector_table plain_octets;
    vector_table hexadecimal_digits;

    // RFC 3629 by pairs of octets: each fault is a bit that three tables agree on.
    vector_table faults_by_first_high;
    vector_table faults_by_first_low;
    vector_table faults_by_second_high;
    vector_table below_lead_of_three; // 0xE0 - 0x80: a saturating subtraction leaves the high bit of leads alone
    vector_table below_lead_of_four;  // 0xF0 - 0x80

    // For 'A' to 'Z' as signed octets, moved so that 'Z' is the highest octet.
    vector_table to_top_from_z;
    vector_table below_moved_a;
    vector_table case_bit;

    // Moves the last n octets of a register, n 1 to 16, to its begin: use the 16 indices from 16 - n on. The indices
    // from 0x80 on give 0.
    vector_table shift_down;
};
extern const vector_tables vectors;

} // namespace sipstatus::inline SIPSTATUS_ABI::kernels

#endif
