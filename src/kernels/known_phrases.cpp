// Made at compile time from status.def.

#include "known_phrases.hpp"

namespace sipstatus::inline SIPSTATUS_ABI::kernels {
namespace {

constexpr pattern unmatchable() noexcept {
    pattern none{};
    for (auto &octet : none.mask) octet = '\xff';
    return none;
}

template <class Fold> constexpr pattern make_pattern(std::string_view phrase, Fold fold) noexcept {
    if (phrase.size() >= sizeof pattern::text) return unmatchable();
    pattern made{};
    for (std::size_t at = 0; at <= phrase.size(); ++at) {
        made.text[at] = at < phrase.size() ? fold(phrase[at]) : '\r';
        made.mask[at] = '\xff';
    }
    return made;
}

constexpr char as_it_is(char octet) noexcept {
    return octet;
}

// Places in `variants`: the phrase that matches nothing, the empty one, then a place for each known variant.
constexpr std::uint8_t nothing = 0;
constexpr std::uint8_t empty = 1;
constexpr std::size_t first_variant = 2;
static_assert(phrase_table::variant_capacity <= 256, "a place is one octet");

struct maker {
    phrase_table made{};
    std::size_t variant_count = first_variant;

    constexpr maker() noexcept {
        made.variants[nothing] = {unmatchable(), reason_kind::local, false};
        made.variants[empty] = {make_pattern({}, tables::lower), reason_kind::absent, false};
        add_row(made.rows[0], {}, unmatchable()); // serves the codes without a row
        for (std::size_t at = 0; at < tables::code_count; ++at) {
            const auto &entry = tables::codes[at];
            code_row &row = made.rows[at + 1];
            add_row(row, entry.phrase, make_pattern(entry.phrase, as_it_is));
            for (const auto &variant : phrase_variants())
                if (variant.code == entry.code) add_variant(row, variant);
        }
        for (std::size_t code = 0; code < 600; ++code)
            made.row_offset[code] =
                static_cast<std::uint16_t>(tables::index_of_code.row_plus_one[code] * sizeof(code_row));
    }

    static constexpr void add_row(code_row &row, std::string_view phrase, const pattern &canonical) noexcept {
        row.canonical = canonical;
        for (std::size_t at = 0; at < sizeof row.folded; ++at) row.folded[at] = tables::lower(canonical.text[at]);
        row.variants[0] = empty;
        row.size = phrase.size() < sizeof row.canonical.text ? phrase.size() : 0;
        add_size(row, phrase);
    }

    constexpr void add_variant(code_row &row, const phrase_variant &variant) noexcept {
        add_size(row, variant.phrase);
        if (variant.phrase.size() >= sizeof row.variants) return;
        if (auto &place = row.variants[variant.phrase.size()]; place == nothing) {
            made.variants[variant_count] = {make_pattern(variant.phrase, tables::lower), variant.kind, false};
            place = static_cast<std::uint8_t>(variant_count++);
        } else {
            made.variants[place] = {unmatchable(), reason_kind::local, true};
        }
    }

    static constexpr void add_size(code_row &row, std::string_view phrase) noexcept {
        if (phrase.size() < 32) return;
        row.long_sizes |= std::uint64_t{1} << (phrase.size() - 32); // no constant expression from 96 octets on
    }
};

} // namespace

constinit const phrase_table known_phrases = maker().made;

} // namespace sipstatus::inline SIPSTATUS_ABI::kernels
