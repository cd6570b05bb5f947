#ifndef SIPSTATUS_KERNELS_LINE_READER_HPP
#define SIPSTATUS_KERNELS_LINE_READER_HPP

// One line by the grammar, with the scanner of an instruction set: the whole of each kernel.

#include "../tolerant_reader.hpp"
#include "grammar.hpp"

namespace sipstatus::inline SIPSTATUS_ABI::kernels {

inline constexpr std::size_t version_size = sizeof "SIP/2.0" - 1;

// Whether the octets from number `begin` on are as a part of the grammar says.
template <class Scanner, class Grammar>
[[gnu::always_inline]] inline bool reads(const Grammar &grammar, std::string_view octets, std::size_t begin,
                                         grammar::reading<Scanner> &line) noexcept {
    const char *at = octets.data() + begin;
    return grammar.parse(at, octets.data() + octets.size(), x3::make_context<grammar::reading<Scanner>>(line),
                         x3::unused, x3::unused);
}

template <class Scanner>
[[gnu::always_inline]] inline bool fits(const grammar::reading<Scanner> &line, parse_options options) noexcept {
    return grammar::head_size + line.phrase.size <= options.limit;
}

// Stores a line without deviation in `out`, a default result.
template <class Scanner>
[[gnu::always_inline]] inline void store(parse_result &out, const grammar::reading<Scanner> &line) noexcept {
    out.line.version = {line.line, version_size};
    out.line.code = static_cast<status>(line.head.code);
    out.line.phrase = {line.line + grammar::head_size, line.phrase.size};
    out.line.kind = line.phrase.kind;
    out.consumed = grammar::head_size + line.phrase.size + 2;
    out.outcome = outcome::ok;
}

// Reads a head with mismatches. It rejects obvious non-SIP here, so garbage is as cheap as a valid line: the first
// mismatch may be an error that no mask could avoid. The tolerant reader settles the rest. It could settle all; tests
// hold the two together.
template <class Scanner>
[[gnu::noinline]] void read_head(parse_result &out, std::string_view octets, parse_options options,
                                 std::uint32_t mismatches) noexcept {
    const auto at = static_cast<std::size_t>(__builtin_ctz(mismatches));
    const auto octet = static_cast<unsigned char>(octets.data()[at]);
    const bool digit = static_cast<unsigned>(octet - '0') < 10;
    const bool blank_or_line_end = octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
    const bool letter_of_other_case = at < 3 && (octet | 0x20) == "sip"[at];
    if (blank_or_line_end || letter_of_other_case || options.limit < grammar::head_size)
        return tolerant_reader::read(out, octets, options);
    out.offset = at;
    if (at < 4)
        out.outcome = outcome::not_status_line;
    else if (at < 7)
        out.outcome = outcome::unsupported_version;
    else if (at == 7)
        out.outcome = digit || octet == '.' ? outcome::unsupported_version : outcome::bad_separator;
    else if (at == 8)
        out.outcome = digit ? outcome::undefined_class : outcome::bad_code;
    else
        out.outcome = at < 11 || digit ? outcome::bad_code : outcome::bad_separator;
}

// Read what follows the head of a line: a short phrase, then any phrase, then the tolerant reader. Each calls the next
// in its last step, so none saves registers for the others.
template <class Scanner>
[[gnu::noinline]] void read_tail(parse_result &out, std::string_view octets, parse_options options,
                                 std::uint32_t code) noexcept {
    grammar::reading<Scanner> line{octets.data(), {0, code}};
    if (!reads(grammar::Reason_Phrase_CRLF<Scanner>, octets, grammar::head_size, line) || !fits(line, options))
        [[unlikely]]
        return tolerant_reader::read_after(out, octets, options, {code, tolerant_reader::as_clean(line.phrase.size)});
    store(out, line);
}

template <class Scanner>
[[gnu::noinline]] void read_short_tail(parse_result &out, std::string_view octets, parse_options options,
                                       std::uint32_t code) noexcept {
    if constexpr (Scanner::has_short_route) {
        grammar::reading<Scanner> line{octets.data(), {0, code}};
        if (reads(grammar::Short_Phrase_CRLF<Scanner>, octets, grammar::head_size, line) && fits(line, options))
            return store(out, line);
    }
    read_tail<Scanner>(out, octets, options, code);
}

// Reads an input that is shorter than a match looks.
template <class Scanner>
[[gnu::noinline]] void read_small(parse_result &out, std::string_view octets, parse_options options) noexcept {
    if (octets.size() < grammar::look_size) return tolerant_reader::read(out, octets, options);
    const grammar::head head = Scanner::look(octets.data());
    if (head.mismatches != 0) return read_head<Scanner>(out, octets, options, head.mismatches);
    return read_short_tail<Scanner>(out, octets, options, head.code);
}

// Reads one line. It tries the canonical phrase first, which most lines have.
template <class Scanner>
[[gnu::always_inline]] inline void read_line(parse_result &out, std::string_view octets,
                                             parse_options options) noexcept {
    if (octets.size() < grammar::head_size + Scanner::match_size) [[unlikely]]
        return read_small<Scanner>(out, octets, options);
    grammar::reading<Scanner> line{octets.data(), Scanner::look(octets.data())};
    if (!reads(grammar::Clean_Status_Line<Scanner>, octets, 0, line) || !fits(line, options)) {
        if (line.head.mismatches != 0) return read_head<Scanner>(out, octets, options, line.head.mismatches);
        if constexpr (Scanner::has_short_route) {
            if (line.phrase.size != grammar::unseen)
                return read_short_tail<Scanner>(out, octets, options, line.head.code);
        }
        return read_tail<Scanner>(out, octets, options, line.head.code);
    }
    store(out, line);
}

} // namespace sipstatus::inline SIPSTATUS_ABI::kernels

#endif
