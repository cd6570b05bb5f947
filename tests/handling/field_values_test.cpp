// Reason and Retry-After: values and errors with their offsets, each row also cut at every octet in front of an
// unreadable page; what is written is read back; 603+.

#include <sipstatus/reason_header.hpp>
#include <sipstatus/retry_after.hpp>

#include <boost/test/unit_test.hpp>

#include <sipstatus/names.hpp>

#include "guarded_buffer.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

using namespace std::literals;
using namespace sipstatus;

namespace {

struct expected_value {
    std::string_view protocol;
    int cause;
    std::string_view text, location{}, ppi{};
};

struct reason_row {
    std::string_view field;
    std::vector<expected_value> values;
    field_error error = field_error::none;
    std::size_t offset = 0;
};

const std::vector<reason_row> reason_rows = {
    // RFC 3326 section 2
    {"SIP ;cause=200 ;text=\"Call completed elsewhere\"", {{"SIP", 200, "Call completed elsewhere"}}},
    {"Q.850 ;cause=16 ;text=\"Terminated\"", {{"Q.850", 16, "Terminated"}}},
    {"SIP ;cause=580 ;text=\"Precondition Failure\"", {{"SIP", 580, "Precondition Failure"}}},
    // several values, of several protocols and of one (RFC 9366)
    {"SIP;cause=480,Q.850;cause=17", {{"SIP", 480, ""}, {"Q.850", 17, ""}}},
    {"STIR;cause=436;text=\"Bad Identity Info\";ppi=\"Q0Fq\", STIR ;cause=437",
     {{"STIR", 436, "Bad Identity Info", "", "Q0Fq"}, {"STIR", 437, ""}}},
    // RFC 8606
    {"Q.850;cause=31;location=LN", {{"Q.850", 31, "", "LN"}}},
    {"sip;CAUSE=486;Text=\"x\"", {{"sip", 486, "x"}}},
    {"preemption;cause=1;text=\"UA Preemption\"", {{"preemption", 1, "UA Preemption"}}},
    {"SIP", {{"SIP", -1, ""}}},
    {" SIP ", {{"SIP", -1, ""}}},
    {"SIP;cause=\r\n 603\r\n\t;\ttext = \"a\"", {{"SIP", 603, "a"}}},
    {"SIP;text=\"a \\\"b\\\\\";cause=0", {{"SIP", 0, "a \\\"b\\\\"}}},
    {"SIP;text=\"a\r\n b,c;d\";cause=65535", {{"SIP", 65535, "a\r\n b,c;d"}}},
    {"SIP;text=\"\"", {{"SIP", -1, ""}}},
    {"SIP;text=Terminated", {{"SIP", -1, "Terminated"}}},
    {"SIP;text=\"\xD0\x9D\xD0\xB5\"", {{"SIP", -1, "\xD0\x9D\xD0\xB5"}}},
    {"SIP;x;y=z;a=\"b\";h=192.0.2.1;i=[2001:db8::1]", {{"SIP", -1, ""}}},
    // errors
    {"", {}, field_error::bad_token, 0},
    {"  ", {}, field_error::bad_token, 2},
    {";cause=1", {}, field_error::bad_token, 0},
    {"SIP;", {}, field_error::bad_token, 4},
    {"SIP;;cause=1", {}, field_error::bad_token, 4},
    {"SIP;cause=1,", {{"SIP", 1, ""}}, field_error::bad_token, 12},
    {"SIP,,Q.850", {{"SIP", -1, ""}}, field_error::bad_token, 4},
    {"SIP;cause=", {}, field_error::bad_value, 10},
    {"SIP;cause=;text=\"x\"", {}, field_error::bad_value, 10},
    {"SIP;cause", {}, field_error::bad_number, 4},
    {"SIP;x=5;cause", {}, field_error::bad_number, 8}, // the value before is not this one's
    {"SIP;cause=abc", {}, field_error::bad_number, 10},
    {"SIP;cause=-1", {}, field_error::bad_number, 10},
    {"SIP;cause=65536", {}, field_error::bad_number, 10},
    {"SIP;cause=99999999999999999999999999", {}, field_error::bad_number, 10},
    {"SIP;text", {}, field_error::bad_value, 4},
    {"SIP;cause=1;cause=2", {}, field_error::repeated_parameter, 12},
    {"SIP;text=\"a\";TEXT=\"b\"", {}, field_error::repeated_parameter, 13},
    {"SIP cause=1", {}, field_error::bad_separator, 4},
    {"SIP;cause=1 x", {}, field_error::bad_separator, 12},
    {"SIP;text=\"a\"b", {}, field_error::bad_separator, 12},
    {"SIP;text=\"a", {}, field_error::not_closed, 11},
    {"SIP;text=\"a\\", {}, field_error::not_closed, 11},
    {"SIP;text=\"a\\\r\n\"", {}, field_error::not_closed, 11},
    {"SIP;text=\"a\\\n\"", {}, field_error::not_closed, 11},
    {"SIP;text=\"a\nb\"", {}, field_error::not_closed, 11},
    {"SIP;text=\"a\r\nb\"", {}, field_error::not_closed, 11},
    {"SIP;text=\"a\rb\"", {}, field_error::not_closed, 11},
    {"SIP;i=[2001", {}, field_error::bad_value, 11},
    {"SIP;i=[(]", {}, field_error::bad_value, 7},
    {"SIP\r\nX", {}, field_error::bad_separator, 3},
    {"SIP;text=Call completed", {}, field_error::bad_separator, 14},
};

struct retry_row {
    std::string_view value;
    std::uint32_t seconds = 0;
    int duration = -1;
    std::string_view comment{}, parameters{};
    field_error error = field_error::none;
    std::size_t offset = 0;
};

const std::vector<retry_row> retry_rows = {
    // RFC 3261 section 20.33
    {"18000;duration=3600", 18000, 3600, "", ";duration=3600"},
    {"120 (I'm in a meeting)", 120, -1, "I'm in a meeting"},
    {"300", 300},
    {" 0 ", 0},
    {"4294967295", 4294967295u},
    {"5 (a (b) \\) c) ; DURATION = 7 ;x=y", 5, 7, "a (b) \\) c", "; DURATION = 7 ;x=y"},
    {"5()", 5, -1, ""},
    {"5\r\n (folded\r\n twice)", 5, -1, "folded\r\n twice"},
    {"", 0, -1, "", "", field_error::bad_number, 0},
    {" x", 0, -1, "", "", field_error::bad_number, 1},
    {"-1", 0, -1, "", "", field_error::bad_number, 0},
    {"4294967296", 0, -1, "", "", field_error::bad_number, 0},
    {"5 (a", 0, -1, "", "", field_error::not_closed, 4},
    {"5 (a (b)", 0, -1, "", "", field_error::not_closed, 8},
    {"5 (a\\", 0, -1, "", "", field_error::not_closed, 5},
    {"5;duration", 0, -1, "", "", field_error::bad_number, 2},
    {"5;duration=x", 0, -1, "", "", field_error::bad_number, 11},
    {"5;duration=1;duration=2", 0, -1, "", "", field_error::repeated_parameter, 13},
    {"5;", 0, -1, "", "", field_error::bad_token, 2},
    {"5 x", 0, -1, "", "", field_error::bad_separator, 2},
    {"5 (a) (b)", 0, -1, "", "", field_error::bad_separator, 6},
    {"Thu, 01 Jan 2026", 0, -1, "", "", field_error::bad_number, 0},
};

std::string written(const reason_parts &parts) {
    char buffer[200];
    const auto result = write_reason(buffer, buffer + sizeof buffer, parts);
    BOOST_TEST((result.error == field_error::none));
    return {buffer, result.end};
}

} // namespace

