#ifndef SIPSTATUS_TESTS_PLAIN_GRAMMAR_HPP
#define SIPSTATUS_TESTS_PLAIN_GRAMMAR_HPP

// The oracle: RFC 3261 section 25.1 in Boost.Spirit X3's own primitives, one rule an ABNF line, as plain as can be.
// Octets in, yes or no out. It shares nothing with the library and is never the library's path.

#include <boost/spirit/home/x3.hpp>

#include <string_view>

namespace plain_grammar {

namespace x3 = boost::spirit::x3;
using x3::repeat;
using x3::standard::char_;

// RFC 2234 section 6.1. Each set is spelled out, for the predicates of <cctype> are not made for octets above 0x7F.
// SP = %x20
inline const auto SP = char_(' ');
// HTAB = %x09
inline const auto HTAB = char_('\x09');
// CRLF = CR LF
inline const auto CRLF = char_('\x0d') >> char_('\x0a');
// DIGIT = %x30-39
inline const auto DIGIT = char_('0', '9');
// ALPHA = %x41-5A / %x61-7A
inline const auto ALPHA = char_('A', 'Z') | char_('a', 'z');
// HEXDIG = DIGIT / "A" / "B" / "C" / "D" / "E" / "F", and strings of the ABNF have no case (section 2.3)
inline const auto HEXDIG = DIGIT | char_('A', 'F') | char_('a', 'f');

// UTF8-CONT = %x80-BF
inline const auto UTF8_CONT = char_('\x80', '\xbf');
// UTF8-NONASCII = %xC0-DF 1UTF8-CONT
//               / %xE0-EF 2UTF8-CONT
//               / %xF0-F7 3UTF8-CONT
//               / %xF8-Fb 4UTF8-CONT
//               / %xFC-FD 5UTF8-CONT
inline const auto UTF8_NONASCII =
    (char_('\xc0', '\xdf') >> repeat(1)[UTF8_CONT]) | (char_('\xe0', '\xef') >> repeat(2)[UTF8_CONT]) |
    (char_('\xf0', '\xf7') >> repeat(3)[UTF8_CONT]) | (char_('\xf8', '\xfb') >> repeat(4)[UTF8_CONT]) |
    (char_('\xfc', '\xfd') >> repeat(5)[UTF8_CONT]);

// alphanum = ALPHA / DIGIT
inline const auto alphanum = ALPHA | DIGIT;
// mark = "-" / "_" / "." / "!" / "~" / "*" / "'" / "(" / ")"
inline const auto mark =
    char_('-') | char_('_') | char_('.') | char_('!') | char_('~') | char_('*') | char_('\'') | char_('(') | char_(')');
// unreserved = alphanum / mark
inline const auto unreserved = alphanum | mark;
// reserved = ";" / "/" / "?" / ":" / "@" / "&" / "=" / "+" / "$" / ","
inline const auto reserved = char_(';') | char_('/') | char_('?') | char_(':') | char_('@') | char_('&') | char_('=') |
                             char_('+') | char_('$') | char_(',');
// escaped = "%" HEXDIG HEXDIG
inline const auto escaped = char_('%') >> HEXDIG >> HEXDIG;

// Reason-Phrase = *(reserved / unreserved / escaped
//               / UTF8-NONASCII / UTF8-CONT / SP / HTAB)
inline const auto Reason_Phrase = *(reserved | unreserved | escaped | UTF8_NONASCII | UTF8_CONT | SP | HTAB);

// extension-code = 3DIGIT
inline const auto extension_code = repeat(3)[DIGIT];
// Status-Code = Informational / Redirection / Success / Client-Error / Server-Error / Global-Failure / extension-code
// All the others are lists of codes, each of which is an extension-code as well.
inline const auto Status_Code = extension_code;

// SIP-Version = "SIP" "/" 1*DIGIT "." 1*DIGIT
inline const auto SIP = (char_('S') | char_('s')) >> (char_('I') | char_('i')) >> (char_('P') | char_('p'));
inline const auto SIP_Version = SIP >> char_('/') >> +DIGIT >> char_('.') >> +DIGIT;

// Status-Line = SIP-Version SP Status-Code SP Reason-Phrase CRLF
inline const auto Status_Line = SIP_Version >> SP >> Status_Code >> SP >> Reason_Phrase >> CRLF;

// What the text demands beyond the ABNF: the version is the literal "2.0" (section 7.1), and the first digit of the
// code has six values (section 7.2).
inline const auto version_and_class_of_the_text = SIP >> char_('/') >> char_('2') >> char_('.') >> char_('0') >> SP >>
                                                  char_('1', '6');

template <class Rule> bool matches_all(std::string_view octets, const Rule &rule) {
    const char *first = octets.data();
    const char *const last = first + octets.size();
    return x3::parse(first, last, x3::omit[rule]) && first == last;
}

// Whether the octets, from the first to the last, are a Status-Line of the ABNF.
inline bool is_status_line_of_the_abnf(std::string_view octets) {
    return matches_all(octets, Status_Line);
}

// Whether they are one that the text of the RFC allows too.
inline bool is_status_line(std::string_view octets) {
    return matches_all(octets, &version_and_class_of_the_text >> Status_Line);
}

} // namespace plain_grammar

#endif
