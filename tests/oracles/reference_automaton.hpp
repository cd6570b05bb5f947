#ifndef SIPSTATUS_TESTS_REFERENCE_AUTOMATON_HPP
#define SIPSTATUS_TESTS_REFERENCE_AUTOMATON_HPP

// The law of status_line.hpp once more, octet by octet and as plainly as it can be written: what goes in is one octet
// after the other, what comes out is the verdict on all of them so far. The tests hold the parser against it. It
// shares the parser's types and none of its code.

#include <sipstatus/status_line.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

class reference_automaton {
public:
    explicit reference_automaton(sipstatus::parse_options options = {}) : options_(options) {
        first_.fill(sipstatus::npos);
        if (options_.limit < shortest_line()) fail(sipstatus::outcome::line_too_long, 0);
    }

    // Whether the verdict is final: no octet changes it any more.
    bool decided() const { return verdict_ != sipstatus::outcome::incomplete; }

    void feed(unsigned char octet) {
        if (decided()) return;
        const std::size_t at = read_++;
        if (part_ == part::before_line || part_ == part::leading_cr) {
            leading(octet, at);
            if (decided() || part_ != part::version) return;
        }
        position_ = at - line_begin();
        if (position_ == options_.limit && part_ != part::line_end && octet != '\r' && octet != '\n')
            return fail(sipstatus::outcome::line_too_long, at);

        certain_ = {};
        if (const auto error = line_octet(octet)) return fail(*error, at);
        if (!certain_.empty() && !note_certain()) return fail(sipstatus::outcome::not_tolerated, at);

        if (part_ == part::done)
            verdict_ = sipstatus::outcome::ok;
        else if (part_ != part::line_end && position_ + 1 + octets_before_a_line_end() > options_.limit)
            fail(sipstatus::outcome::line_too_long, at);
    }

    // The input ends here. Call it after the last octet; it matters where the options say that the input is whole.
    void end() {
        if (decided() || !options_.whole_input || part_ < part::separator_after_code) return;
        certain_ = deviation::missing_line_end;
        position_ = part_ == part::line_end ? phrase_end_ : read_ - line_begin();
        if (part_ == part::separator_after_code) {
            certain_ |= deviation::missing_separator;
            phrase_begin_ = position_;
        } else if (part_ == part::phrase && expects_ != expects::anything) {
            certain_ |= expects_ == expects::continuation ? deviation::bad_octet : deviation::bad_escape;
        }
        phrase_end_ = position_;
        part_ = part::done;
        if (!note_certain()) return fail(outcome::not_tolerated, line_begin() + position_);
        verdict_ = outcome::ok;
    }

    // What parse() is to say of the octets fed so far, given where they stand.
    sipstatus::parse_result result(const char *octets) const {
        sipstatus::parse_result expected;
        expected.outcome = verdict_;
        expected.leading_crlfs = leading_crlfs_;
        if (is_error(verdict_)) {
            expected.offset = offset_;
            expected.refused = refused_;
            return expected;
        }
        const char *const line = octets + line_begin();
        if (part_ > part::version) expected.line.version = {line, 7};
        if (part_ >= part::phrase) {
            expected.line.code = static_cast<sipstatus::status>(code_);
            const auto phrase_end = part_ == part::phrase ? read_ - line_begin() : phrase_end_;
            expected.line.phrase = {line + phrase_begin_, phrase_end - phrase_begin_};
        }
        expected.line.deviations = deviations_;
        if (verdict_ == sipstatus::outcome::ok) {
            expected.consumed = read_;
            expected.line.kind = sipstatus::classify_reason(expected.line.code, expected.line.phrase);
        }
        return expected;
    }

    // The first octet, from the line's first, at which the deviation was certain; npos if it is not.
    std::size_t deviation_offset(sipstatus::deviation which) const { return first_[static_cast<std::size_t>(which)]; }

    std::size_t line_begin() const { return 2 * leading_crlfs_; }

    static constexpr std::array<sipstatus::deviation, sipstatus::deviation_count> every_deviation() {
        return {
#define SIPSTATUS_DEVIATION(name, section, expected) sipstatus::deviation::name,
#include <sipstatus/status_line.def>
        };
    }

private:
    using outcome = sipstatus::outcome;
    using deviation = sipstatus::deviation;
    using verdict = std::optional<sipstatus::outcome>; // an error, or nothing

