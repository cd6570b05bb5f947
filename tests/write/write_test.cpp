// From a code and a phrase to octets and back: write(), operator<<, operator==, the sentences, the names, the version.

#include <sipstatus/sipstatus.hpp>

#include "agreement.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

using namespace std::literals;
using namespace sipstatus;

namespace {

constexpr char untouched = '\x5A';

// A buffer of exactly `size` octets before an unreadable page, filled, and what write() leaves there.
class target {
public:
    explicit target(std::size_t size) : size_(size) { refill(); }

    char *first() const { return buffer_.end() - size_; }
    char *last() const { return buffer_.end(); }
    std::string_view written(write_result result) const {
        return {first(), static_cast<std::size_t>(result.end - first())};
    }
    bool is_untouched_from(const char *from) const {
        return std::all_of(from, static_cast<const char *>(last()), [](char c) { return c == untouched; }) &&
               std::all_of(buffer_.begin(), first(), [](char c) { return c == untouched; });
    }
    void refill() { std::fill(buffer_.begin(), buffer_.end(), untouched); }

private:
    std::size_t size_;
    guarded_buffer buffer_{4096};
};

std::string line_of(int code, std::string_view phrase) {
    return ("SIP/2.0 " + std::to_string(code) + " ").append(phrase).append("\r\n");
}

// Phrases that are safe to write, be they grammatical or not.
const std::vector<std::string_view> safe_phrases = {
    "",
    "OK",
    " ",
    "\t",
    "Busy Here",
    "\xC3\xA9\xE2\x82\xAC",
    "100%",
    "\xC3",
    "\xFF",
    "\x01\x1B\x7F",
    "a \"quoted\" <phrase>",
    "A phrase that is longer than a register, a cache line and whatever else may be thought of as short",
};

template <class Value> std::string streamed(const Value &value) {
    std::ostringstream out;
    out << value;
    return out.str();
}

} // namespace

BOOST_AUTO_TEST_CASE(every_code_and_phrase_is_written_into_the_least_room_and_read_back) {
    guarded_buffer input(4096);
    for (int code = 100; code <= 699; ++code)
        for (const auto phrase : safe_phrases) {
            const auto expected = line_of(code, phrase);
            const target exact(expected.size());
            const auto result = write(exact.first(), exact.last(), static_cast<status>(code), phrase);
            BOOST_TEST_REQUIRE((result && result.error == write_error::none), spelled(expected));
            BOOST_TEST_REQUIRE(exact.written(result) == expected);
            BOOST_TEST_REQUIRE(exact.is_untouched_from(result.end));

            const auto line = parse(input.at_end(exact.written(result)));
            BOOST_TEST_REQUIRE((line.outcome == outcome::ok), spelled(expected));
            BOOST_TEST_REQUIRE(to_int(line.line.code) == code);
            BOOST_TEST_REQUIRE(line.line.phrase == phrase);
            BOOST_TEST_REQUIRE(line.consumed == expected.size());
        }
}

