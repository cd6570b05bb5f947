#ifndef SIPSTATUS_TOLERANCE_HPP
#define SIPSTATUS_TOLERANCE_HPP

// The same Status-Line with the deviations that we name, and the verdicts. It reads every input that grammar.hpp is
// silent about, octet by octet, by the law in status_line.hpp; again X3 composes it.
//
// Where the law leaves a choice:
//   * An octet behind the limit that ends no line is line_too_long, whatever else is wrong with it; but the one behind
//     a CR is bad_line_end, since the limit is about what comes before the line end.
//   * An error that no mask could avoid comes before not_tolerated at the same octet; that before line_too_long where
//     the octet still stands within the limit, but the shortest end behind it would not.
//   * Where one octet makes several deviations certain, not_tolerated names the first that is refused, in the order of
//     status_line.def.
//   * An octet that breaks an escape or a UTF-8 sequence is then read afresh: it may deviate once more, or begin
//     another escape or sequence.
//   * not_utf8 is an octet that UTF8-NONASCII or UTF8-CONT lets pass and RFC 3629 does not; bad_octet one that neither
//     does. One sequence may have both: E0 80 41 is overlong at the second octet and cut short at the third.
//   * Where the limit is below the shortest line, no input has a continuation in L: line_too_long at 0.

#include "grammar.hpp"
#include "octets.hpp"

#include <cstring>

namespace sipstatus::tolerance {

namespace x3 = boost::spirit::x3;

// Reads one line: the cursor, the result, and a step for each terminal. A step returns whether to read on; if not, the
// verdict is settled. Where the octets run out that is no more than false: a default result says incomplete.
class reader {
public:
    reader(parse_result &out, std::string_view octets, parse_options options) noexcept
        : view_(octets.data()), last_(view_ + octets.size()), at_(view_), options_(options), result_(out) {}

    // Before the first step, where the octets up to some place were read before: what was found there, and the steps
    // that are done, are taken over.

    // By a scanner: a head without deviation that is within the limit, and `clean` octets of the phrase that are plain,
    // or part of a character or an escape.
    void resume_in_phrase(std::uint32_t code, std::size_t clean) noexcept {
        line_ = view_;
        code_ = static_cast<int>(code);
        phrase_ = line_ + grammar::head_size;
        const auto most = options_.limit - grammar::head_size;
        at_ = start_of_pending(phrase_ + (clean < most ? clean : most));
        done_ = part::separator_after_code;
    }

    // By a reader of fewer octets, whose verdict was incomplete.
    void resume(const parse_result &previous) noexcept {
        const status_line &line = previous.line;
        result_.leading_crlfs = previous.leading_crlfs;
        at_ += 2 * previous.leading_crlfs;
        if (line.version.empty()) return;
        line_ = at_;
        result_.line.deviations = line.deviations;
        at_ += line.phrase.data() - line.version.data();
        if (line.code != status{}) {
            code_ = to_int(line.code);
            phrase_ = at_;
            at_ = start_of_pending(at_ + line.phrase.size());
            done_ = part::separator_after_code;
        } else {
            // To before the digits that were read of the code; what stands there is the version or a blank.
            while (octets::is_digit(at_[-1]) && at_ - line_ > version_size) --at_;
            done_ = at_ - line_ > version_size ? part::first_separator : part::version;
        }
    }

    bool leading_crlfs() noexcept {
        if (done_ >= part::version) return true;
        if (options_.limit < sizeof "SIP/2.0" + needed_for_code()) return settle(outcome::line_too_long);
        while (at_ != last_ && *at_ == '\r') {
            ++at_;
            if (at_ == last_) return false;
            if (*at_ != '\n') return fail(outcome::not_status_line);
            ++at_;
            ++result_.leading_crlfs;
        }
        line_ = at_;
        return true;
    }

    bool version() noexcept {
        if (done_ >= part::version) return true;
        constexpr std::string_view expected = "SIP/2.0";
        for (std::size_t n = 0; n < expected.size(); ++n, ++at_) {
            if (at_ == last_) return false;
            if (*at_ == expected[n]) continue;
            if (n >= sizeof "SIP/" - 1) return fail(outcome::unsupported_version);
            if (*at_ != tables::lower(expected[n])) return fail(outcome::not_status_line);
            if (!note(deviation::version_case)) return false;
        }
        return true;
    }

    bool separator_before_code() noexcept {
        if (done_ >= part::separator_after_code) return true;
        if (done_ != part::first_separator) {
            if (at_ == last_) return false;
            if (octets::is_digit(*at_) || *at_ == '.') return fail(outcome::unsupported_version);
            if (!is_blank(*at_)) return fail(outcome::bad_separator);
            if (*at_ == '\t' && !note(deviation::tab_separator)) return false;
            ++at_;
        }
        for (; at_ != last_ && is_blank(*at_); ++at_) {
            const deviations found = deviation::repeated_separator;
            if (!note(*at_ == '\t' ? found | deviation::tab_separator : found)) return false;
            if (!fits(needed_for_code())) return fail(outcome::line_too_long);
        }
        return true;
    }

