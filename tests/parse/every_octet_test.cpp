// Small spaces exhausted under every option: every code, every octet at every position, every pair of octets where
// elements meet. Each input is parsed in full and truncated at each octet, held against the reference automaton, and
// against the plain grammar.

#include "agreement.hpp"
#include "forced_kernel.hpp"
#include "plain_grammar.hpp"
#include "small_spaces.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

BOOST_TEST_GLOBAL_FIXTURE(forced_kernel);

using namespace std::literals;
using namespace sipstatus;

namespace {

const std::vector<deviations> masks = [] {
    using enum deviation;
    std::vector<deviations> some{deviations::none(), version_case | not_utf8};
    for (const auto which : reference_automaton::every_deviation()) some.push_back(deviations::all() - which);
    return some;
}();

std::size_t leading_crlfs(std::string_view input) {
    std::size_t size = 0;
    while (input.substr(size).starts_with("\r\n")) size += 2;
    return size;
}

// The plain grammar says valid exactly when the whole input is one line that parse() accepts as grammatical.
class verdicts {
public:
    // Of the input in full, and of its prefixes under all deviations tolerated.
    void check(std::string_view input, std::size_t shortest = 0) {
        agree_.prefixes(input, {}, shortest);
        const auto line = input.substr(leading_crlfs(input));
        const auto &result = agree_.last();
        const bool accepted = result && result.consumed == input.size() && grammatical(result.line.deviations);
        if (plain_grammar::is_status_line(line) != accepted)
            BOOST_ERROR("'" << spelled(input) << "': the plain grammar says " << (accepted ? "invalid" : "valid")
                            << ", parse() " << spelled(result));
    }

    // The same, and under some masks and limits.
    void check_options(std::string_view input) {
        check(input);
        for_some_masks([&](deviations mask) { agree_.prefixes(input, {mask}); });
        const auto line_end = input.find_first_of("\r\n"sv, leading_crlfs(input));
        const auto length = std::min(line_end, input.size()) - leading_crlfs(input);
        for (const auto limit : {length - 2, length - 1, length, length + 1})
            if (limit <= input.size()) {
                agree_.prefixes(input, {.limit = limit});
                agree_.prefixes(input, {.tolerated = deviations::none(), .limit = limit});
            }
    }

    // The input in full under some masks.
    void check_masks(std::string_view input) {
        for_some_masks([&](deviations mask) { agree_.whole(input, {mask}); });
    }

    void check(std::string_view input, parse_options options, std::size_t shortest) {
        agree_.prefixes(input, options, shortest);
    }

private:
    // All of them, or by turns one in a few where the build is slow.
    template <class Function> void for_some_masks(Function function) {
        constexpr std::size_t step = thinning == 1 ? 1 : 6;
        for (std::size_t at = turn_++ % step; at < masks.size(); at += step) function(masks[at]);
    }

    agreement agree_;
    std::size_t turn_ = 0;
};

} // namespace

BOOST_AUTO_TEST_CASE(all_thousand_codes) {
    verdicts all;
    for (int code = 0; code < 1000; ++code) {
        const auto digits = std::to_string(1000 + code).substr(1);
        for (const auto &version : {"SIP/2.0 "s, "sip/2.0 "s, "\r\nSIP/2.0 "s, "SIP/2.0\t"s, "SIP/2.0  "s})
            for (const auto &rest : {" OK\r\n"s, " \r\n"s, "\r\n"s, "\n"s, "\tOK\n"s, "0 OK\r\n"s, "OK\r\n"s})
                all.check_options(version + digits + rest);
    }
}

BOOST_AUTO_TEST_CASE(every_octet_at_every_position) {
    verdicts all;
    for (const auto &base : bases)
        for (std::size_t at = 0; at < base.size(); ++at)
            for (unsigned value = 0; value < octets; ++value) {
                auto line = base;
                line[at] = octet(value);
                all.check_options(line);
            }
}

BOOST_AUTO_TEST_CASE(every_octet_inserted_at_every_position) {
    verdicts all;
    for (const auto &base : bases)
        for (std::size_t at = 0; at <= base.size(); ++at)
            for (unsigned value = 0; value < octets; ++value) {
                auto line = base;
                line.insert(at, 1, octet(value));
                all.check(line);
            }
}

BOOST_AUTO_TEST_CASE(every_octet_at_every_position_of_a_long_phrase) {
    verdicts all;
    for (std::size_t at = 12; at < long_base.size(); ++at)
        for (unsigned value = 0; value < octets; ++value) {
            auto line = long_base;
            line[at] = octet(value);
            all.check(line);
        }
}