BOOST_AUTO_TEST_CASE(reasons_are_read_value_by_value) {
    for (const auto &row : reason_rows) {
        BOOST_TEST_CONTEXT(row.field) {
            std::size_t at = 0, count = 0;
            reason_result result;
            for (; at != npos; ++count) {
                result = read_reason(row.field, at);
                at = result.next;
                if (!result) break;
                BOOST_TEST_REQUIRE(count < row.values.size());
                const auto &value = result.value;
                const auto &expected = row.values[count];
                BOOST_TEST(value.protocol == expected.protocol);
                BOOST_TEST(value.cause == expected.cause);
                BOOST_TEST(value.text == expected.text);
                BOOST_TEST(value.location == expected.location);
                BOOST_TEST(value.ppi == expected.ppi);
                BOOST_TEST(value.whole.substr(0, value.protocol.size()) == value.protocol);
                const char *const end = value.whole.data() + value.whole.size();
                BOOST_TEST((value.whole.data() >= row.field.data() && end <= row.field.data() + row.field.size()));
            }
            BOOST_TEST(count == row.values.size());
            BOOST_TEST(name(result.error) == name(row.error));
            if (!result) BOOST_TEST(result.offset == row.offset);
            if (!result) BOOST_TEST(result.next == npos);
        }
    }
}