    bool code() noexcept {
        if (done_ >= part::separator_after_code) return true;
        for (int n = 0; n < 3; ++n, ++at_) {
            if (at_ == last_) return false;
            if (!octets::is_digit(*at_)) return fail(outcome::bad_code);
            if (n == 0 && (*at_ < '1' || *at_ > '6')) return fail(outcome::undefined_class);
            code_ = 10 * code_ + (*at_ - '0');
        }
        return true;
    }

    bool separator_after_code() noexcept {
        if (done_ >= part::separator_after_code) return true;
        if (at_ == last_) return false;
        if (is_line_end(*at_)) {
            if (!note(deviation::missing_separator)) return false;
        } else {
            if (!fits(0)) return fail(outcome::line_too_long);
            if (octets::is_digit(*at_)) return fail(outcome::bad_code);
            if (!is_blank(*at_)) return fail(outcome::bad_separator);
            if (*at_ == '\t' && !note(deviation::tab_separator)) return false;
            ++at_;
        }
        phrase_ = phrase_end_ = at_;
        return true;
    }

    bool phrase() noexcept {
        unsigned escape = 0;   // hexadecimal digits still wanted
        unsigned sequence = 0; // continuation octets still wanted
        char lead = 0;         // of the sequence, as long as its second octet is the next
        for (;; ++at_) {
            if (escape == 0 && sequence == 0) skip_plain();
            phrase_end_ = at_;
            if (at_ == last_) return false;
            const auto kind = octets::kind_of(*at_);
            const bool ends = kind == octets::kind::line_end;
            if (!ends && !fits(0)) return fail(outcome::line_too_long);

            if (escape != 0 && octets::is_hexdig(*at_)) {
                --escape;
                continue;
            }
            if (sequence != 0 && kind == octets::kind::continuation) {
                if (!octets::is_utf8_second(lead, *at_) && !note(deviation::not_utf8)) return false;
                lead = 0;
                --sequence;
                continue;
            }
            deviations found = deviation_of(*at_, kind);
            if (escape != 0) found |= deviation::bad_escape;
            if (sequence != 0) found |= deviation::bad_octet;
            if (!found.empty() && !note(found)) return false;
            if (ends) return true;

            escape = kind == octets::kind::percent ? 2 : 0;
            sequence = kind == octets::kind::lead ? octets::continuations_behind(*at_) : 0;
            lead = *at_;
            if (refuses(deviation::bad_escape) && !fits(escape)) return fail(outcome::line_too_long);
            if (refuses(deviation::bad_octet) && !fits(sequence)) return fail(outcome::line_too_long);
        }
    }

    bool line_end() noexcept {
        if (*at_ == '\n') {
            if (!note(deviation::bare_lf)) return false;
        } else {
            ++at_;
            if (at_ == last_) return false;
            if (*at_ != '\n') return fail(outcome::bad_line_end);
        }
        ++at_;
        return settle(outcome::ok);
    }

    // Tells the result of the line, once a step has settled the verdict.
    void finish() noexcept {
        status_line &line = result_.line;
        if (is_error(result_.outcome)) {
            line.deviations = {};
            return;
        }
        if (line_ == nullptr) return;
        // Until they were all read, the version's view is empty, and stands where the line begins.
        line.version = {line_, static_cast<std::size_t>(at_ - line_ < version_size ? 0 : version_size)};
        if (phrase_ != nullptr)
            line.code = static_cast<status>(code_);
        else
            phrase_ = phrase_end_ = at_;
        line.phrase = {phrase_, static_cast<std::size_t>(phrase_end_ - phrase_)};
        if (result_.outcome == outcome::ok) {
            line.kind = classify_reason(line.code, line.phrase);
            result_.consumed = static_cast<std::size_t>(at_ - view_);
        }
    }

private:
    static constexpr std::ptrdiff_t version_size = sizeof "SIP/2.0" - 1;

    // The parts of a line that were read before this reader began, each with all before it.
    enum class part : std::uint8_t { nothing, version, first_separator, separator_after_code };

    static bool is_blank(char octet) noexcept { return octet == ' ' || octet == '\t'; }
    static bool is_line_end(char octet) noexcept { return octet == '\r' || octet == '\n'; }

    static deviations deviation_of(char octet, octets::kind kind) noexcept {
        switch (kind) {
        case octets::kind::plain:
        case octets::kind::line_end:
        case octets::kind::percent: break;
        case octets::kind::control: return deviation::control_octet;
        case octets::kind::delimiter: return deviation::delimiter_octet;
        case octets::kind::continuation:
        case octets::kind::lead: return octets::is_utf8_lead(octet) ? deviations{} : deviation::not_utf8;
        case octets::kind::never: return deviation::bad_octet;
        }
        return {};
    }

