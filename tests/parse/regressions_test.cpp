// Known failures of the field: what brought other SIP software down, or made it read a response that was none. Each
// case carries the name of the failure and says in one line what went wrong there; its input is read by every kernel
// where it ends at an unreadable page and where it begins after one, truncated at each octet, and with no NUL anywhere
// after it.

#include <sipstatus/status_line.hpp>

#include "agreement.hpp"
#include "kernels/kernel.hpp"

#include <boost/test/unit_test.hpp>

#include <time.h>

#include <algorithm>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <time.h>

using namespace std::literals;
using namespace sipstatus;
using enum outcome;

namespace {

std::vector<kernel> kernels_at_hand() {
    std::vector<kernel> all;
    const auto best = kernel_in_use();
    for (const auto which : {kernel::scalar, kernel::ssse3, kernel::avx2, kernel::neon})
        if (kernels::force(which)) all.push_back(which);
    kernels::force(best);
    return all;
}

constexpr std::size_t longest_input = std::size_t{1} << 21;

// Runs `check(result)` on what each kernel says of the input, after the input and its prefixes were compared with the
// reference automaton. Of a long input only the last prefixes are.
template <class Check> void each_kernel(std::string_view input, parse_options options, Check check) {
    const guarded_buffer buffer(longest_input);
    for (const auto which : kernels_at_hand()) {
        kernels::force(which);
        BOOST_TEST_CONTEXT(name(which)) {
            agreement automaton(longest_input);
            automaton.prefixes(input, options, input.size() < 512 ? 0 : input.size() - 8);
            check(parse(buffer.at_end(input), options));
            check(parse(buffer.at_begin(input), options));
        }
    }
}

void refused(std::string_view input, outcome verdict, std::size_t offset, parse_options options = {}) {
    each_kernel(input, options, [&](const parse_result &result) {
        BOOST_TEST(name(result.outcome) == name(verdict));
        BOOST_TEST(result.offset == offset);
        BOOST_TEST((result.line == status_line{}));
    });
}

void unfinished(std::string_view input) {
    each_kernel(input, {}, [&](const parse_result &result) { BOOST_TEST(name(result.outcome) == name(incomplete)); });
}

void accepted(std::string_view input, int code, std::string_view phrase, deviations expected = {},
              parse_options options = {}) {
    each_kernel(input, options, [&](const parse_result &result) {
        BOOST_TEST(name(result.outcome) == name(ok));
        BOOST_TEST(to_int(result.line.code) == code);
        BOOST_TEST((result.line.phrase == phrase));
        BOOST_TEST(spelled(result.line.deviations) == spelled(expected));
    });
}

// The processor's seconds of the fastest of some runs of `parse_once()`, whose line is never complete. What else the
// machine does is not counted.
template <class Parse> double fastest_of(int runs, Parse parse_once) {
    const auto now = [] {
        timespec spent{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
        return static_cast<double>(spent.tv_sec) + 1e-9 * static_cast<double>(spent.tv_nsec);
    };
    auto best = std::numeric_limits<double>::max();
    for (; runs != 0; --runs) {
        const auto begin = now();
        const parse_result result = parse_once();
        best = std::min(best, now() - begin);
        BOOST_TEST(name(result.outcome) == name(incomplete));
    }
    return best;
}

std::string repeated(std::string_view unit, std::size_t count) {
    std::string text;
    for (; count != 0; --count) text += unit;
    return text;
}

} // namespace

// Asterisk crashed on a response whose code was 0: the code was taken for an index without a look at its range.
BOOST_AUTO_TEST_CASE(asterisk_cve_2007_1594_code_0) {
    refused("SIP/2.0 0 x\r\n"sv, undefined_class, 8);
    refused("SIP/2.0 000 x\r\n"sv, undefined_class, 8);
    refused("SIP/2.0 0\r\n"sv, undefined_class, 8);
}

// PcapPlusPlus looked for the end of the version after the end of the packet.
BOOST_AUTO_TEST_CASE(pcapplusplus_oss_fuzz_23551_search_past_the_buffer) {
    for (std::size_t size = 0; size <= "SIP/2.0"sv.size(); ++size) unfinished("SIP/2.0"sv.substr(0, size));
    refused("SIP/2.0xxxxxxxx"sv, bad_separator, 7);
    refused("SIP/22222222222"sv, unsupported_version, 5);
}

// sngrep copied status lines into buffers of fixed size with sprintf, however long they were.
BOOST_AUTO_TEST_CASE(sngrep_pull_334_long_status_line) {
    for (const std::size_t size : {80u, 81u, 255u, 256u, 1024u, 4096u, 65'523u}) {
        const auto phrase = repeated("A", size);
        accepted("SIP/2.0 200 " + phrase + "\r\n", 200, phrase);
    }
    refused("SIP/2.0 200 " + repeated("A", 65'524) + "\r\n", line_too_long, 65'535);
}

// sngrep did not show a 480 without a phrase: its pattern wanted words after the code.
BOOST_AUTO_TEST_CASE(sngrep_issue_116_no_phrase) {
    accepted("SIP/2.0 480 \r\n"sv, 480, "");
    accepted("SIP/2.0 480\r\n"sv, 480, "", deviation::missing_separator);
}

// SIPp followed the null pointer of a search for the blank before the reply code.
BOOST_AUTO_TEST_CASE(sipp_reply_code_without_a_space) {
    refused("SIP/2.0200OK\r\n"sv, unsupported_version, 7);
    refused("SIP/2.0\r\n"sv, bad_separator, 7);
    refused("SIP/2.0 200OK\r\n"sv, bad_separator, 11);
    unfinished("SIP/2.0"sv);
}

// PJSIP took any number for a code, and an assertion of its transactions ended the process.
BOOST_AUTO_TEST_CASE(pjsip_959_code_of_one_digit) {
    unfinished("SIP/2.0 4"sv);
    refused("SIP/2.0 4\r\n"sv, bad_code, 9);
    refused("SIP/2.0 4 \r\n"sv, bad_code, 9);
}

// osip2 and re let a code wrap at 2 to the 32nd: this one became 200.
BOOST_AUTO_TEST_CASE(osip2_and_re_wrap_of_4294967496_to_200) {
    refused("SIP/2.0 4294967496 OK\r\n"sv, bad_code, 11);
}

// re let a code wrap at 2 to the 16th: this one became 200.
BOOST_AUTO_TEST_CASE(re_wrap_of_65736_to_200) {
    refused("SIP/2.0 65736 OK\r\n"sv, bad_code, 11);
}

// osip2 and reSIProcate read a number as far as its digits go: this code became 2.
BOOST_AUTO_TEST_CASE(osip2_and_resiprocate_2x0_as_2) {
    refused("SIP/2.0 2x0 OK\r\n"sv, bad_code, 9);
    refused("SIP/2.0 20x OK\r\n"sv, bad_code, 10);
    refused("SIP/2.0 -20 OK\r\n"sv, bad_code, 8);
}

// Kamailio and Sofia ended the phrase at a CR and read on as if a line had ended: what follows passes for a header.
BOOST_AUTO_TEST_CASE(kamailio_and_sofia_cr_cuts_the_phrase) {
    refused("SIP/2.0 200 OK\rContact: <sip:mallory@example.com>\r\n"sv, bad_line_end, 15);
    refused("SIP/2.0 200 OK\r\r\n"sv, bad_line_end, 15);
    refused("SIP/2.0 200\rOK\r\n"sv, bad_line_end, 12);
}

// PJSIP and osip2 read on after the buffer for want of a NUL. Here no octet after it can be read, and none is a NUL.
BOOST_AUTO_TEST_CASE(pjsip_and_osip2_no_nul_after_the_buffer) {
    unfinished("SIP/2.0 200 OK"sv);
    unfinished("SIP/2.0 200 OK\r"sv);
    accepted("SIP/2.0 200 OK\r\n"sv, 200, "OK");
    for (const std::size_t size : {1u, 15u, 16u, 17u, 31u, 32u, 33u, 63u, 64u, 65u, 257u})
        unfinished("SIP/2.0 200 " + repeated("x", size));
    // A slice of a larger buffer: the octets after it would make another line of it.
    constexpr auto larger = "SIP/2.0 486 Busy Here\r\nVia: x\r\n"sv;
    for (std::size_t size = 0; size <= larger.size(); ++size) {
        const auto whole_line = "SIP/2.0 486 Busy Here\r\n"sv.size();
        BOOST_TEST(name(parse(larger.substr(0, size)).outcome) == name(size < whole_line ? incomplete : ok));
    }
}

// re looked for a status line from every octet anew: the time grew with the square of the message.
BOOST_AUTO_TEST_CASE(re_quadratic_search) {
    const auto fastest = [](const std::string &input) {
        return fastest_of(7, [&] { return parse(input, {.limit = npos}); });
    };
    for (const auto unit : {"SIP/2.0 200 "sv, "%"sv, "\xE2\x82"sv, "\x01"sv, "x"sv}) {
        const auto line = [&](std::size_t octets) { return "SIP/2.0 200 " + repeated(unit, octets / unit.size()); };
        // Linear is 16 times as long, quadratic 256 times.
        BOOST_TEST(fastest(line(1 << 20)) < 80 * fastest(line(1 << 16)), spelled(unit));
    }
    refused(repeated("S", 8192), not_status_line, 1);
    refused(repeated("SIP/", 2048), unsupported_version, 4);
}

// The same of a stream: what was read of a line is not read anew with each octet that comes.
BOOST_AUTO_TEST_CASE(re_quadratic_search_in_a_stream) {
    const auto fastest = [](const std::string &input) {
        return fastest_of(3, [&] {
            parse_result result;
            for (std::size_t size = 0; size <= input.size(); ++size)
                result = resume(result, std::string_view(input).substr(0, size), {.limit = npos});
            return result;
        });
    };
    for (const auto unit : {"x"sv, "\xE2\x82"sv}) {
        const auto line = [&](std::size_t octets) { return "SIP/2.0 200 " + repeated(unit, octets / unit.size()); };
        BOOST_TEST(fastest(line(1 << 16)) < 80 * fastest(line(1 << 12)), spelled(unit));
    }
}

// Sofia compared the message with a name of fixed length, though fewer octets than that were left.
BOOST_AUTO_TEST_CASE(sofia_cve_2022_31001_compare_past_the_end) {
    for (const auto beginning : {"S"sv, "SI"sv, "SIP"sv, "SIP/"sv, "SIP/2"sv, "SIP/2."sv, "s"sv, "sip/2.0 1"sv})
        unfinished(beginning);
    refused("SX"sv, not_status_line, 1);
}

// Sofia's reader of URLs took two digits after a "%" for granted, where the text ended with it.
BOOST_AUTO_TEST_CASE(sofia_cve_2022_31002_percent_at_the_end) {
    unfinished("SIP/2.0 200 %"sv);
    unfinished("SIP/2.0 200 %4"sv);
    accepted("SIP/2.0 200 %\r\n"sv, 200, "%", deviation::bad_escape);
    accepted("SIP/2.0 200 %4\n"sv, 200, "%4", deviation::bad_escape | deviation::bare_lf);
}

// Sofia's reader of session descriptions went two octets into a line that had but one.
BOOST_AUTO_TEST_CASE(sofia_cve_2022_31003_line_of_one_octet) {
    refused("S\r\n"sv, not_status_line, 1);
    refused("S\n"sv, not_status_line, 1);
    refused("\n"sv, not_status_line, 0);
    unfinished("\r"sv);
}

// Sofia ended the process by an assertion when a response came that it could not send on. Whatever octets come, a
// verdict is given, and it is the same the next time.
BOOST_AUTO_TEST_CASE(sofia_cve_2022_47516_assertion_on_a_crafted_message) {
    for (const auto crafted : {"SIP/2.0 \xFF\xFF\xFF\r\n"sv, "SIP/2.0 699 \0\0\0\r\n"sv, "SIP/2.0 100 \r\n\r\n\r\n"sv,
                               "\r\n\r\n\0"sv, "\0\0\0\0"sv, "SIP/2.0 999 x\r\n"sv, "sip/2.0\t\t\t100\n"sv}) {
        const auto first = parse(crafted);
        each_kernel(crafted, {}, [&](const parse_result &result) {
            BOOST_TEST(name(result.outcome) == name(first.outcome));
            BOOST_TEST(result.offset == first.offset);
        });
    }
}

// OpenSIPS reckoned the size of a reply in one place and wrote it in another. Here a line is written whole where it
// fits, and nothing where it does not.
BOOST_AUTO_TEST_CASE(opensips_cve_2023_28095_reply_building) {
    const guarded_buffer buffer(4096);
    for (const std::size_t size : {0u, 1u, 15u, 16u, 17u, 31u, 32u, 33u, 255u, 1024u}) {
        const auto phrase = repeated("x", size);
        const auto line = "SIP/2.0 486 " + phrase + "\r\n";
        for (std::size_t room = 0; room <= line.size() + 1; ++room) {
            const std::string filling(room, '#');
            static_cast<void>(buffer.at_end(filling));
            char *const first = buffer.end() - room;
            const auto written = write(first, buffer.end(), status::busy_here, phrase);
            if (room < line.size()) {
                BOOST_TEST(name(written.error) == name(write_error::too_small));
                BOOST_TEST((std::string_view(first, room) == filling));
            } else {
                BOOST_TEST(bool(written));
                BOOST_TEST((std::string_view(first, line.size()) == line));
            }
        }
    }
    char room[64];
    for (const auto phrase : {"OK\r\nContact: x"sv, "OK\n"sv, "O\0K"sv})
        BOOST_TEST(name(write(room, room + sizeof room, status::ok, phrase).error) == name(write_error::unsafe_phrase));
}

// SIPSorcery met this line in the wild: by its blanks it passes for a request, and for a response further in.
BOOST_AUTO_TEST_CASE(sipsorcery_digits_before_the_version) {
    refused("16394SIP/2.0 200 OK\r\n"sv, not_status_line, 0);
}

// Ours: a kernel compared 32 octets with a pattern that no phrase should have, met a line that has them, and read on
// where the canonical phrase, which is longer, would end.
BOOST_AUTO_TEST_CASE(sipstatus_pattern_of_a_long_canonical_phrase) {
    for (const auto &row : registry()) {
        if (row.phrase.size() < 32) continue;
        const auto head = "SIP/2.0 " + std::to_string(to_int(row.code)) + " ";
        const auto spoil = [&](std::string_view octet, deviation found) {
            for (const std::size_t size : {32u, 33u, 40u, 64u, 65u}) {
                const auto octets = repeated(octet, size);
                accepted(head + octets + "\r\n", to_int(row.code), octets, found);
                accepted(head + octets + "\n\r\n", to_int(row.code), octets, deviations(found) | deviation::bare_lf);
                unfinished(head + octets);
            }
        };
        spoil("\xFF"sv, deviation::bad_octet);
        spoil("\0"sv, deviation::control_octet);
        accepted(head + std::string(row.phrase) + "\r\n", to_int(row.code), row.phrase);
    }
}