BOOST_AUTO_TEST_CASE(every_lead_octet_and_escape_across_the_blocks_of_a_long_phrase) {
    verdicts all;
    const std::vector<std::string> tails = {"",
                                            "\x80",
                                            "\x8F\x80",
                                            "\x90\x80\x80",
                                            "\x9F\x80\x80",
                                            "\xA0\x80\x80",
                                            "\xBF\xBF\xBF\xBF",
                                            "\x80\x80\x80\x80\x80",
                                            "\x80\x80\x80\x80\x80\x80",
                                            "\x80\x80\xC3\xA9",
                                            "4",
                                            "4g",
                                            "\xC3\xA9",
                                            "4\xC3\xA9",
                                            "aF%"};
    for (std::size_t at = 12; at + 8 < long_base.size(); ++at)
        for (unsigned lead = 0xC0; lead <= octets; ++lead)
            for (const auto &tail : tails) {
                auto line = long_base;
                const auto placed = octet(lead == octets ? '%' : lead) + tail;
                line.replace(at, placed.size(), placed);
                all.check(line, line.size() - 16);
            }
}

BOOST_AUTO_TEST_CASE(every_known_phrase_with_every_octet_replaced) {
    agreement agree;
    const auto check = [&agree](status code, std::string_view phrase) {
        const auto head = "SIP/2.0 " + std::to_string(to_int(code)) + " ";
        for (std::size_t at = 0; at < phrase.size(); ++at)
            for (unsigned value = 0; value < octets; ++value) {
                auto line = head + std::string(phrase) + "\r\n";
                line[head.size() + at] = octet(value);
                agree.whole(line);
            }
        for (std::size_t size = 0; size <= phrase.size(); ++size)
            agree.prefixes(head + std::string(phrase.substr(0, size)) + "\r\n");
    };
    for (const auto &row : registry()) check(row.code, row.phrase);
    for (const auto &variant : phrase_variants()) check(variant.code, variant.phrase);
}

BOOST_AUTO_TEST_CASE(every_known_phrase_beside_every_code) {
    agreement agree;
    const auto check = [&agree](std::string phrase) {
        auto upper = phrase, lower = phrase;
        for (auto &c : upper)
            if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
        for (auto &c : lower) c = tables::lower(c);
        for (int code = 100; code <= 699; ++code) {
            const auto digits = std::to_string(code) + " ";
            agree.whole("SIP/2.0 " + digits + phrase + "\r\n");
            agree.whole("SIP/2.0 " + digits + upper + "\r\n");
            agree.whole("SIP/2.0 " + digits + lower + "\r\n");
            agree.whole("SIP/2.0 " + digits + phrase + " \r\n");
            agree.whole("SIP/2.0 " + digits + phrase + "\n");
            agree.whole("sip/2.0  " + digits + phrase + "\r\n");
        }
    };
    for (const auto &row : registry()) check(std::string(row.phrase));
    for (const auto &variant : phrase_variants()) check(std::string(variant.phrase));
}

BOOST_AUTO_TEST_CASE(every_pair_of_octets_where_elements_meet) {
    verdicts all;
    struct place {
        std::string before, after;
    };
    const std::vector<place> places = {{"", "SIP/2.0 200 OK\r\n"},            // before the line
                                       {"SIP/2.0", "200 OK\r\n"},             // version and code
                                       {"SIP/2.0 20", "OK\r\n"},              // last digit and separator
                                       {"SIP/2.0 200", "\r\n"},               // separator and phrase
                                       {"SIP/2.0 200 ", "\r\n"},              // a phrase of two
                                       {"SIP/2.0 200 OK", ""},                // line end
                                       {"SIP/2.0 200 %", "\r\n"},             // escape
                                       {"SIP/2.0 200 \xE2", "\r\n"},          // three octets
                                       {"SIP/2.0 200 a\xF0\x90", "\x80\r\n"}, // within four octets
                                       {"SIP/2.0 200 A longer phrase, and ", ", that goes on\r\n"}};
    for (const auto &[before, after] : places)
        for (unsigned first = 0; first < octets; ++first)
            for (unsigned second = 0; second < octets; ++second) {
                const auto line = before + octet(first) + octet(second) + after;
                all.check(line, before.size());
                all.check(line, strict, before.size());
            }
}

BOOST_AUTO_TEST_CASE(every_triple_of_classes_of_octets_in_the_phrase) {
    verdicts all;
    // One octet of each class that the law tells apart in a phrase, and the edges of their ranges.
    constexpr auto classes =
        "\0\x08\t\n\x0B\r\x1F !\"%09AFGafg\\~\x7F\x80\x8F\x90\x9F\xA0\xBF\xC0\xC1\xC2\xDF\xE0\xE1\xEC\xED"
        "\xEE\xEF\xF0\xF1\xF3\xF4\xF5\xF7\xF8\xFB\xFC\xFD\xFE\xFF"sv;
    for (const char first : classes)
        for (const char second : classes)
            for (const char third : classes) {
                const auto line = "SIP/2.0 200 "s + first + second + third + "\r\n";
                all.check(line, 12);
                all.check_masks(line);
                for (const std::size_t limit : {12u, 13u, 14u, 15u}) {
                    all.check(line, {.limit = limit}, 12);
                    all.check(line,
                              {.tolerated = deviations::all() - (deviation::bad_escape | deviation::bad_octet),
                               .limit = limit},
                              12);
                    all.check(line, {.tolerated = deviations::none(), .limit = limit}, 12);
                }
            }
}
