#ifndef SIPSTATUS_KERNELS_GRAMMAR_HPP
#define SIPSTATUS_KERNELS_GRAMMAR_HPP

// The Status-Line of RFC 3261 section 25.1 in Boost.Spirit X3, for lines without deviation. The terminals are our own.
// They look at many octets at once, with the scanner of an instruction set; X3 puts them together at no cost.
//
// The grammar accepts nearly every line on a wire: the version in upper case, single SPs, a phrase that is also
// well-formed RFC 3629 UTF-8, the whole line within the input. It refuses everything else. The tolerant reader then
// reads such input by the table of deviations, and gives every verdict but ok.
//
// A Scanner has, for its instruction set, a look at the line's head, of which look_size octets must be readable:
//     head look(const char *line)
// and three routes to the phrase that starts at `first`, of one signature:
//     bool match(const char *first, const char *last, std::uint32_t code, phrase &out)
//         the canonical phrase of the code; match_size octets must be readable
//     bool scan_short(...), where has_short_route is true
//         a phrase of plain octets and UTF-8 characters that ends where one look can see it; look_size octets of the
//         line must be readable
//     bool scan(...)
//         any phrase that the grammar and RFC 3629 allow; if it refuses, the first `out.size` octets are clean
// A route tells whether such a phrase stands at `first`, then a CR, then another octet. If so, `out` is the phrase. A
// route may refuse when too few octets are visible; the next route retries. It may read the 12 octets before `first`.

#include "../x3.hpp"
#include "known_phrases.hpp"

namespace sipstatus::inline SIPSTATUS_ABI::grammar {

// ---- What scanners give

// The line's first 12 octets, looked at in one go. A look may read 16.
struct head {
    std::uint32_t mismatches; // bit n: octet n is not of "SIP/2.0 ", three digits, the first of them 1 to 6, and SP
    std::uint32_t code;       // the number that the digits make; of no meaning with mismatches
};
inline constexpr std::size_t head_size = 12;
inline constexpr std::size_t look_size = 16;

struct phrase {
    std::size_t size;
    reason_kind kind;
};

// The size if a match has seen no end: the short route would see none either.
inline constexpr std::size_t unseen = static_cast<std::size_t>(-1);

// ---- Terminals

// What the terminals of one line share. The type depends on the Scanner, so all that X3 makes of the grammar does too:
// the kernels' objects share none of it.
template <class Scanner> struct reading {
    const char *line; // its first octet
    grammar::head head;
    grammar::phrase phrase{};
};

template <class Scanner, class Terminal> struct terminal : x3::parser<Terminal> {
    using attribute_type = x3::unused_type;
    static constexpr bool has_attribute = false;

    template <class Context, class Attribute>
    [[gnu::always_inline]] bool parse(const char *&first, const char *const &last, const Context &context,
                                      x3::unused_type, Attribute &) const noexcept {
        return Terminal::read(first, last, x3::get<reading<Scanner>>(context));
    }
};

// The octets of the head from number `At` on, `Size` of them.
template <class Scanner, std::size_t At, std::size_t Size>
struct head_octets : terminal<Scanner, head_octets<Scanner, At, Size>> {
    [[gnu::always_inline]] static bool read(const char *&first, const char *, const reading<Scanner> &line) noexcept {
        constexpr std::uint32_t mask = ((1u << Size) - 1) << At;
        if ((line.head.mismatches & mask) != 0) return false;
        first += Size;
        return true;
    }
};

// SIP-Version  =  "SIP" "/" 1*DIGIT "." 1*DIGIT
//                 where section 7.1 allows "SIP/2.0" alone
template <class Scanner> inline constexpr head_octets<Scanner, 0, 7> SIP_Version{};

// SP, before the code and after it
template <class Scanner> inline constexpr head_octets<Scanner, 7, 1> SP_Before_Code{};
template <class Scanner> inline constexpr head_octets<Scanner, 11, 1> SP_After_Code{};

// Status-Code     =  Informational / Redirection / Success / Client-Error / Server-Error / Global-Failure
//                    / extension-code
// extension-code  =  3DIGIT
//                    where section 7.2 allows 1 to 6 as the first digit
template <class Scanner> inline constexpr head_octets<Scanner, 8, 3> Status_Code{};

// Reason-Phrase  =  *(reserved / unreserved / escaped / UTF8-NONASCII / UTF8-CONT / SP / HTAB)
//                   by one of the Scanner's routes
template <class Scanner, auto Route> struct phrase_by : terminal<Scanner, phrase_by<Scanner, Route>> {
    [[gnu::always_inline]] static bool read(const char *&first, const char *last, reading<Scanner> &line) noexcept {
        // Not from `first`: the load of the phrase would wait for the octets before it.
        const char *const phrase = line.line + head_size;
        if (!Route(phrase, last, line.head.code, line.phrase)) return false;
        first = phrase + line.phrase.size;
        return true;
    }
};
template <class Scanner> inline constexpr phrase_by<Scanner, &Scanner::match> Canonical_Phrase{};
template <class Scanner> inline constexpr phrase_by<Scanner, &Scanner::scan_short> Short_Phrase{};
template <class Scanner> inline constexpr phrase_by<Scanner, &Scanner::scan> Reason_Phrase{};

// CRLF  =  CR LF
//          where the phrase's route has seen the CR, and that an octet follows
template <class Scanner> struct CRLF_ : terminal<Scanner, CRLF_<Scanner>> {
    [[gnu::always_inline]] static bool read(const char *&first, const char *, const reading<Scanner> &) noexcept {
        if (first[1] != '\n') return false;
        first += 2;
        return true;
    }
};
template <class Scanner> inline constexpr CRLF_<Scanner> CRLF{};

// ---- The grammar

// Status-Line  =  SIP-Version SP Status-Code SP Reason-Phrase CRLF
//
// The phrases are not X3 alternatives, (Canonical_Phrase | Short_Phrase | Reason_Phrase) >> CRLF, since the common line
// would then save registers for the rare routes: 22 instructions more than its 77. If the canonical phrase fails, the
// tail alone is read by the next route.
template <class Scanner>
inline constexpr auto Clean_Status_Line = SIP_Version<Scanner> >> SP_Before_Code<Scanner> >> Status_Code<Scanner> >>
                                          SP_After_Code<Scanner> >> Canonical_Phrase<Scanner> >> CRLF<Scanner>;
template <class Scanner> inline constexpr auto Short_Phrase_CRLF = Short_Phrase<Scanner> >> CRLF<Scanner>;
template <class Scanner> inline constexpr auto Reason_Phrase_CRLF = Reason_Phrase<Scanner> >> CRLF<Scanner>;

} // namespace sipstatus::inline SIPSTATUS_ABI::grammar

#endif
