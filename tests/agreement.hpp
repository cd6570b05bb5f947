#ifndef SIPSTATUS_TESTS_AGREEMENT_HPP
#define SIPSTATUS_TESTS_AGREEMENT_HPP

// Inputs and options in, parse() and the reference automaton compared on them, failures out as Boost.Test errors. Each
// input is parsed where it ends at an unreadable page.

#include "guarded_buffer.hpp"
#include "reference_automaton.hpp"

#include <sipstatus/names.hpp>

#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <string>
#include <string_view>

// Exhaustive loops cost much where the build is slow: they then take every thinning-th option or fewer random lines,
// never fewer octets or positions.
#if defined(__SANITIZE_ADDRESS__) || !defined(__OPTIMIZE__)
#define SIPSTATUS_TEST_SLOW_BUILD 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SIPSTATUS_TEST_SLOW_BUILD 1
#endif
#endif
#ifdef SIPSTATUS_TEST_SLOW_BUILD
inline constexpr unsigned thinning = 16;
#else
inline constexpr unsigned thinning = 1;
#endif

inline std::string spelled(std::string_view octets) {
    constexpr std::string_view hex = "0123456789abcdef";
    std::string text;
    for (const char c : octets) {
        const auto octet = static_cast<unsigned char>(c);
        if (octet >= 0x20 && octet < 0x7F && c != '\\')
            text += c;
        else
            text.append("\\x").append(1, hex[octet >> 4]).append(1, hex[octet & 15]);
    }
    return text;
}

inline std::string spelled(sipstatus::deviations set) {
    std::string text;
    for (const auto which : reference_automaton::every_deviation())
        if (set.contains(which)) text.append(text.empty() ? "" : "+").append(name(which));
    return text.empty() ? "none" : text;
}

inline std::string spelled(sipstatus::parse_options options) {
    return "tolerated " + spelled(options.tolerated) + ", limit " + std::to_string(options.limit);
}

inline std::string spelled(const sipstatus::parse_result &result) {
    std::string text(name(result.outcome));
    text += " offset " + std::to_string(result.offset) + " consumed " + std::to_string(result.consumed) + " leading " +
            std::to_string(result.leading_crlfs);
    if (result.outcome == sipstatus::outcome::not_tolerated) text.append(" refused ").append(name(result.refused));
    text += " version '" + spelled(result.line.version) + "' code " + std::to_string(to_int(result.line.code)) +
            " phrase '" + spelled(result.line.phrase) + "' kind ";
    return text.append(name(result.line.kind)) + " deviations " + spelled(result.line.deviations);
}

// The same octets at the same place. Where an empty view stands matters only in a complete line.
inline bool same_view(std::string_view a, std::string_view b, bool complete) {
    return a.size() == b.size() && (a.data() == b.data() || (a.empty() && !complete));
}

// Equal in all that has a meaning.
inline bool same(const sipstatus::parse_result &a, const sipstatus::parse_result &b) {
    const bool complete = a.outcome == sipstatus::outcome::ok;
    return a.outcome == b.outcome && a.offset == b.offset && a.consumed == b.consumed &&
           a.leading_crlfs == b.leading_crlfs &&
           (a.outcome != sipstatus::outcome::not_tolerated || a.refused == b.refused) &&
           same_view(a.line.version, b.line.version, complete) && a.line.code == b.line.code &&
           same_view(a.line.phrase, b.line.phrase, complete) && a.line.kind == b.line.kind &&
           a.line.deviations == b.line.deviations;
}

class agreement {
public:
    explicit agreement(std::size_t longest_input = 4096) : buffer_(longest_input) {}
    ~agreement() { BOOST_TEST((compared_ != 0 && failures_ == 0), failures_ << " of " << compared_ << " disagree"); }
    agreement(const agreement &) = delete;
    agreement &operator=(const agreement &) = delete;

    // The input, each of its prefixes of at least `shortest` octets, and the input followed by something.
    void prefixes(std::string_view input, sipstatus::parse_options options = {}, std::size_t shortest = 0) {
        reference_automaton automaton(options);
        resumed_ = {};
        for (std::size_t size = 0;; ++size) {
            if (size >= shortest) compare(automaton, input.substr(0, size), options);
            if (size == input.size()) break;
            automaton.feed(static_cast<unsigned char>(input[size]));
        }
        const auto result = last_;
        followed_.assign(input).append(something());
        for (const char c : std::string_view(followed_).substr(input.size()))
            automaton.feed(static_cast<unsigned char>(c));
        compare(automaton, followed_, options);
        last_ = result;
    }

    // The input alone.
    void whole(std::string_view input, sipstatus::parse_options options = {}) {
        prefixes(input, options, input.size());
    }

    // What parse() said of the last input, followed by nothing.
    const sipstatus::parse_result &last() const { return last_; }

private:
    static constexpr std::size_t most_failures_to_report = 10;

    // Up to some 60 octets, other ones and another number of them at each call.
    std::string_view something() const {
        static constexpr std::string_view all[] = {
            "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK776asdhds\r\n\r\n",
            "\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n",
            "\xFF\x80\xC3\xFF\x80\xC3\xFF\x80\xC3\xFF\x80\xC3\xFF\x80\xC3\xFF\x80\xC3\xFF\x80\xC3\xFF\x80\xC3\xFF\x80"
            "\xC3\xFF"};
        return all[compared_ % 3].substr(0, compared_ / 3 % 64);
    }

    void compare(const reference_automaton &automaton, std::string_view input, sipstatus::parse_options options) {
        ++compared_;
        const auto octets = buffer_.at_end(input);
        const auto expected = automaton.result(octets.data());
        last_ = sipstatus::parse(octets, options);
        if (!same(expected, last_)) disagree(input, options, spelled(expected), spelled(last_));
        // The prefixes of an input come one after the other, each at another place: so what is resumed has moved.
        resumed_ = resume(resumed_, octets, options);
        if (!same(expected, resumed_)) disagree(input, options, spelled(expected), spelled(resumed_) + ", resumed");
        if (is_error(last_.outcome) || !last_.line.version.empty()) compare_offsets(automaton, input, options);
    }

    void compare_offsets(const reference_automaton &automaton, std::string_view input,
                         sipstatus::parse_options options) {
        const bool has_line = !is_error(last_.outcome);
        for (const auto which : reference_automaton::every_deviation()) {
            const auto in_line = has_line ? automaton.deviation_offset(which) : sipstatus::npos;
            const auto in_input = in_line == sipstatus::npos ? in_line : in_line + automaton.line_begin();
            if (deviation_offset(last_.line, which) != in_line || deviation_offset(last_, which) != in_input)
                disagree(input, options, std::string(name(which)) + " at " + std::to_string(in_line) + " of the line",
                         std::to_string(deviation_offset(last_.line, which)) + " of the line, " +
                             std::to_string(deviation_offset(last_, which)) + " of the input");
        }
    }

    void disagree(std::string_view input, sipstatus::parse_options options, const std::string &expected,
                  const std::string &actual) {
        if (++failures_ > most_failures_to_report) BOOST_FAIL("more disagreements than are worth reporting");
        BOOST_ERROR("'" << spelled(input) << "' (" << spelled(options) << ")\n  expected " << expected
                        << "\n  got      " << actual);
    }

    guarded_buffer buffer_;
    std::string followed_;
    sipstatus::parse_result last_;
    sipstatus::parse_result resumed_;
    std::size_t compared_ = 0;
    std::size_t failures_ = 0;
};

#endif
