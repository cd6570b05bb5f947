#ifndef SIPSTATUS_FIELD_GRAMMAR_HPP
#define SIPSTATUS_FIELD_GRAMMAR_HPP

// What the values of header fields are made of (RFC 3261 section 25.1), as terminals of Boost.Spirit X3. A terminal
// keeps what it reads as a view in the reading that X3's context carries: nothing is copied. Octets above 0x7F are
// taken as they are.

#include "x3.hpp"

#include <sipstatus/field_error.hpp>

namespace sipstatus::inline SIPSTATUS_ABI::field_grammar {

// What the terminals of one value share.
struct reading {
    const char *begin = nullptr;
    const char *failed = nullptr; // where the first error is
    field_error error = field_error::none;
    std::string_view name{};  // of the parameter at hand
    std::string_view value{}; // its value, between quotation marks if it is a quoted string
    bool has_value = false;

    // Notes an error that no other way of reading can mend.
    bool fail(const char *at, field_error why) noexcept {
        if (error == field_error::none) {
            error = why;
            failed = at;
        }
        return false;
    }
};

constexpr bool is_token_octet(char octet) noexcept {
    const char letter = static_cast<char>(octet | 0x20);
    if ((letter >= 'a' && letter <= 'z') || (octet >= '0' && octet <= '9')) return true;
    for (const char mark : std::string_view("-.!%*_+`'~"))
        if (octet == mark) return true;
    return false;
}

// token  =  1*(alphanum / "-" / "." / "!" / "%" / "*" / "_" / "+" / "`" / "'" / "~" )
inline std::string_view read_token(const char *&at, const char *last) noexcept {
    const char *const first = at;
    while (at != last && is_token_octet(*at)) ++at;
    return {first, static_cast<std::size_t>(at - first)};
}

// SWS  =  [LWS]
// LWS  =  [*WSP CRLF] 1*WSP
inline void skip_blanks(const char *&at, const char *last) noexcept {
    for (;;) {
        while (at != last && (*at == ' ' || *at == '\t')) ++at;
        const bool is_folded = last - at >= 3 && at[0] == '\r' && at[1] == '\n' && (at[2] == ' ' || at[2] == '\t');
        if (!is_folded) return;
        at += 3;
    }
}

// What follows a DQUOTE up to and with the next that is not escaped. The content is what stands before that.
//
// quoted-string  =  SWS DQUOTE *(qdtext / quoted-pair ) DQUOTE
// qdtext         =  LWS / %x21 / %x23-5B / %x5D-7E / UTF8-NONASCII
// quoted-pair    =  "\" (%x00-09 / %x0B-0C / %x0E-7F)
inline bool read_quoted(const char *&at, const char *last, reading &into) noexcept {
    const char *const first = at;
    for (; at != last; ++at) {
        if (*at == '"') {
            into.value = {first, static_cast<std::size_t>(at - first)};
            ++at;
            return true;
        }
        if (*at == '\r' || *at == '\n') {
            const char *fold = at;
            skip_blanks(fold, last);
            if (fold == at) return into.fail(at, field_error::not_closed);
            at = fold - 1;
        } else if (*at == '\\') {
            if (last - at < 2 || at[1] == '\r' || at[1] == '\n') return into.fail(at, field_error::not_closed);
            ++at;
        }
    }
    return into.fail(at, field_error::not_closed);
}

// A terminal that a function reads.
template <class Reading, bool (*Read)(const char *&, const char *, Reading &)>
struct terminal : x3::parser<terminal<Reading, Read>> {
    using attribute_type = x3::unused_type;
    static constexpr bool has_attribute = false;

    template <class Context, class Attribute>
    bool parse(const char *&first, const char *const &last, const Context &context, x3::unused_type,
               Attribute &) const noexcept {
        const char *at = first;
        if (!Read(at, last, x3::get<Reading>(context))) return false;
        first = at;
        return true;
    }
};

// A separator with blanks around it: EQUAL, SEMI, COMMA.
template <class Reading, char Mark> bool read_separator(const char *&at, const char *last, Reading &) noexcept {
    skip_blanks(at, last);
    if (at == last || *at != Mark) return false;
    ++at;
    skip_blanks(at, last);
    return true;
}

// The name of a parameter, which must follow its ";".
template <class Reading> bool read_name(const char *&at, const char *last, Reading &into) noexcept {
    into.name = read_token(at, last);
    into.value = {};
    into.has_value = false;
    if (into.name.empty()) return into.fail(at, field_error::bad_token);
    return true;
}

// gen-value  =  token / host / quoted-string
//               where a host that is no token is an IPv6reference
template <class Reading> bool read_value(const char *&at, const char *last, Reading &into) noexcept {
    into.has_value = true;
    if (at != last && *at == '"') return read_quoted(++at, last, into);
    const char *const first = at;
    if (at != last && *at == '[') {
        while (at != last && *at != ']' && (is_token_octet(*at) || *at == ':' || *at == '[')) ++at;
        if (at == last || *at != ']') return into.fail(at, field_error::bad_value);
        into.value = {first, static_cast<std::size_t>(++at - first)};
        return true;
    }
    into.value = read_token(at, last);
    if (into.value.empty()) return into.fail(at, field_error::bad_value);
    return true;
}

template <class Reading> inline constexpr terminal<Reading, read_separator<Reading, '='>> EQUAL{};
template <class Reading> inline constexpr terminal<Reading, read_separator<Reading, ';'>> SEMI{};
template <class Reading> inline constexpr terminal<Reading, read_separator<Reading, ','>> COMMA{};
template <class Reading> inline constexpr terminal<Reading, read_name<Reading>> Name{};
template <class Reading> inline constexpr terminal<Reading, read_value<Reading>> Value{};

// generic-param  =  token [ EQUAL gen-value ]
//                   After it, Take says what the parameter means, and may refuse it.
template <class Reading, bool (*Take)(const char *&, const char *, Reading &)>
inline constexpr auto Parameter = Name<Reading> >> -(EQUAL<Reading> >> Value<Reading>) >> terminal<Reading, Take>{};

// Whether the octets from `at` on are as the grammar says; `at` is then after them.
template <class Grammar, class Reading>
bool reads(const Grammar &grammar, const char *&at, const char *last, Reading &into) noexcept {
    const bool is_read = grammar.parse(at, last, x3::make_context<Reading>(into), x3::unused, x3::unused);
    return is_read && into.error == field_error::none;
}

// A number of decimal digits, at most `most`; false if it is none or larger.
inline bool read_number(std::string_view digits, std::uint64_t most, std::uint64_t &number) noexcept {
    number = 0;
    for (const char digit : digits) {
        if (digit < '0' || digit > '9') return false;
        number = number * 10 + static_cast<unsigned>(digit - '0');
        if (number > most) return false;
    }
    return !digits.empty();
}

} // namespace sipstatus::inline SIPSTATUS_ABI::field_grammar

#endif