    enum class part {
        before_line,
        leading_cr,
        version,
        separator, // after "SIP/2.0", until the first digit
        code,
        separator_after_code,
        phrase,
        line_end, // after the CR
        done
    };
    enum class expects { anything, first_hexdig, second_hexdig, continuation };

    static bool is_digit(unsigned char octet) {
        return octet >= '0' && octet <= '9';
    }
    static bool is_hexdig(unsigned char octet) {
        return is_digit(octet) || (octet >= 'A' && octet <= 'F') || (octet >= 'a' && octet <= 'f');
    }
    static bool is_blank(unsigned char octet) {
        return octet == ' ' || octet == '\t';
    }
    static bool is_among(unsigned char octet, std::string_view set) {
        return set.find(static_cast<char>(octet)) != std::string_view::npos;
    }

    void fail(outcome error, std::size_t at) {
        verdict_ = error;
        offset_ = at;
    }

    // False, and refused_ set, where the mask does not tolerate what the octet at hand makes certain.
    bool note_certain() {
        for (const auto which : every_deviation())
            if (certain_.contains(which) && !options_.tolerated.contains(which)) {
                refused_ = which;
                return false;
            }
        for (const auto which : every_deviation())
            if (certain_.contains(which) && !deviations_.contains(which)) {
                first_[static_cast<std::size_t>(which)] = position_;
                deviations_ |= which;
            }
        return true;
    }

    // "SIP/2.0", SP, three digits, and SP where it may not be missing.
    std::size_t shortest_line() const {
        return 7 + 1 + 3 + separator_after_code();
    }
    std::size_t separator_after_code() const {
        return options_.tolerated.contains(deviation::missing_separator) ? 0 : 1;
    }

    // After the octet at hand: the fewest octets that must be read before a line end is acceptable.
    std::size_t octets_before_a_line_end() const {
        switch (part_) {
        case part::version: return 6 - position_ + 1 + 3 + separator_after_code();
        case part::separator: return (position_ == 6 ? 1u : 0u) + 3 + separator_after_code();
        case part::code: return 3 - digits_ + separator_after_code();
        case part::separator_after_code: return separator_after_code();
        case part::phrase: break;
        case part::before_line:
        case part::leading_cr:
        case part::line_end:
        case part::done: return 0;
        }
        switch (expects_) {
        case expects::anything: return 0;
        case expects::first_hexdig: return options_.tolerated.contains(deviation::bad_escape) ? 0 : 2;
        case expects::second_hexdig: return options_.tolerated.contains(deviation::bad_escape) ? 0 : 1;
        case expects::continuation: return options_.tolerated.contains(deviation::bad_octet) ? 0 : continuations_;
        }
        return 0;
    }

    void leading(unsigned char octet, std::size_t at) {
        if (part_ == part::leading_cr) {
            if (octet != '\n') return fail(outcome::not_status_line, at);
            ++leading_crlfs_;
            part_ = part::before_line;
        } else if (octet == '\r') {
            part_ = part::leading_cr;
        } else if (octet == '\n') {
            fail(outcome::not_status_line, at);
        } else {
            part_ = part::version;
        }
    }

    verdict line_octet(unsigned char octet) {
        switch (part_) {
        case part::version: return version_octet(octet);
        case part::separator: return separator_octet(octet);
        case part::code: return code_octet(octet);
        case part::separator_after_code: return separator_after_code_octet(octet);
        case part::phrase: phrase_octet(octet); return {};
        case part::line_end:
            if (octet != '\n') return outcome::bad_line_end;
            part_ = part::done;
            return {};
        case part::before_line:
        case part::leading_cr:
        case part::done: break;
        }
        return {};
    }

    verdict version_octet(unsigned char octet) {
        const unsigned char upper = static_cast<unsigned char>("SIP/2.0"[position_]);
        const unsigned char lower = static_cast<unsigned char>("sip/2.0"[position_]);
        if (octet != upper && octet != lower)
            return position_ <= 3 ? outcome::not_status_line : outcome::unsupported_version;
        if (octet != upper) certain_ |= deviation::version_case;
        if (position_ == 6) part_ = part::separator;
        return {};
    }

