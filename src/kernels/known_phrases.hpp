#ifndef SIPSTATUS_KERNELS_KNOWN_PHRASES_HPP
#define SIPSTATUS_KERNELS_KNOWN_PHRASES_HPP

// The registry's phrases in the shape that scanners compare with.

#include <sipstatus/reason.hpp>

namespace sipstatus::inline SIPSTATUS_ABI::kernels {

// The first 32 octets of a phrase and a CR, and a mask of those to compare. A phrase that does not fit has a text of
// NULs, all to be compared: nothing matches that has its CR among them.
struct alignas(32) pattern {
    char text[32];
    char mask[32];
};

// What is known of a code.
struct code_row {
    pattern canonical;
    char folded[32];           // the canonical phrase in lower case; its mask is the same
    std::uint8_t variants[32]; // by the size of a phrase: its place in `variants`, 0 if there is none
    std::size_t size;          // of the canonical phrase; 0 if there is none, or it does not fit
    std::uint64_t long_sizes;  // bit n: some known phrase of the code has n + 32 octets
};

// A known phrase of a code beside the canonical one, in lower case.
struct variant_row {
    pattern folded;
    reason_kind kind;
    bool shared; // several variants of the code have this size: the pattern is none of them
};

// All of that, made from the registry.
struct phrase_table {
    static constexpr std::size_t variant_capacity = 2 + sizeof(tables::variants) / sizeof(tables::variants[0]);

    std::uint16_t row_offset[600]; // by the code, from 100 on: in octets, from `rows`
    code_row rows[1 + tables::code_count];
    variant_row variants[variant_capacity];
};
extern const phrase_table known_phrases;

[[gnu::always_inline]] inline const code_row &row_of(std::uint32_t code) noexcept {
    return *reinterpret_cast<const code_row *>(reinterpret_cast<const char *>(known_phrases.rows) +
                                               known_phrases.row_offset[code - 100]);
}

// Whether a phrase of this size may be other than local. For most local phrases the size alone says no.
[[gnu::always_inline]] inline bool may_be_known(std::uint32_t code, std::size_t size) noexcept {
    const code_row &row = row_of(code);
    if (size < sizeof row.variants) return row.variants[size] != 0 || size == row.size;
    return size - 32 < 64 && (row.long_sizes >> (size - 32) & 1) != 0;
}

} // namespace sipstatus::inline SIPSTATUS_ABI::kernels

#endif
