#ifndef SIPSTATUS_KERNELS_BLOCK_SCANNER_HPP
#define SIPSTATUS_KERNELS_BLOCK_SCANNER_HPP

// Scans the phrase by blocks of 32 octets, for all vector instruction sets. Each kernel has a Block of its own. In its
// masks, bit n stands for octet n:
//
//     Block::load(at)                  the 32 octets at `at`
//     Block::load_short(first, last)   the octets of [first, last), at most 31, then NULs; reads 16 octets before
//     `last` Block::zero()                    32 NULs carriage_returns()               those that are CR equal(octet)
//     those that are `octet` outside(set)                     those below 0x80 that are not in a set, see
//     vector_tables.hpp in_lower_case()                  the block with 'A' to 'Z' as 'a' to 'z' high() those from 0x80
//     on matches(text, mask)              whether its octets are those of a pattern's text, where its mask has bits
//     malformed(previous)              where RFC 3629 is broken, given the block before; a sequence that is cut short
//                                      shows at the first octet that does not go on with it

#include "../tolerant_reader.hpp"
#include "grammar.hpp"
#include "vector_tables.hpp"

namespace sipstatus::inline SIPSTATUS_ABI::kernels {

template <class Block> struct block_scanner {
    static constexpr std::size_t block_size = 32;

    // If the CR is in the block, the LF is at most the octet after the block.
    static constexpr std::size_t match_size = block_size + 1;

    [[gnu::always_inline]] static bool match(const char *first, const char *, std::uint32_t code,
                                             grammar::phrase &out) noexcept {
        const Block octets = Block::load(first);
        const std::uint32_t end = octets.carriage_returns();
        if (end == 0) {
            out.size = grammar::unseen;
            return false;
        }
        out = {static_cast<std::size_t>(__builtin_ctz(end)), reason_kind::canonical};
        const pattern &canonical = row_of(code).canonical;
        return octets.matches(canonical.text, canonical.mask);
    }

    static constexpr bool has_short_route = true;

    [[gnu::always_inline]] static bool scan_short(const char *first, const char *last, std::uint32_t code,
                                                  grammar::phrase &out) noexcept {
        const auto left = static_cast<std::size_t>(last - first);
        const Block octets = left < block_size ? Block::load_short(first, last) : Block::load(first);
        const std::uint32_t end = octets.carriage_returns();
        const std::uint32_t faults = (octets.outside(vectors.plain_octets) & below_lowest(end)) |
                                     (octets.malformed(Block::zero()) & up_to_lowest(end));
        if (end == 0 || faults != 0) return false;
        out.size = static_cast<std::size_t>(__builtin_ctz(end));
        const code_row &row = row_of(code);
        const variant_row &variant = known_phrases.variants[row.variants[out.size]];
        const Block folded = octets.in_lower_case();
        // Chosen without a branch: a mix of known and local phrases would defeat its prediction. The empty statement
        // keeps clang from moving the load after the choice, and making a branch of it.
        auto kind = static_cast<unsigned>(variant.kind);
        asm("" : "+r"(kind));
        const auto local = static_cast<unsigned>(reason_kind::local);
        const auto chosen = 0u - folded.matches(variant.folded.text, variant.folded.mask);
        out.kind = static_cast<reason_kind>(local ^ (chosen & (kind ^ local)));
        if (folded.matches(row.folded, row.canonical.mask))
            out.kind = octets.matches(row.canonical.text, row.canonical.mask) ? reason_kind::canonical
                                                                              : reason_kind::letter_case;
        return !variant.shared && out.size + 1 < left;
    }

    [[gnu::always_inline]] static bool scan(const char *first, const char *last, std::uint32_t code,
                                            grammar::phrase &out) noexcept {
        checker checked;
        std::uint32_t end = 0;
        const char *at = first;
        out.size = 0;
        for (; static_cast<std::size_t>(last - at) >= block_size; at += block_size) {
            const Block octets = Block::load(at);
            end = octets.carriage_returns();
            if (!checked.is_clean(octets, end)) [[unlikely]]
                return false;
            if (end != 0) break;
            out.size += block_size;
        }
        if (end == 0) {
            // Without a CR in the block it is not clean, because of the NULs at its end.
            const Block octets = Block::load_short(at, last);
            end = octets.carriage_returns();
            if (!checked.is_clean(octets, end)) return false;
        }
        const char *const cr = at + __builtin_ctz(end);
        out.size = static_cast<std::size_t>(cr - first);
        if (last - cr < 2) return false;
        out.kind =
            may_be_known(code, out.size) ? tolerant_reader::kind_of_phrase(code, first, out.size) : reason_kind::local;
        return true;
    }

private:
    // The bits below the lowest one of a mask, and those up to and with it. All bits if the mask is 0: the end is then
    // after the block.
    [[gnu::always_inline]] static std::uint32_t below_lowest(std::uint32_t mask) noexcept { return (mask - 1) & ~mask; }
    [[gnu::always_inline]] static std::uint32_t up_to_lowest(std::uint32_t mask) noexcept { return mask ^ (mask - 1); }

    // Checks a phrase, block after block.
    class checker {
    public:
        // Whether the octets before the lowest bit of `end`, all if it is 0, continue a phrase: plain octets, whole
        // escapes, well-formed UTF-8. A character that the block's edge or the end cuts shows at the next octet.
        [[gnu::always_inline]] bool is_clean(const Block &octets, std::uint32_t end) noexcept {
            const std::uint32_t below_end = below_lowest(end);
            const std::uint32_t not_plain = octets.outside(vectors.plain_octets) & below_end;
            const std::uint32_t malformed = octets.malformed(previous_) & up_to_lowest(end);
            previous_ = octets;
            if ((not_plain | malformed | wanted_) == 0) [[likely]]
                return true;
            return malformed == 0 && are_escapes(octets, not_plain, below_end);
        }

    private:
        // Whether every octet that is not plain is a '%' followed by two hexadecimal digits. Bits beyond the block are
        // wanted of the next one.
        [[gnu::always_inline]] bool are_escapes(const Block &octets, std::uint32_t not_plain,
                                                std::uint32_t below_end) noexcept {
            const std::uint32_t percents = octets.equal('%') & below_end;
            const std::uint32_t digits = below_end & ~octets.outside(vectors.hexadecimal_digits) & ~octets.high();
            const std::uint64_t wanted = wanted_ | std::uint64_t{percents} << 1 | std::uint64_t{percents} << 2;
            wanted_ = static_cast<std::uint32_t>(wanted >> block_size);
            return not_plain == percents && (static_cast<std::uint32_t>(wanted) & ~digits) == 0;
        }

        Block previous_ = Block::zero();
        std::uint32_t wanted_ = 0; // the octets of the next block that must be hexadecimal digits
    };
};

} // namespace sipstatus::inline SIPSTATUS_ABI::kernels

#endif