    verdict separator_octet(unsigned char octet) {
        if (position_ == 7) {
            if (is_digit(octet) || octet == '.') return outcome::unsupported_version;
            if (!is_blank(octet)) return outcome::bad_separator;
            if (octet == '\t') certain_ |= deviation::tab_separator;
            return {};
        }
        if (is_blank(octet)) {
            certain_ |= deviation::repeated_separator;
            if (octet == '\t') certain_ |= deviation::tab_separator;
            return {};
        }
        if (!is_digit(octet)) return outcome::bad_code;
        if (octet < '1' || octet > '6') return outcome::undefined_class;
        part_ = part::code;
        return code_octet(octet);
    }

    verdict code_octet(unsigned char octet) {
        if (!is_digit(octet)) return outcome::bad_code;
        code_ = code_ * 10 + (octet - '0');
        if (++digits_ == 3) part_ = part::separator_after_code;
        return {};
    }

    verdict separator_after_code_octet(unsigned char octet) {
        if (is_digit(octet)) return outcome::bad_code;
        if (is_blank(octet)) {
            if (octet == '\t') certain_ |= deviation::tab_separator;
            phrase_begin_ = position_ + 1;
            part_ = part::phrase;
            return {};
        }
        if (octet != '\r' && octet != '\n') return outcome::bad_separator;
        certain_ |= deviation::missing_separator;
        phrase_begin_ = position_;
        line_end_octet(octet);
        return {};
    }

    void phrase_octet(unsigned char octet) {
        if (expects_ == expects::continuation) {
            if (octet >= 0x80 && octet <= 0xBF) return continuation_octet(octet);
            certain_ |= deviation::bad_octet;
        } else if (expects_ != expects::anything) {
            if (is_hexdig(octet)) {
                expects_ = expects_ == expects::first_hexdig ? expects::second_hexdig : expects::anything;
                return;
            }
            certain_ |= deviation::bad_escape;
        }
        expects_ = expects::anything;
        if (octet == '\r' || octet == '\n') return line_end_octet(octet);
        if (octet >= 0x80) return lead_octet(octet);
        if (octet == '%')
            expects_ = expects::first_hexdig;
        else if ((octet < 0x20 && octet != '\t') || octet == 0x7F)
            certain_ |= deviation::control_octet;
        else if (is_among(octet, "\"#<>[\\]^`{|}"))
            certain_ |= deviation::delimiter_octet;
    }

    void lead_octet(unsigned char octet) {
        if (octet >= 0xFE) {
            certain_ |= deviation::bad_octet;
            return;
        }
        if (octet < 0xC2 || octet > 0xF4) certain_ |= deviation::not_utf8;
        if (octet < 0xC0) return;
        expects_ = expects::continuation;
        continuations_ = octet < 0xE0 ? 1 : octet < 0xF0 ? 2 : octet < 0xF8 ? 3 : octet < 0xFC ? 4 : 5;
        lowest_ = octet == 0xE0 ? 0xA0 : octet == 0xF0 ? 0x90 : 0x80;
        highest_ = octet == 0xED ? 0x9F : octet == 0xF4 ? 0x8F : 0xBF;
    }

    void continuation_octet(unsigned char octet) {
        if (octet < lowest_ || octet > highest_) certain_ |= deviation::not_utf8;
        lowest_ = 0x80;
        highest_ = 0xBF;
        if (--continuations_ == 0) expects_ = expects::anything;
    }

    void line_end_octet(unsigned char octet) {
        phrase_end_ = position_;
        if (octet == '\n') certain_ |= deviation::bare_lf;
        part_ = octet == '\n' ? part::done : part::line_end;
    }

    sipstatus::parse_options options_;
    outcome verdict_ = outcome::incomplete;
    std::size_t offset_ = 0;
    deviation refused_{};
    std::size_t read_ = 0;
    std::size_t leading_crlfs_ = 0;

    part part_ = part::before_line;
    std::size_t position_ = 0;        // of the octet at hand, from the line's first
    sipstatus::deviations certain_{}; // what the octet at hand makes certain
    sipstatus::deviations deviations_{};
    std::array<std::size_t, sipstatus::deviation_count> first_{};

    std::size_t digits_ = 0;
    int code_ = 0;
    std::size_t phrase_begin_ = 0;
    std::size_t phrase_end_ = 0;
    expects expects_ = expects::anything;
    std::size_t continuations_ = 0; // still wanted
    unsigned char lowest_ = 0x80;   // range that RFC 3629 allows the next of them
    unsigned char highest_ = 0xBF;
};

#endif
