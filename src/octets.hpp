#ifndef SIPSTATUS_OCTETS_HPP
#define SIPSTATUS_OCTETS_HPP

// What each octet of a reason phrase is, by RFC 3261 section 25.1; how a sequence of several octets goes on, by that
// grammar's UTF8-NONASCII and by RFC 3629.

#include <sipstatus/version.hpp>

#include <cstdint>

namespace sipstatus::inline SIPSTATUS_ABI::octets {

enum class kind : std::uint8_t {
    plain,        // reserved, unreserved, SP, HTAB
    line_end,     // CR, LF
    control,      // any other control
    delimiter,    // printable, and in none of the grammar's sets
    percent,      // begins an escape
    continuation, // UTF8-CONT, 0x80 to 0xBF
    lead,         // begins a UTF8-NONASCII, 0xC0 to 0xFD
    never         // 0xFE and 0xFF, which no grammar allows
};

constexpr kind classify(unsigned char octet) noexcept {
    if (octet == '\r' || octet == '\n') return kind::line_end;
    if (octet == '\t') return kind::plain;
    if (octet < 0x20 || octet == 0x7f) return kind::control;
    if (octet == '%') return kind::percent;
    for (const char delimiter : "\"#<>[\\]^`{|}")
        if (octet == static_cast<unsigned char>(delimiter)) return kind::delimiter;
    if (octet < 0x80) return kind::plain;
    if (octet < 0xc0) return kind::continuation;
    return octet < 0xfe ? kind::lead : kind::never;
}

struct kind_table {
    kind kinds[256];
    constexpr kind_table() noexcept : kinds{} {
        for (unsigned octet = 0; octet < 256; ++octet) kinds[octet] = classify(static_cast<unsigned char>(octet));
    }
};
inline constexpr kind_table octet_kinds{};

constexpr kind kind_of(char octet) noexcept {
    return octet_kinds.kinds[static_cast<unsigned char>(octet)];
}

constexpr bool is_digit(char octet) noexcept {
    return octet >= '0' && octet <= '9';
}

// HEXDIG, in either case: a string in ABNF is compared without it (RFC 2234 section 2.3).
constexpr bool is_hexdig(char octet) noexcept {
    return is_digit(octet) || (octet >= 'A' && octet <= 'F') || (octet >= 'a' && octet <= 'f');
}

constexpr bool is_letter(char octet) noexcept {
    return (octet >= 'A' && octet <= 'Z') || (octet >= 'a' && octet <= 'z');
}

// SP or HTAB.
constexpr bool is_blank(char octet) noexcept {
    return octet == ' ' || octet == '\t';
}

constexpr bool is_continuation(char octet) noexcept {
    return kind_of(octet) == kind::continuation;
}

// How many continuation octets the grammar wants after a lead octet: 1 after 0xC0 to 5 after 0xFC.
constexpr unsigned continuations_after(char lead) noexcept {
    const auto octet = static_cast<unsigned char>(lead);
    return octet < 0xe0 ? 1 : octet < 0xf0 ? 2 : octet < 0xf8 ? 3 : octet < 0xfc ? 4 : 5;
}

// Whether RFC 3629 section 4 knows the lead octet.
constexpr bool is_utf8_lead(char lead) noexcept {
    const auto octet = static_cast<unsigned char>(lead);
    return octet >= 0xc2 && octet <= 0xf4;
}

// Whether RFC 3629 section 4 allows `second`, a continuation octet, right after `lead`: no overlong form, no
// surrogate, nothing above U+10FFFF.
constexpr bool is_utf8_second(char lead, char second) noexcept {
    const auto octet = static_cast<unsigned char>(second);
    switch (static_cast<unsigned char>(lead)) {
    case 0xe0: return octet >= 0xa0;
    case 0xed: return octet <= 0x9f;
    case 0xf0: return octet >= 0x90;
    case 0xf4: return octet <= 0x8f;
    default: return true;
    }
}

} // namespace sipstatus::inline SIPSTATUS_ABI::octets

#endif
