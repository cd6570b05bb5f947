// The Status-Line of RFC 3261 section 25.1 with the deviations that we name, composed by Boost.Spirit X3. Each terminal
// stands under its ABNF line; the grammar stands at the end.
//
// Where the law leaves a choice:
//   * An octet beyond the limit that does not end the line is line_too_long, whatever else is wrong with it. The octet
//     after a CR is bad_line_end instead: the limit is about what comes before the line end.
//   * An error that no mask could avoid comes before not_tolerated at the same octet. not_tolerated comes before
//     line_too_long where the octet itself is within the limit, but the shortest end after it would not be.
//   * If one octet makes several deviations certain, not_tolerated names the first refused one, in the order of
//     status_line.def.
//   * An octet that breaks an escape or a UTF-8 sequence is then read afresh. It may deviate once more, or begin a new
//     escape or sequence.
//   * not_utf8 is an octet that UTF8-NONASCII or UTF8-CONT allows and RFC 3629 does not. bad_octet is one that neither
//     allows. One sequence may have both: E0 80 41 is overlong at the second octet and cut short at the third.
//   * If the limit is below the shortest line, no input can become a line: line_too_long at 0.

#include "tolerant_reader.hpp"

#include "octets.hpp"
#include "x3.hpp"

namespace sipstatus::inline SIPSTATUS_ABI::tolerant_reader {
namespace {

// ---- What the terminals of one line share

constexpr std::ptrdiff_t version_size = sizeof "SIP/2.0" - 1;
constexpr std::ptrdiff_t head_size = sizeof "SIP/2.0 200 " - 1;

// The terminals, in the order of the grammar.
enum class part : std::uint8_t {
    leading_crlfs,
    version,
    separator,
    more_separators,
    code,
    code_separator,
    phrase,
    end
};

bool is_line_end(char octet) noexcept {
    return octet == '\r' || octet == '\n';
}

// A terminal gets its place in the octets from X3, and moves it on. It returns whether the next terminal is to read on.
// If not, it has settled an error, or the octets ran out: a default result says incomplete.
struct reading {
    const char *const view;
    const parse_options options;
    parse_result &result;
    part begin = part::leading_crlfs; // the terminals before this one have nothing to read
    const char *line = nullptr;       // its first octet, once the leading CRLFs are read
    const char *phrase = nullptr;     // its first octet, once the separator after the code is read
    const char *phrase_end = nullptr; // once the phrase is read
    unsigned code = 0;

    // Whether the octets ran out, and more may follow.
    bool starves(const char *at, const char *last) const noexcept { return at == last && !options.whole_input; }

    bool refuses(deviation which) const noexcept { return !options.tolerated.contains(which); }

    // Whether the limit has room for the octet at `at` and `more` after it.
    bool fits(const char *at, std::size_t more = 0) const noexcept {
        return static_cast<std::size_t>(at - line) + 1 + more <= options.limit;
    }

    // The octets that must follow the separator before a line may end: the code, and its own separator.
    std::size_t needed_for_code() const noexcept { return refuses(deviation::missing_separator) ? 4 : 3; }

    bool fail(outcome error, const char *at) noexcept {
        result.outcome = error;
        result.offset = static_cast<std::size_t>(at - view);
        return false;
    }