BOOST_AUTO_TEST_CASE(protocols_are_known_in_any_case) {
    BOOST_TEST((read_reason("sip").value.kind == reason_protocol::sip));
    BOOST_TEST((read_reason("q.850").value.kind == reason_protocol::q850));
    BOOST_TEST((read_reason("Stir").value.kind == reason_protocol::stir));
    BOOST_TEST((read_reason("Q.8500").value.kind == reason_protocol::other));
    BOOST_TEST(may_repeat(reason_protocol::stir));
    for (const auto one : {reason_protocol::sip, reason_protocol::q850, reason_protocol::other})
        BOOST_TEST(!may_repeat(one));
    BOOST_TEST(read_reason("SIP", 99).offset == 3u); // past the end: as at the end
}

BOOST_AUTO_TEST_CASE(retry_after_is_read) {
    for (const auto &row : retry_rows) {
        BOOST_TEST_CONTEXT(row.value) {
            const auto result = read_retry_after(row.value);
            BOOST_TEST(name(result.error) == name(row.error));
            BOOST_TEST(result.offset == row.offset);
            BOOST_TEST(result.value.seconds == row.seconds);
            BOOST_TEST(result.value.has_duration == (row.duration >= 0));
            BOOST_TEST(result.value.duration == static_cast<std::uint32_t>(row.duration < 0 ? 0 : row.duration));
            BOOST_TEST(result.value.comment == row.comment);
            BOOST_TEST(result.value.parameters == row.parameters);
        }
    }
}

BOOST_AUTO_TEST_CASE(nothing_outside_the_octets_is_read) {
    guarded_buffer buffer(4096);
    const auto cut = [&buffer](std::string_view whole, auto read) {
        for (std::size_t size = 0; size <= whole.size(); ++size) read(buffer.at_end(whole.substr(0, size)));
    };
    for (const auto &row : reason_rows)
        cut(row.field, [](std::string_view octets) {
            for (std::size_t at = 0; at != npos;) {
                const auto result = read_reason(octets, at);
                BOOST_TEST_REQUIRE(result.offset <= octets.size());
                BOOST_TEST_REQUIRE((result.next == npos || (result.next > at && result.next <= octets.size())));
                at = result.next;
            }
        });
    for (const auto &row : retry_rows)
        cut(row.value,
            [](std::string_view octets) { BOOST_TEST_REQUIRE(read_retry_after(octets).offset <= octets.size()); });
    BOOST_TEST(!read_reason({}));
    BOOST_TEST(!read_retry_after({}));
}

