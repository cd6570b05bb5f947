#ifndef SIPSTATUS_TESTS_AGREEMENT_HPP
#define SIPSTATUS_TESTS_AGREEMENT_HPP

// Inputs and options in, parse() and the reference automaton compared on them, failures out as Boost.Test errors. Each
// input is parsed where it ends at an unreadable page.

#include "guarded_buffer.hpp"
#include "reference_automaton.hpp"
#include "results.hpp"

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

    void compare(reference_automaton automaton, std::string_view input, sipstatus::parse_options options) {
        ++compared_;
        automaton.end();
        const auto octets = buffer_.at_end(input);
        const auto expected = automaton.result(octets.data());
        last_ = sipstatus::parse(octets, options);
        if (!same(expected, last_)) disagree(input, options, spelled(expected), spelled(last_));
        // The prefixes of an input come one after the other, each at another place: so what is resumed has moved.
        const auto resumed = resume(resumed_, octets, options);
        if (!same(expected, resumed)) disagree(input, options, spelled(expected), spelled(resumed) + ", resumed");
        // The next prefix goes on where more was to follow.
        const sipstatus::parse_options unfinished{.tolerated = options.tolerated, .limit = options.limit};
        resumed_ = options.whole_input ? resume(resumed_, octets, unfinished) : resumed;
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
