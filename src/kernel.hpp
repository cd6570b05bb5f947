#ifndef SIPSTATUS_KERNEL_HPP
#define SIPSTATUS_KERNEL_HPP

// The kernels: parse() compiled for one instruction set each, and the choice between them.
//
//   kernel_*.cpp    a scanner for one instruction set, and read_line() with it
//   line_reader.hpp read_line(): the grammar over the scanner, for nearly every line on a wire
//   tolerance.hpp   every other input, by the table of deviations
//
// A kernel's object file must hold no weak symbol: the linker may keep any unit's copy of an inline function, so one
// compiled for AVX2 could run on a machine without it. So whatever a kernel uses is a template over a type in its own
// anonymous namespace, or is always inlined; its file is optimised in every build; and a test looks at the objects.

#include <sipstatus/status_line.hpp>

namespace sipstatus::kernels {

// parse(), into a default result: it is all that a kernel takes for granted.
using function = void(parse_result &out, std::string_view octets, parse_options options) noexcept;

function scalar, ssse3, avx2, neon;

// The one that parse() calls. Scalar until the library's initialisers have run; not written after.
extern function *active;

// Forces a kernel, for tests and benchmarks; false where the machine or the build lacks it. Not for use while another
// thread parses.
bool force(kernel which) noexcept;

// What read_line() hands any input to that it does not settle itself; the second one, where it knows that the head is
// without deviation and has this code, and that so many octets of the phrase are clean: plain, or part of a character
// or an escape.
function parse_tolerantly;
struct clean_part {
    std::uint32_t code;
    std::uint32_t phrase;
};
void parse_phrase_tolerantly(parse_result &out, std::string_view octets, parse_options options,
                             clean_part known) noexcept;

// As much of a clean part as its type can say.
[[gnu::always_inline]] inline std::uint32_t as_clean(std::size_t octets) noexcept {
    return octets < UINT32_MAX ? static_cast<std::uint32_t>(octets) : UINT32_MAX;
}

// The kind of any phrase beside its code, 100 to 699.
reason_kind kind_of_phrase(std::uint32_t code, const char *first, std::size_t size) noexcept;

// A phrase in the shape that scanners compare with: its octets and a CR behind them, as far as 32 octets hold them, and
// which of the 32 are to be compared. For a phrase that does not fit they are NULs, all to be compared, which nothing
// matches that has its CR among them.
struct alignas(32) pattern {
    char text[32];
    char care[32];
};

// What is known of a code.
struct code_row {
    pattern canonical;
    char folded[32];           // the canonical phrase in lower case; its care is the same
    std::uint8_t variants[32]; // by the size of a phrase: its place in `variants`, 0 if it is none
    std::size_t size;          // of the canonical phrase; 0 where there is none, or it does not fit
    std::uint64_t long_sizes;  // bit n: some phrase that is known for the code has n + 32 octets
};

// A known phrase of a code beside the canonical one, in lower case.
struct variant_row {
    pattern folded;
    reason_kind kind;
    bool shared; // several variants of the code have this size: the pattern is none of them
};

// All of that, made from the registry.
struct known_phrases {
    static constexpr std::size_t variant_capacity = 2 + sizeof(tables::variants) / sizeof(tables::variants[0]);

    std::uint16_t offset_of_row[600]; // by the code, from 100 on: in octets, from `rows`
    code_row rows[1 + tables::code_count];
    variant_row variants[variant_capacity];
};
extern const known_phrases known;

[[gnu::always_inline]] inline const code_row &row_of(std::uint32_t code) noexcept {
    return *reinterpret_cast<const code_row *>(reinterpret_cast<const char *>(known.rows) +
                                               known.offset_of_row[code - 100]);
}

// Whether a phrase of this size may be other than local. Most local phrases are told by that.
[[gnu::always_inline]] inline bool may_be_known(std::uint32_t code, std::size_t size) noexcept {
    const code_row &row = row_of(code);
    if (size < sizeof row.variants) return row.variants[size] != 0 || size == row.size;
    return size - 32 < 64 && (row.long_sizes >> (size - 32) & 1) != 0;
}

} // namespace sipstatus::kernels

#endif