BOOST_AUTO_TEST_CASE(a_buffer_of_any_size_holds_all_of_the_line_or_nothing) {
    for (const auto phrase : safe_phrases) {
        const auto expected = line_of(486, phrase);
        for (std::size_t size = 0; size <= expected.size() + 1; ++size) {
            const target room(size);
            const auto result = write(room.first(), room.last(), status::busy_here, phrase);
            BOOST_TEST_CONTEXT("'" << spelled(expected) << "' into " << size << " octets") {
                if (size < expected.size()) {
                    BOOST_TEST((!result && result.error == write_error::too_small));
                    BOOST_TEST((result.end == room.first() && room.is_untouched_from(room.first())));
                } else {
                    BOOST_TEST((result && result.error == write_error::none));
                    BOOST_TEST(room.written(result) == expected);
                    BOOST_TEST(room.is_untouched_from(result.end));
                }
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(no_memory_at_all_is_too_small) {
    const auto result = write(nullptr, nullptr, status::ok, "OK");
    BOOST_TEST((result.end == nullptr && result.error == write_error::too_small));
}

BOOST_AUTO_TEST_CASE(the_default_phrase_is_the_canonical_one) {
    for (int code = 100; code <= 699; ++code) {
        const auto s = static_cast<status>(code);
        const auto expected = line_of(code, canonical_phrase(s));
        const target exact(expected.size());
        const auto result = write(exact.first(), exact.last(), s);
        BOOST_TEST_REQUIRE((result.error == write_error::none), code);
        BOOST_TEST_REQUIRE(exact.written(result) == expected);
        const auto line = parse(exact.written(result), strict);
        BOOST_TEST_REQUIRE((line.outcome == outcome::ok), code);
        BOOST_TEST_REQUIRE((line.line.kind == (find(s) ? reason_kind::canonical : reason_kind::absent)), code);

        const target small(expected.size() - 1);
        const auto refused = write(small.first(), small.last(), s);
        BOOST_TEST_REQUIRE((refused.error == write_error::too_small && refused.end == small.first()), code);
        BOOST_TEST_REQUIRE(small.is_untouched_from(small.first()));
    }
}

BOOST_AUTO_TEST_CASE(a_code_out_of_range_is_refused) {
    const target room(100);
    for (unsigned number = 0; number <= 0xFFFF; ++number) {
        if (number >= 100 && number <= 699) continue;
        for (const auto result : {write(room.first(), room.last(), static_cast<status>(number), "OK"),
                                  write(room.first(), room.last(), static_cast<status>(number))})
            BOOST_TEST_REQUIRE((result.error == write_error::invalid_status && result.end == room.first()), number);
    }
    BOOST_TEST(room.is_untouched_from(room.first()));
}

BOOST_AUTO_TEST_CASE(just_cr_lf_and_nul_are_unsafe_wherever_they_stand) {
    target room(200);
    for (unsigned value = 0; value < 256; ++value)
        for (const std::size_t length : {1u, 2u, 15u, 16u, 17u, 33u, 65u})
            for (std::size_t at = 0; at < length; ++at) {
                std::string phrase(length, 'x');
                phrase[at] = static_cast<char>(static_cast<unsigned char>(value));
                const auto result = write(room.first(), room.last(), status::ok, phrase);
                if (phrase[at] == '\r' || phrase[at] == '\n' || phrase[at] == '\0') {
                    BOOST_TEST_REQUIRE((result.error == write_error::unsafe_phrase && result.end == room.first()),
                                       value);
                    BOOST_TEST_REQUIRE(room.is_untouched_from(room.first()), value);
                } else {
                    BOOST_TEST_REQUIRE((result.error == write_error::none), value);
                    BOOST_TEST_REQUIRE(room.written(result) == line_of(200, phrase));
                    room.refill();
                }
            }
}

BOOST_AUTO_TEST_CASE(a_response_cannot_be_split) {
    const target room(200);
    for (const auto phrase :
         {"OK\r\nContact: <sip:mallory@example.net>"sv, "OK\nX: y"sv, "OK\rX: y"sv, "\r\n"sv, "OK\0"sv}) {
        const auto result = write(room.first(), room.last(), status::ok, phrase);
        BOOST_TEST((result.error == write_error::unsafe_phrase), spelled(phrase));
        BOOST_TEST(room.is_untouched_from(room.first()), spelled(phrase));
    }
}

// What no larger buffer can mend is said first, so that a caller does not grow one in vain.
BOOST_AUTO_TEST_CASE(what_is_wrong_with_the_line_comes_before_the_room_for_it) {
    const target none(0);
    BOOST_TEST((write(none.first(), none.last(), status{99}, "OK").error == write_error::invalid_status));
    BOOST_TEST((write(none.first(), none.last(), status{99}, "O\nK").error == write_error::invalid_status));
    BOOST_TEST((write(none.first(), none.last(), status::ok, "O\nK").error == write_error::unsafe_phrase));
}

BOOST_AUTO_TEST_CASE(a_read_line_is_written_back_as_it_was_but_for_its_deviations) {
    for (const auto line : {"SIP/2.0 486 Busy Here\r\n"sv, "SIP/2.0 299 \r\n"sv, "SIP/2.0 480  \xC3\xA9 \r\n"sv}) {
        const auto read = parse(line);
        const target room(line.size());
        BOOST_TEST(room.written(write(room.first(), room.last(), read.line.code, read.line.phrase)) == line);
    }
    const auto read = parse("\r\nsip/2.0\t 480\n");
    const target room(100);
    BOOST_TEST(room.written(write(room.first(), room.last(), read.line.code, read.line.phrase)) == "SIP/2.0 480 \r\n");
}

BOOST_AUTO_TEST_CASE(results_are_equal_when_all_their_parts_are) {
    const auto octets = "SIP/2.0 200 OK\r\n"s;
    const auto same_octets_elsewhere = octets;
    const auto result = parse(octets);
    BOOST_TEST((result == parse(same_octets_elsewhere)));
    BOOST_TEST((result.line == parse(same_octets_elsewhere).line));
    for (const auto other :
         {"sip/2.0 200 OK\r\n"sv, "SIP/2.0 202 OK\r\n"sv, "SIP/2.0 200 Ok\r\n"sv, "SIP/2.0 200 OK\n"sv,
          "\r\nSIP/2.0 200 OK\r\n"sv, "SIP/2.0 200 OK\r"sv, "SIP/2.0 200 OK\rx"sv, "SIP/2.1"sv})
        BOOST_TEST((result != parse(other)), spelled(other));

    // And each part counts, whatever the others are.
    const auto differs = [&result](auto change) {
        auto changed = result;
        change(changed);
        BOOST_TEST((changed != result));
        BOOST_TEST((changed == changed));
    };
    differs([](parse_result &r) { r.line.version = "sip/2.0"; });
    differs([](parse_result &r) { r.line.phrase = "Ok"; });
    differs([](parse_result &r) { r.line.code = status::accepted; });
    differs([](parse_result &r) { r.line.deviations = deviation::bare_lf; });
    differs([](parse_result &r) { r.line.kind = reason_kind::local; });
    differs([](parse_result &r) { ++r.offset; });
    differs([](parse_result &r) { ++r.consumed; });
    differs([](parse_result &r) { ++r.leading_crlfs; });
    differs([](parse_result &r) { r.outcome = outcome::incomplete; });
    differs([](parse_result &r) { r.refused = deviation::bare_lf; });
}

BOOST_AUTO_TEST_CASE(a_result_is_streamed_on_one_line_of_text) {
    struct row {
        std::string_view input;
        parse_options options;
        std::string_view text;
    };
    for (const auto &[input, options, text] : std::vector<row>{
             {"SIP/2.0 486 Busy Here\r\n", {}, "ok: SIP/2.0 486 Busy Here (canonical)"},
             {"SIP/2.0 180 \r\n", {}, "ok: SIP/2.0 180  (absent)"},
             {"sip/2.0 486 \x1B[31mBusy\x7F\\\n"sv,
              {},
              "ok: sip/2.0 486 \\x1B[31mBusy\\x7F\\ (local, version_case, control_octet, delimiter_octet, bare_lf)"},
             {"SIP/2.0 486 a\0\tb\r\n"sv, {}, "ok: SIP/2.0 486 a\\x00\\x09b (local, control_octet)"},
             {"SIP/2.0 486 \xC3\xA9\r\n", {}, "ok: SIP/2.0 486 \xC3\xA9 (local)"},
             {"SIP/2.0 486 Busy", {}, "incomplete: SIP/2.0 486 Busy (absent)"},
             {"SIP/3.0 200 OK\r\n", {}, "unsupported_version at 4"},
             {"sip/2.0 200 OK\r\n", strict, "not_tolerated at 0: version_case"},
         }) {
        const auto result = parse(input, options);
        BOOST_TEST(streamed(result) == text);
        if (!is_error(result.outcome))
            BOOST_TEST(streamed(result) == std::string(name(result.outcome)) + ": " + streamed(result.line));
    }
    for (int code = 100; code <= 699; ++code) BOOST_TEST(streamed(static_cast<status>(code)) == std::to_string(code));
}

BOOST_AUTO_TEST_CASE(no_control_of_the_wire_reaches_a_stream) {
    for (unsigned value = 0; value < 256; ++value) {
        const auto input = "SIP/2.0 200 "s + static_cast<char>(static_cast<unsigned char>(value)) + "x\r\n";
        const auto result = parse(input);
        for (const auto &text : {streamed(result), streamed(result.line)})
            for (const char c : text) BOOST_TEST_REQUIRE((static_cast<unsigned char>(c) >= 0x20 && c != 0x7F), value);
    }
}

BOOST_AUTO_TEST_CASE(every_outcome_and_deviation_has_a_sentence_and_a_section_of_its_own) {
    std::set<std::string_view> sentences;
    std::size_t count = 0;
    const auto check = [&](auto value) {
        const auto said = message(value);
        BOOST_TEST(!said.expected.empty(), name(value));
        BOOST_TEST(said.section.starts_with("RFC "), name(value));
        BOOST_TEST((said.expected.find_first_of("\r\n\t") == std::string_view::npos), name(value));
        sentences.insert(said.expected);
        ++count;
    };
#define SIPSTATUS_OUTCOME(name, section, expected) check(outcome::name);
#include <sipstatus/status_line.def>
#define SIPSTATUS_DEVIATION(name, section, expected) check(deviation::name);
#include <sipstatus/status_line.def>
    BOOST_TEST(sentences.size() == count);
    BOOST_TEST(count > deviation_count);
    for (auto beyond = count - deviation_count; beyond < 256; ++beyond)
        BOOST_TEST((message(static_cast<outcome>(beyond)).expected.empty() &&
                    message(static_cast<outcome>(beyond)).section.empty()));
    for (auto beyond = deviation_count; beyond < 256; ++beyond)
        BOOST_TEST((message(static_cast<deviation>(beyond)).expected.empty() &&
                    message(static_cast<deviation>(beyond)).section.empty()));
}

BOOST_AUTO_TEST_CASE(every_enumerator_of_the_parser_has_a_name_of_its_own_and_no_other_value_has) {
    std::set<std::string_view> names;
    std::size_t count = 0;
#define SIPSTATUS_OUTCOME(enumerator, section, expected)                                                               \
    BOOST_TEST(name(outcome::enumerator) == #enumerator);                                                              \
    names.insert(name(outcome::enumerator));                                                                           \
    ++count;
#include <sipstatus/status_line.def>
    BOOST_TEST(name(static_cast<outcome>(count)).empty());
#define SIPSTATUS_DEVIATION(enumerator, section, expected)                                                             \
    BOOST_TEST(name(deviation::enumerator) == #enumerator);                                                            \
    names.insert(name(deviation::enumerator));                                                                         \
    ++count;
#include <sipstatus/status_line.def>
    BOOST_TEST(names.size() == count);
    BOOST_TEST(name(static_cast<deviation>(deviation_count)).empty());

    BOOST_TEST(name(write_error::none) == "none");
    BOOST_TEST(name(write_error::too_small) == "too_small");
    BOOST_TEST(name(write_error::invalid_status) == "invalid_status");
    BOOST_TEST(name(write_error::unsafe_phrase) == "unsafe_phrase");
    BOOST_TEST(name(static_cast<write_error>(4)).empty());
}

BOOST_AUTO_TEST_CASE(sets_of_deviations_are_sets) {
    using enum deviation;
    constexpr auto two = version_case | bare_lf;
    static_assert(two.contains(version_case) && two.contains(bare_lf) && !two.contains(not_utf8));
    static_assert(deviations{version_case, bare_lf} == two && deviations::from_bits(two.bits()) == two);
    static_assert(two - bare_lf == deviations(version_case) && (two & bare_lf) == deviations(bare_lf));
    static_assert(deviations::all().contains(two) && !two.contains(deviations::all()) && two.contains(two));
    static_assert(deviations::none().empty() && !two.empty() && two.contains(deviations::none()));
    static_assert(deviations::from_bits(~0u) == deviations::all());
    static_assert(deviations::from_bits(1u << deviation_count).empty());

    for (unsigned a = 0; a <= deviations::all().bits(); a += 5)
        for (unsigned b = 0; b <= deviations::all().bits(); b += 7) {
            const auto both = deviations::from_bits(a) & deviations::from_bits(b);
            BOOST_TEST_REQUIRE((both == deviations::from_bits(a & b)), a << " & " << b);
        }

    deviations collected;
    for (const auto which : reference_automaton::every_deviation()) {
        BOOST_TEST(!collected.contains(which), name(which));
        collected |= which;
        BOOST_TEST(collected.contains(which), name(which));
    }
    BOOST_TEST((collected == deviations::all()));
}

BOOST_AUTO_TEST_CASE(the_version_is_one_number) {
    static_assert(SIPSTATUS_VERSION ==
                  10000 * SIPSTATUS_VERSION_MAJOR + 100 * SIPSTATUS_VERSION_MINOR + SIPSTATUS_VERSION_PATCH);
    static_assert(SIPSTATUS_VERSION_MINOR < 100 && SIPSTATUS_VERSION_PATCH < 100);
#if SIPSTATUS_VERSION < 100
#error "the version is not usable in a preprocessor condition"
#endif
    BOOST_TEST(SIPSTATUS_VERSION > 0);
}
