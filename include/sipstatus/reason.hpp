#ifndef SIPSTATUS_REASON_HPP
#define SIPSTATUS_REASON_HPP

// What a reason phrase is beside its code: the canonical one, a known variant, or local wording. And the other way: the
// codes that a phrase is known for. Derived from status.def; constexpr, no allocation, no exception.
//
// The phrase never changes how a response is handled: RFC 3261 section 7.2 intends the code for automata and the phrase
// for people. Route on the code.

#include <sipstatus/status.hpp>

namespace sipstatus::inline SIPSTATUS_ABI {

// The kind of a reason phrase with respect to its code: the first of these that matches. Phrases are compared octet for
// octet as they stand, so "OK " is local.
enum class reason_kind : std::uint8_t {
    absent,      // no octet at all
    canonical,   // the phrase of the code's row in the registry, of any standing
    letter_case, // the canonical phrase but for the case of ASCII letters
    former,      // an RFC once printed it for this code; compared without case
    published,   // a well-known list, HTTP or another standard prints it; compared without case
    local        // none of these
};

// A known phrase of a code, other than the canonical one.
struct phrase_variant {
    status code;        // 100 to 699
    reason_kind kind;   // former or published
    static_text phrase; // as its source prints it
    static_text source; // for instance "RFC 2543 section 7.4.18"
};

namespace tables {

inline constexpr phrase_variant variants[] = {
#define SIPSTATUS_PHRASE(code, kind, phrase, source) {static_cast<status>(code), reason_kind::kind, {phrase}, {source}},
#include <sipstatus/status.def>
};

// The first variant of each row of the registry, and one past the last row's; the variants stand ascending by code.
struct variant_index {
    std::uint16_t first_variant[code_count + 1]{};
    constexpr variant_index() noexcept {
        std::uint16_t at = 0;
        for (std::size_t row = 0; row <= code_count; ++row) {
            first_variant[row] = at;
            while (row < code_count && at < sizeof(variants) / sizeof(variants[0]) &&
                   variants[at].code == codes[row].code)
                ++at;
        }
    }
};
inline constexpr variant_index variants_of_row{};

} // namespace tables

// What a phrase is beside a code, and who says so.
struct reason_match {
    reason_kind kind;        // the first that matches
    std::string_view source; // of a canonical or letter_case phrase its RFC, of a former or published one its source;
                             // empty otherwise
};

// Every known former and published phrase, ascending by code, former before published.
constexpr rows<phrase_variant> phrase_variants() noexcept {
    return tables::variants;
}

// What `phrase` is beside the code `s`, with its source.
constexpr reason_match match_reason(status s, std::string_view phrase) noexcept {
    if (phrase.empty()) return {reason_kind::absent, {}};
    const auto row_plus_one = tables::row_plus_one(s);
    if (row_plus_one == 0) return {reason_kind::local, {}};
    const auto at = row_plus_one - 1;
    const auto &row = tables::codes[at];
    if (phrase == row.phrase) return {reason_kind::canonical, row.reference};
    if (tables::equal_but_for_case(phrase, row.phrase)) return {reason_kind::letter_case, row.reference};
    for (auto n = tables::variants_of_row.first_variant[at]; n < tables::variants_of_row.first_variant[at + 1]; ++n) {
        const auto &variant = tables::variants[n];
        if (tables::equal_but_for_case(phrase, variant.phrase)) return {variant.kind, variant.source};
    }
    return {reason_kind::local, {}};
}

// The kind alone.
constexpr reason_kind classify_reason(status s, std::string_view phrase) noexcept {
    return match_reason(s, phrase).kind;
}

// Whether the phrase is the registry's, or nobody's but the sender's.
constexpr bool is_canonical(reason_kind kind) noexcept {
    return kind == reason_kind::canonical;
}
constexpr bool is_local(reason_kind kind) noexcept {
    return kind == reason_kind::local;
}

// A code that a phrase is known for.
struct phrase_owner {
    status code;        // 100 to 699
    reason_match match; // what the phrase is beside it
};

// The codes that a phrase is known for, ascending. The registry never has more than `capacity`; a test proves it.
struct phrase_owners {
    static constexpr std::size_t capacity = 4; // the most codes that there can be

    phrase_owner items[capacity]{}; // the first `count` of them
    std::size_t count = 0;          // of items in use

    constexpr const phrase_owner *begin() const noexcept { return items; }
    constexpr const phrase_owner *end() const noexcept { return items + count; }
    constexpr std::size_t size() const noexcept { return count; }
    constexpr bool empty() const noexcept { return count == 0; }
};

// Every code that has `phrase` as its canonical, former or published phrase, compared without case. Codes may share a
// phrase: 406 and 606 are both "Not Acceptable".
constexpr phrase_owners find_phrase(std::string_view phrase) noexcept {
    phrase_owners owners;
    for (const auto &row : tables::codes) {
        const auto match = match_reason(row.code, phrase);
        if (match.kind == reason_kind::absent || match.kind == reason_kind::local) continue;
        owners.items[owners.count++] = {row.code, match};
    }
    return owners;
}

} // namespace sipstatus::inline SIPSTATUS_ABI

#endif