BOOST_AUTO_TEST_CASE(deep_and_long_values_cost_no_stack) {
    const std::string deep = "1 " + std::string(1'000'000, '(');
    BOOST_TEST(read_retry_after(deep).offset == deep.size());
    const std::string closed = deep + std::string(1'000'000, ')');
    BOOST_TEST(read_retry_after(closed).value.comment.size() == 1'999'998u);
    std::string many = "SIP";
    for (int n = 0; n < 100'000; ++n) many += ";a=b";
    BOOST_TEST(read_reason(many).value.whole.size() == many.size());
}

BOOST_AUTO_TEST_CASE(reasons_are_written_and_read_back) {
    BOOST_TEST(written({"SIP", 486, "Busy Here"}) == "SIP;cause=486;text=\"Busy Here\"");
    BOOST_TEST(written({"Q.850", 0}) == "Q.850;cause=0");
    BOOST_TEST(written({"SIP"}) == "SIP");
    BOOST_TEST(written({"STIR", 436, "", cause_location::unknown, "Q0F"}) == "STIR;cause=436;ppi=\"Q0F\"");
    for (const auto text : {""sv, "a"sv, "a \"quoted\" \\ text"sv, "\t"sv, "\xC3\xA9"sv, "v=analytics1;url=x"sv})
        for (unsigned n = 0; n <= 8; ++n)
            for (const int cause : {-1, 0, 9, 10, 603, 65535}) {
                const auto location = static_cast<cause_location>(n);
                const auto octets = written({"SIP", cause, text, location, "p"});
                const auto back = read_reason(octets);
                BOOST_TEST_REQUIRE((back && back.next == npos), octets);
                std::string plain(back.value.text.size(), 'x');
                plain.resize(unescape(back.value.text, plain.data()));
                BOOST_TEST_REQUIRE(plain == text);
                BOOST_TEST_REQUIRE(back.value.cause == cause);
                BOOST_TEST_REQUIRE((find_location(back.value.location) == location));
                BOOST_TEST_REQUIRE(back.value.ppi == "p");
            }
}

BOOST_AUTO_TEST_CASE(a_value_is_written_whole_or_not_at_all) {
    const reason_parts parts{"SIP", 603, "say \"no\"", cause_location::user, "x"};
    const auto whole = written(parts);
    for (std::size_t size = 0; size <= whole.size() + 1; ++size) {
        std::string room(size, '#');
        const auto result = write_reason(room.data(), room.data() + size, parts);
        BOOST_TEST(name(result.error) == (size < whole.size() ? "too_small" : "none"), size);
        if (!result) BOOST_TEST((result.end == room.data() && room == std::string(size, '#')), size);
        if (result) BOOST_TEST(room.substr(0, whole.size()) == whole);
    }
    char buffer[100];
    const auto error = [&buffer](const reason_parts &bad) {
        const auto result = write_reason(buffer, buffer + sizeof buffer, bad);
        BOOST_TEST((result.end == buffer));
        return name(result.error);
    };
    BOOST_TEST(error({""}) == "bad_token");
    BOOST_TEST(error({"S IP"}) == "bad_token");
    BOOST_TEST(error({"SIP\r\nX"}) == "bad_token");
    BOOST_TEST(error({"SIP", 65536}) == "bad_number");
    for (const auto text : {"a\r\nX: y"sv, "a\n"sv, "\0"sv, "\x7F"sv, "\x1B[31m"sv}) {
        BOOST_TEST(error({"SIP", 1, text}) == "unsafe_text");
        BOOST_TEST(error({"SIP", 1, "", cause_location::unknown, text}) == "unsafe_text");
    }
    BOOST_TEST((write_reason(nullptr, nullptr, parts).error == field_error::too_small));
}

BOOST_AUTO_TEST_CASE(unescape_keeps_what_is_not_escaped) {
    char buffer[10];
    for (const auto &[text, plain] :
         {std::pair{""sv, ""sv}, {"ab"sv, "ab"sv}, {"\\\"a\\\\"sv, "\"a\\"sv}, {"a\\"sv, "a\\"sv}})
        BOOST_TEST(std::string_view(buffer, unescape(text, buffer)) == plain);
}

BOOST_AUTO_TEST_CASE(a_call_that_a_network_blocked_is_known_by_phrase_and_reason_together) {
    constexpr auto notice =
        "SIP;cause=603;text=\"v=analytics1;url=https://block.example/x;tel=+15555550100;email=a@block.example;id=7f\";location=LN"sv;
    const auto block = find_network_block(status::decline, "Network Blocked", notice);
    BOOST_TEST_REQUIRE(block.is_present);
    BOOST_TEST(block.url == "https://block.example/x");
    BOOST_TEST(block.tel == "+15555550100");
    BOOST_TEST(block.email == "a@block.example");
    BOOST_TEST(block.id == "7f");
    BOOST_TEST((find_location(block.reason.location) == cause_location::local_public));
    BOOST_TEST(block.reason.whole == notice);

    BOOST_TEST((next_route(status::decline, block) == route_choice::no));
    BOOST_TEST((retry_of(status::decline, block) == retry_kind::none));
    BOOST_TEST(!may_remap(block));
    const cause_row own[] = {{status::decline, 16}};
    BOOST_TEST(int{cause_of_status(status::decline, block, own).cause} == 21); // not to be overridden
    BOOST_TEST((cause_of_status(status::decline, block).location == cause_location::user));

    const std::string second = "Q.850;cause=21, " + std::string(notice);
    BOOST_TEST(find_network_block(status::decline, "network BLOCKED", second).is_present);
    const auto least =
        find_network_block(status::decline, "Network Blocked", "SIP;cause=603;text=\"v=analytics1; tel=1\"");
    BOOST_TEST(least.tel == "1");
    BOOST_TEST(least.url.empty());
    // The text may end with the version, or with a blank.
    for (const auto *reason : {"SIP;cause=603;text=\"v=analytics1\"", "SIP;cause=603;text=\"v=analytics1; \""}) {
        const auto bare = find_network_block(status::decline, "Network Blocked", reason);
        BOOST_TEST(bare.is_present, reason);
        BOOST_TEST(bare.id.empty(), reason);
    }

    struct row {
        int code;
        std::string_view phrase, reason;
    };
    for (const auto &[code, phrase, reason] :
         std::vector<row>{{603, "Decline", notice},
                          {603, "Network Blocked", ""},
                          {603, "Network Blocked", "SIP;cause=603"},
                          {603, "Network Blocked", "SIP;cause=603;text=\"blocked\""},
                          {603, "Network Blocked", "SIP;cause=603;text=\"v=analytics12;url=x\""},
                          {603, "Network Blocked", "SIP;cause=607;text=\"v=analytics1;url=x\""},
                          {603, "Network Blocked", "Q.850;cause=603;text=\"v=analytics1;url=x\""},
                          {603, "Network Blocked", "SIP;cause=603;text=\"v=analytics1"},
                          {608, "Network Blocked", notice}}) {
        const auto none = find_network_block(static_cast<status>(code), phrase, reason);
        BOOST_TEST(!none, code << ' ' << phrase << ' ' << reason);
        BOOST_TEST(may_remap(none));
        BOOST_TEST((next_route(status::server_internal_error, none) == route_choice::yes));
        BOOST_TEST((retry_of(status::busy_here, none) == retry_kind::later));
        BOOST_TEST(int{cause_of_status(status::decline, none, own).cause} == 16);
    }
}

BOOST_AUTO_TEST_CASE(a_q850_cause_in_the_reason_needs_no_mapping) {
    struct row {
        int code;
        std::string_view reason;
        int cause;
    };
    for (const auto &[code, reason, cause] : std::vector<row>{{480, "SIP;cause=480, Q.850;cause=17", 17},
                                                              {480, "SIP;cause=480", 18},
                                                              {480, "", 18},
                                                              {480, "Q.850;cause=0", 18},
                                                              {480, "Q.850;cause=128", 18},
                                                              {480, "Q.850", 18},
                                                              {487, "Q.850;cause=16", 16}})
        BOOST_TEST(int{cause_of_response(static_cast<status>(code), reason).cause} == cause, reason);
    BOOST_TEST((cause_of_response(status::decline, "Q.850;cause=21;location=U").location == cause_location::user));
    BOOST_TEST((cause_of_response(status::busy_here, "Q.850;cause=17").location == cause_location::remote_public));
}

BOOST_AUTO_TEST_CASE(every_error_has_a_sentence_of_its_own) {
    std::set<std::string_view> sentences;
    unsigned n = 0;
    for (; !name(static_cast<field_error>(n)).empty(); ++n)
        sentences.insert(message(static_cast<field_error>(n)).expected);
    BOOST_TEST(sentences.size() == n);
    BOOST_TEST(message(static_cast<field_error>(n)).expected.empty());
}