    // Where the escape or the sequence begins that the octets of the phrase before `end` leave open; `end` if none is.
    // A last octet that may stand nowhere counts as open: a scanner looks at pairs, and has not seen it yet.
    const char *start_of_pending(const char *end) const noexcept {
        const auto behind = [this, end](std::ptrdiff_t back) { return end - phrase_ >= back ? end[-back] : ' '; };
        if (behind(1) == '%' || octets::kind_of(behind(1)) == octets::kind::never) return end - 1;
        if (behind(2) == '%' && octets::is_hexdig(behind(1))) return end - 2;
        std::ptrdiff_t back = 1;
        while (back < 5 && octets::is_continuation(behind(back))) ++back;
        const bool open = octets::kind_of(behind(back)) == octets::kind::lead &&
                          octets::continuations_behind(behind(back)) >= static_cast<unsigned>(back);
        return open ? end - back : end;
    }

    // Over octets that change nothing.
    void skip_plain() noexcept {
        const auto left = static_cast<std::size_t>(last_ - at_);
        const auto room = options_.limit - static_cast<std::size_t>(at_ - line_);
        const char *const stop = at_ + (left < room ? left : room);
        while (at_ != stop && octets::kind_of(*at_) == octets::kind::plain) ++at_;
    }

    bool refuses(deviation d) const noexcept { return !options_.tolerated.contains(d); }

    // The octets that must still come behind the separator: the code, and what it takes to be allowed to end there.
    std::size_t needed_for_code() const noexcept { return refuses(deviation::missing_separator) ? 4 : 3; }

    // Whether the limit has room for the octet at the cursor and `more` behind it.
    bool fits(std::size_t more) const noexcept {
        return static_cast<std::size_t>(at_ - line_) + 1 + more <= options_.limit;
    }

    bool settle(outcome verdict) noexcept {
        result_.outcome = verdict;
        return false;
    }
    bool fail(outcome error) noexcept {
        result_.offset = static_cast<std::size_t>(at_ - view_);
        return settle(error);
    }

    // Notes what the octet at the cursor makes certain.
    bool note(deviations found) noexcept {
        result_.line.deviations |= found;
        const unsigned refused = (found - options_.tolerated).bits();
        if (refused == 0) return true;
        result_.refused = static_cast<deviation>(__builtin_ctz(refused));
        return fail(outcome::not_tolerated);
    }

    const char *const view_;
    const char *const last_;
    const char *at_;
    const char *line_ = nullptr;   // where leading CRLFs end
    const char *phrase_ = nullptr; // where the separator behind the code ends
    const char *phrase_end_ = nullptr;
    const parse_options options_;
    part done_ = part::nothing;
    int code_ = 0;
    parse_result &result_;
};

// ---- Terminals: the reader's steps

template <bool (reader::*Step)() noexcept> struct step : x3::parser<step<Step>> {
    using attribute_type = x3::unused_type;
    static constexpr bool has_attribute = false;

    template <class Iterator, class Context, class Attribute>
    bool parse(Iterator &, const Iterator &, const Context &context, x3::unused_type, Attribute &) const noexcept {
        return (x3::get<reader>(context).*Step)();
    }
};

// RFC 3261 section 7.5: implementations processing SIP messages over streams ignore any CRLF before the start line.
inline constexpr step<&reader::leading_crlfs> Leading_CRLFs{};

// SIP-Version  =  "SIP" "/" 1*DIGIT "." 1*DIGIT       tolerated: version_case
inline constexpr step<&reader::version> SIP_Version{};

// SP                                                   tolerated: repeated_separator, tab_separator
inline constexpr step<&reader::separator_before_code> SP_Before_Code{};

// Status-Code  =  3DIGIT, the first of them 1 to 6
inline constexpr step<&reader::code> Status_Code{};

// SP                                                   tolerated: tab_separator, missing_separator
inline constexpr step<&reader::separator_after_code> SP_After_Code{};

// Reason-Phrase  =  *(reserved / unreserved / escaped / UTF8-NONASCII / UTF8-CONT / SP / HTAB)
//                                                      tolerated: control_octet, delimiter_octet, bad_escape,
//                                                                 bad_octet, not_utf8
inline constexpr step<&reader::phrase> Reason_Phrase{};

// CRLF                                                 tolerated: bare_lf
inline constexpr step<&reader::line_end> Line_End{};

// ---- The grammar

// Status-Line  =  SIP-Version SP Status-Code SP Reason-Phrase CRLF
inline constexpr auto Status_Line =
    Leading_CRLFs >> SIP_Version >> SP_Before_Code >> Status_Code >> SP_After_Code >> Reason_Phrase >> Line_End;

} // namespace sipstatus::tolerance

#endif
