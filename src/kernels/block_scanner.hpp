#ifndef SIPSTATUS_BLOCK_SCANNER_HPP
#define SIPSTATUS_BLOCK_SCANNER_HPP

// The phrase by blocks of 32 octets, written once for all vector instruction sets. A Block is a kernel's own; its masks
// have bit n for the octet n:
//
//     Block::load(at)                  the 32 octets at `at`
//     Block::load_short(first, last)   the at most 31 octets of [first, last), then NULs; reads 16 octets before `last`
//     Block::zero()                    32 NULs
//     carriage_returns()               those that are CR
//     equal(octet)                     those that are `octet`
//     outside(set)                     those below 0x80 that are not in a set, see vector_tables.hpp
//     in_lower_case()                  the block with 'A' to 'Z' as 'a' to 'z'
//     high()                           those from 0x80 on
//     matches(text, mask)              whether its octets are those of a pattern's text, where its mask has bits
//     malformed(previous)              where RFC 3629 is broken, given the block before; a sequence that is cut short
//                                      shows at the octet that should have gone on with it

#include "../tolerant_reader.hpp"
#include "grammar.hpp"
#include "vector_tables.hpp"

namespace sipstatus::kernels {

template <class Block> struct block_scanner {
    static constexpr std::size_t block_size = 32;

    // With the CR among the octets of a block, the LF is at most the one behind it.
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
        // Chosen without a branch: known and local phrases mixed would make it a guess. The empty statement keeps clang
        // from moving the load behind the choice, and making a branch of it after all.
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
            // Without a CR among them they are not clean, for the NULs behind them.
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
    // The bits below the lowest one of a mask, and those up to and with it. All bits where the mask is 0, which stands
    // for an end behind the block.
    [[gnu::always_inline]] static std::uint32_t below_lowest(std::uint32_t mask) noexcept { return (mask - 1) & ~mask; }
    [[gnu::always_inline]] static std::uint32_t up_to_lowest(std::uint32_t mask) noexcept { return mask ^ (mask - 1); }

    // What may stand in a phrase, block after block.
    class checker {
    public:
        // Whether the octets before the lowest bit of `end`, all where it is 0, go on as a phrase: plain octets, whole
        // escapes, well-formed UTF-8. A character that the block's edge or the end cuts shows at the octet behind it.
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
        // Whether all that is not plain is a '%' with two hexadecimal digits behind it; bits beyond the block are
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
        std::uint32_t wanted_ = 0; // bits of the next block's octets that must be hexadecimal digits
    };
};

} // namespace sipstatus::kernels

#endif
