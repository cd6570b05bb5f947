#ifndef SIPSTATUS_GRAMMAR_HPP
#define SIPSTATUS_GRAMMAR_HPP

// The Status-Line of RFC 3261 section 25.1, in Boost.Spirit X3, composed of terminals of our own: X3 puts them together
// and costs nothing; the terminals look at many octets at once, with the scanner of an instruction set.
//
// This grammar accepts what nearly every line on a wire is: the version in upper case, single SPs, a phrase that is
// also well-formed RFC 3629 UTF-8, the whole line within the input. It is silent about everything else: tolerance.hpp
// reads such input by the table of deviations, and gives every verdict but ok.
//
// A Scanner has, for its instruction set, a look at the line's head, of which look_size octets are there:
//     head look(const char *line)
// and three routes of one signature to the phrase that starts at `first`:
//     bool match(const char *first, const char *last, std::uint32_t code, phrase &found)
//         the canonical phrase of the code; match_size octets are there
//     bool scan_short(...), where has_short_route is true
//         a phrase of plain octets and UTF-8 characters that ends where one look can see it; look_size octets of the
//         line are there
//     bool scan(...)
//         any phrase that the grammar and RFC 3629 allow; where it says no, `found.size` octets are clean so far
// A route says whether `first` begins with such a phrase and CRLF; then `found` is the phrase. It may say no for want
// of octets to look at, since what it says no to is read by the next. It may read the 12 octets before `first`.

#include "kernel.hpp"

// Otherwise boost/none.hpp, which X3 includes, adds a guarded initialiser to the object.
#define BOOST_OPTIONAL_USE_OLD_DEFINITION_OF_NONE
#include <boost/spirit/home/x3.hpp>

namespace sipstatus::grammar {

namespace x3 = boost::spirit::x3;

// ---- What scanners find

// The line's first 12 octets, looked at in one go. A look may read 16.
struct head {
    std::uint32_t mismatches; // bit n: octet n is not of "SIP/2.0 ", three digits, the first of them 1 to 6, and SP
    std::uint32_t code;       // the number that the digits are; of no meaning with mismatches
};
inline constexpr std::size_t head_size = 12;
inline constexpr std::size_t look_size = 16;

struct phrase {
    std::size_t size;
    reason_kind kind;
};

// The size where a match has seen no end: the short route would not either.
inline constexpr std::size_t unseen = static_cast<std::size_t>(-1);

// ---- Terminals

// What the terminals of one line share. A type of each Scanner's own: so is, then, all that X3 makes of the grammar,
// and none of it is shared between the kernels' objects.
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

// Status-Code     =  Informational / Redirection / Success / Client-Error / Server-Error / Global-Failure
//                    / extension-code
// extension-code  =  3DIGIT
//                    where section 7.2 allows 1 to 6 as the first digit
template <class Scanner> inline constexpr head_octets<Scanner, 8, 3> Status_Code{};

// SP behind the version, and SP behind the code
template <class Scanner> inline constexpr head_octets<Scanner, 7, 1> SP_Before_Code{};
template <class Scanner> inline constexpr head_octets<Scanner, 11, 1> SP_After_Code{};

// Reason-Phrase  =  *(reserved / unreserved / escaped / UTF8-NONASCII / UTF8-CONT / SP / HTAB)
// CRLF           =  CR LF
//                   the one up to the other, by one of the Scanner's routes
template <class Scanner, auto Route>
struct Reason_Phrase_CRLF_ : terminal<Scanner, Reason_Phrase_CRLF_<Scanner, Route>> {
    [[gnu::always_inline]] static bool read(const char *&first, const char *last, reading<Scanner> &line) noexcept {
        // Not from `first`: that is known when the octets before it are, and the load of the phrase would wait for
        // them.
        const char *const phrase = line.line + head_size;
        if (!Route(phrase, last, line.head.code, line.phrase)) return false;
        first = phrase + line.phrase.size + 2;
        return true;
    }
};
template <class Scanner> inline constexpr Reason_Phrase_CRLF_<Scanner, &Scanner::match> Canonical_Phrase_CRLF{};
template <class Scanner> inline constexpr Reason_Phrase_CRLF_<Scanner, &Scanner::scan_short> Short_Phrase_CRLF{};
template <class Scanner> inline constexpr Reason_Phrase_CRLF_<Scanner, &Scanner::scan> Reason_Phrase_CRLF{};

// ---- The grammar

// Status-Line  =  SIP-Version SP Status-Code SP Reason-Phrase CRLF
//                 by the route that most lines go; for the others, the tail is read by the next
template <class Scanner>
inline constexpr auto Status_Line = SIP_Version<Scanner> >> SP_Before_Code<Scanner> >> Status_Code<Scanner> >>
                                    SP_After_Code<Scanner> >> Canonical_Phrase_CRLF<Scanner>;

} // namespace sipstatus::grammar

#endif
