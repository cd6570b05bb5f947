#ifndef SIPSTATUS_VECTOR_TABLES_HPP
#define SIPSTATUS_VECTOR_TABLES_HPP

// The constants of the vector kernels. They stand in an object of their own, opaque to the compiler of a kernel, which
// would otherwise make many of them anew in registers for each line.

#include <cstdint>

namespace sipstatus::kernels {

// 32 octets; but for shift_down the halves are the same, for registers of 16.
struct alignas(32) vector_table {
    std::uint8_t of[32];
};

struct vector_tables {
    vector_table carriage_return;
    vector_table low_nibble; // 0x0F
    vector_table high_bit;   // 0x80

    // A set of octets below 0x80 holds an octet where its row, by the low nibble, has the bit of the high nibble. An
    // octet from 0x80 on has all bits, so it counts as held wherever the row is not empty.
    vector_table bit_of_high_nibble;
    vector_table plain_octets;
    vector_table hexadecimal_digits;

    // RFC 3629 by pairs of octets: each fault is a bit that three tables agree on.
    vector_table faults_by_first_high;
    vector_table faults_by_first_low;
    vector_table faults_by_second_high;
    vector_table below_lead_of_three; // 0xE0 - 0x80: what a saturating subtraction leaves the high bit of leads with
    vector_table below_lead_of_four;  // 0xF0 - 0x80

    // 'A' to 'Z' as signed octets: moved so that 'Z' is the highest of all.
    vector_table to_top_from_z;
    vector_table below_moved_a;
    vector_table case_bit;

    // From a register that ends with the last n octets, n 1 to 16, to one that begins with them: the 16 indices from
    // 16 - n on; the indices from 0x80 on give 0.
    vector_table shift_down;
};
extern const vector_tables vectors;

} // namespace sipstatus::kernels

#endif