    // Notes what the octet at `at` makes certain.
    bool note(deviations certain, const char *at) noexcept {
        result.line.deviations |= certain;
        const unsigned refused = (certain - options.tolerated).bits();
        if (refused == 0) return true;
        result.refused = static_cast<deviation>(__builtin_ctz(refused));
        return fail(outcome::not_tolerated, at);
    }
};

template <class Terminal, part Part> struct terminal : x3::parser<Terminal> {
    using attribute_type = x3::unused_type;
    static constexpr bool has_attribute = false;

    template <class Context, class Attribute>
    bool parse(const char *&first, const char *const &last, const Context &context, x3::unused_type,
               Attribute &) const noexcept {
        auto &line = x3::get<reading>(context);
        return Part < line.begin || Terminal::read(first, last, line);
    }
};

// ---- Terminals

// RFC 3261 section 7.5: implementations processing SIP messages over streams ignore any CRLF before the start line.
constexpr struct Leading_CRLFs_ : terminal<Leading_CRLFs_, part::leading_crlfs> {
    static bool read(const char *&first, const char *last, reading &line) noexcept {
        const std::size_t shortest = version_size + 1 + line.needed_for_code();
        if (line.options.limit < shortest) return line.fail(outcome::line_too_long, line.view);
        while (first != last && *first == '\r') {
            if (first + 1 == last) return false;
            if (first[1] != '\n') return line.fail(outcome::not_status_line, first + 1);
            first += 2;
            ++line.result.leading_crlfs;
        }
        line.line = first;
        return true;
    }
} Leading_CRLFs;

// SIP-Version  =  "SIP" "/" 1*DIGIT "." 1*DIGIT
//                 where section 7.1 allows "SIP/2.0" alone; tolerated: version_case
constexpr struct SIP_Version_ : terminal<SIP_Version_, part::version> {
    static bool read(const char *&first, const char *last, reading &line) noexcept {
        constexpr std::string_view expected = "SIP/2.0";
        for (std::size_t n = 0; n < expected.size(); ++n, ++first) {
            if (first == last) return false;
            if (*first == expected[n]) continue;
            if (n >= sizeof "SIP/" - 1) return line.fail(outcome::unsupported_version, first);
            if (*first != tables::lower(expected[n])) return line.fail(outcome::not_status_line, first);
            if (!line.note(deviation::version_case, first)) return false;
        }
        return true;
    }
} SIP_Version;

// SP           tolerated: tab_separator
constexpr struct SP_Before_Code_ : terminal<SP_Before_Code_, part::separator> {
    static bool read(const char *&first, const char *last, reading &line) noexcept {
        if (first == last) return false;
        if (octets::is_digit(*first) || *first == '.') return line.fail(outcome::unsupported_version, first);
        if (!octets::is_blank(*first)) return line.fail(outcome::bad_separator, first);
        if (*first == '\t' && !line.note(deviation::tab_separator, first)) return false;
        ++first;
        return true;
    }
} SP_Before_Code;

// *(SP / HTAB) not in the RFC; tolerated: repeated_separator, tab_separator
constexpr struct More_Separators_ : terminal<More_Separators_, part::more_separators> {
    static bool read(const char *&first, const char *last, reading &line) noexcept {
        for (; first != last && octets::is_blank(*first); ++first) {
            const deviations certain = deviation::repeated_separator;
            if (!line.note(*first == '\t' ? certain | deviation::tab_separator : certain, first)) return false;
            if (!line.fits(first, line.needed_for_code())) return line.fail(outcome::line_too_long, first);
        }
        return true;
    }
} More_Separators;

// Status-Code  =  3DIGIT
//                 where section 7.2 allows 1 to 6 as the first digit
constexpr struct Status_Code_ : terminal<Status_Code_, part::code> {
    static bool read(const char *&first, const char *last, reading &line) noexcept {
        for (int n = 0; n < 3; ++n, ++first) {
            if (first == last) return false;
            if (!octets::is_digit(*first)) return line.fail(outcome::bad_code, first);
            if (n == 0 && (*first < '1' || *first > '6')) return line.fail(outcome::undefined_class, first);
            line.code = 10 * line.code + static_cast<unsigned>(*first - '0');
        }
        return true;
    }
} Status_Code;

// SP           tolerated: tab_separator, missing_separator
constexpr struct SP_After_Code_ : terminal<SP_After_Code_, part::code_separator> {
    static bool read(const char *&first, const char *last, reading &line) noexcept {
        if (line.starves(first, last)) return false;
        if (first == last || is_line_end(*first)) {
            if (!line.note(deviation::missing_separator, first)) return false;
        } else {
            if (!line.fits(first)) return line.fail(outcome::line_too_long, first);
            if (octets::is_digit(*first)) return line.fail(outcome::bad_code, first);
            if (!octets::is_blank(*first)) return line.fail(outcome::bad_separator, first);
            if (*first == '\t' && !line.note(deviation::tab_separator, first)) return false;
            ++first;
        }
        line.phrase = first;
        return true;
    }
} SP_After_Code;

// Reason-Phrase  =  *(reserved / unreserved / escaped / UTF8-NONASCII / UTF8-CONT / SP / HTAB)
//                   tolerated: control_octet, delimiter_octet, bad_escape, bad_octet, not_utf8
constexpr struct Reason_Phrase_ : terminal<Reason_Phrase_, part::phrase> {
    static bool read(const char *&first, const char *last, reading &line) noexcept {
        unsigned escape = 0;   // hexadecimal digits still wanted
        unsigned sequence = 0; // continuation octets still wanted
        char lead = 0;         // of the sequence, while its second octet is the next
        for (;; ++first) {
            if (escape == 0 && sequence == 0) first = after_plain(first, last, line);
            if (line.starves(first, last)) return false;
            const auto kind = first == last ? octets::kind::line_end : octets::kind_of(*first);
            const bool ends = kind == octets::kind::line_end;
            if (!ends && !line.fits(first)) return line.fail(outcome::line_too_long, first);

            if (escape != 0 && !ends && octets::is_hexdig(*first)) {
                --escape;
                continue;
            }
            if (sequence != 0 && kind == octets::kind::continuation) {
                if (!octets::is_utf8_second(lead, *first) && !line.note(deviation::not_utf8, first)) return false;
                lead = 0;
                --sequence;
                continue;
            }
            deviations certain = deviation_of(first, kind);
            if (escape != 0) certain |= deviation::bad_escape;
            if (sequence != 0) certain |= deviation::bad_octet;
            if (!certain.empty() && !line.note(certain, first)) return false;
            if (ends) break;

            escape = kind == octets::kind::percent ? 2 : 0;
            sequence = kind == octets::kind::lead ? octets::continuations_after(*first) : 0;
            lead = *first;
            if (line.refuses(deviation::bad_escape) && !line.fits(first, escape))
                return line.fail(outcome::line_too_long, first);
            if (line.refuses(deviation::bad_octet) && !line.fits(first, sequence))
                return line.fail(outcome::line_too_long, first);
        }
        line.phrase_end = first;
        return true;
    }

private:
    // Skips octets that change nothing, as far as the limit allows.
    static const char *after_plain(const char *first, const char *last, const reading &line) noexcept {
        const auto left = static_cast<std::size_t>(last - first);
        const auto room = line.options.limit - static_cast<std::size_t>(first - line.line);
        const char *const stop = first + (left < room ? left : room);
        while (first != stop && octets::kind_of(*first) == octets::kind::plain) ++first;
        return first;
    }

    // Of the octet at `first`, which need not be there for the end of a line.
    static deviations deviation_of(const char *first, octets::kind kind) noexcept {
        switch (kind) {
        case octets::kind::plain:
        case octets::kind::line_end:
        case octets::kind::percent: break;
        case octets::kind::control: return deviation::control_octet;
        case octets::kind::delimiter: return deviation::delimiter_octet;
        case octets::kind::continuation:
        case octets::kind::lead: return octets::is_utf8_lead(*first) ? deviations{} : deviation::not_utf8;
        case octets::kind::never: return deviation::bad_octet;
        }
        return {};
    }
} Reason_Phrase;

// CRLF  =  CR LF          tolerated: bare_lf; in a whole input, missing_line_end
constexpr struct CRLF_ : terminal<CRLF_, part::end> {
    static bool read(const char *&first, const char *last, reading &line) noexcept {
        const char *const end = first;
        if (first != last && *first == '\r') ++first;
        if (line.starves(first, last)) return false;
        if (first == last) return line.note(deviation::missing_line_end, end);
        if (*first != '\n') return line.fail(outcome::bad_line_end, first);
        if (first == end && !line.note(deviation::bare_lf, first)) return false;
        ++first;
        return true;
    }
} CRLF;

// ---- The grammar

// Status-Line  =  SIP-Version SP Status-Code SP Reason-Phrase CRLF
constexpr auto Tolerant_Status_Line = Leading_CRLFs >> SIP_Version >> SP_Before_Code >> More_Separators >>
                                      Status_Code >> SP_After_Code >> Reason_Phrase >> CRLF;

// ---- One line by the grammar

void read_line(reading &line, const char *first, const char *last) noexcept {
    const auto context = x3::make_context<reading>(line);
    const bool complete = Tolerant_Status_Line.parse(first, last, context, x3::unused, x3::unused);
    parse_result &result = line.result;
    if (complete) result.outcome = outcome::ok;
    if (is_error(result.outcome)) {
        result.line.deviations = {};
        return;
    }
    if (line.line == nullptr) return;
    // Of an incomplete line all octets were read. Until the version is whole its view is empty, at the line's begin.
    const char *const phrase_end = line.phrase_end != nullptr ? line.phrase_end : last;
    result.line.version = {line.line, static_cast<std::size_t>(last - line.line < version_size ? 0 : version_size)};
    if (line.phrase != nullptr) result.line.code = static_cast<status>(line.code);
    const char *const phrase = line.phrase != nullptr ? line.phrase : phrase_end;
    result.line.phrase = {phrase, static_cast<std::size_t>(phrase_end - phrase)};
    if (complete) {
        result.line.kind = classify_reason(result.line.code, result.line.phrase);
        result.consumed = static_cast<std::size_t>(first - line.view);
    }
}

// Where the escape or the sequence begins that the octets of the phrase before `end` leave open; `end` if none is open.
// A last octet that may stand nowhere counts as open: a scanner looks at pairs, and has not seen it yet.
const char *begin_of_open(const char *phrase, const char *end) noexcept {
    const auto before = [phrase, end](std::ptrdiff_t back) { return end - phrase >= back ? end[-back] : ' '; };
    if (before(1) == '%' || octets::kind_of(before(1)) == octets::kind::never) return end - 1;
    if (before(2) == '%' && octets::is_hexdig(before(1))) return end - 2;
    std::ptrdiff_t back = 1;
    while (back < 5 && octets::is_continuation(before(back))) ++back;
    const bool open = octets::kind_of(before(back)) == octets::kind::lead &&
                      octets::continuations_after(before(back)) >= static_cast<unsigned>(back);
    return open ? end - back : end;
}

// Goes on within a phrase, of which the octets before `end` were read; returns where.
const char *go_on_in_phrase(reading &line, unsigned code, const char *phrase, const char *end) noexcept {
    line.begin = part::phrase;
    line.code = code;
    line.phrase = phrase;
    return begin_of_open(phrase, end);
}

} // namespace

void read(parse_result &out, std::string_view octets, parse_options options) noexcept {
    reading line{octets.data(), options, out};
    read_line(line, octets.data(), octets.data() + octets.size());
}

void read_after(parse_result &out, std::string_view octets, parse_options options, clean_part clean) noexcept {
    if (options.limit < head_size) return read(out, octets, options);
    const char *const phrase = octets.data() + head_size;
    const auto most = options.limit - head_size;
    reading line{octets.data(), options, out};
    line.line = octets.data();
    const char *const first =
        go_on_in_phrase(line, clean.code, phrase, phrase + (clean.phrase < most ? clean.phrase : most));
    read_line(line, first, octets.data() + octets.size());
}

void resume(parse_result &out, const parse_result &previous, std::string_view octets, parse_options options) noexcept {
    out.leading_crlfs = previous.leading_crlfs;
    reading line{octets.data(), options, out};
    const char *first = octets.data() + 2 * previous.leading_crlfs;
    if (const status_line &known = previous.line; !known.version.empty()) {
        line.line = first;
        out.line.deviations = known.deviations;
        first += known.phrase.data() - known.version.data();
        if (known.code != status{}) {
            first =
                go_on_in_phrase(line, static_cast<unsigned>(to_int(known.code)), first, first + known.phrase.size());
        } else {
            // Back to before the digits of the code. There stands the version or a blank.
            while (octets::is_digit(first[-1]) && first - line.line > version_size) --first;
            line.begin = first - line.line > version_size ? part::more_separators : part::separator;
        }
    }
    read_line(line, first, octets.data() + octets.size());
}

reason_kind kind_of_phrase(std::uint32_t code, const char *first, std::size_t size) noexcept {
    return classify_reason(static_cast<status>(code), {first, size});
}

} // namespace sipstatus::inline SIPSTATUS_ABI::tolerant_reader
