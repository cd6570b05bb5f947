// The C face gives what the C++ functions give: all codes, methods and profiles, and parsing.

#include <sipstatus/sipstatus.h>
#include <sipstatus/sipstatus.hpp>

#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace sipstatus;

namespace {

std::string_view text(const char *characters) {
    return characters == nullptr ? std::string_view{} : std::string_view(characters);
}

std::string_view octets(sipstatus_view view) {
    return view.data == nullptr ? std::string_view{} : std::string_view(view.data, view.size);
}

void expect_same(const sipstatus_result &c, const parse_result &cpp) {
    BOOST_TEST_REQUIRE(c.outcome == static_cast<int>(cpp.outcome));
    BOOST_TEST_REQUIRE(c.offset == cpp.offset);
    BOOST_TEST_REQUIRE(c.consumed == cpp.consumed);
    BOOST_TEST_REQUIRE(c.leading_crlfs == cpp.leading_crlfs);
    BOOST_TEST_REQUIRE(c.code == to_int(cpp.line.code));
    BOOST_TEST_REQUIRE(c.deviations == cpp.line.deviations.bits());
    BOOST_TEST_REQUIRE(c.kind == static_cast<int>(cpp.line.kind));
    BOOST_TEST_REQUIRE(octets(c.phrase) == cpp.line.phrase);
    BOOST_TEST_REQUIRE(octets(c.version) == cpp.line.version);
}

template <class Verdict> void expect_same(int verdict, const sipstatus_ruling &why, const ruling<Verdict> &cpp) {
    BOOST_TEST_REQUIRE(verdict == static_cast<int>(cpp.verdict));
    BOOST_TEST_REQUIRE(text(why.section) == cpp.section.view());
    BOOST_TEST_REQUIRE(text(why.reason) == cpp.reason.view());
}

} // namespace

BOOST_AUTO_TEST_CASE(every_code_says_the_same) {
    sipstatus_ruling why;
    SIPSTATUS_INIT(why);
    for (int code = 100; code < 700; ++code) {
        const auto s = static_cast<status>(code);
        BOOST_TEST_REQUIRE(text(sipstatus_canonical_phrase(code)) == canonical_phrase(s));
        BOOST_TEST_REQUIRE(sipstatus_class_of(code) == static_cast<int>(class_of(s)));
        BOOST_TEST_REQUIRE(sipstatus_is_final(code) == int{is_final(s)});
        BOOST_TEST_REQUIRE(sipstatus_standing_of(code) == static_cast<int>(standing_of(s)));
        BOOST_TEST_REQUIRE(sipstatus_effective_status(code) == to_int(effective_status(s)));
        BOOST_TEST_REQUIRE(text(sipstatus_name_of_code(code)) == name(s));
        for (const int who : {0, 1})
            expect_same(sipstatus_treated_as(code, who, &why), why, treated_as(s, static_cast<element>(who)));
        expect_same(sipstatus_after_cancel(code, &why), why, after_cancel(s));
        expect_same(sipstatus_retry_of(code, &why), why, retry_of(s));
        expect_same(sipstatus_retry_after_of(code, &why), why, retry_after_of(s));
        expect_same(sipstatus_next_route(code, &why), why, next_route(s));
        for (const int origin : {0, 1})
            expect_same(sipstatus_next_target(code, origin, &why), why,
                        next_target(s, static_cast<branch_origin>(origin)));
        for (int n = 0; n < sipstatus_method_count; ++n) {
            const auto m = static_cast<method>(n);
            expect_same(sipstatus_ack_of(code, n, &why), why, ack_of(s, m));
            expect_same(sipstatus_may_be_reliable(code, n, &why), why, may_be_reliable(s, m));
            BOOST_TEST_REQUIRE(sipstatus_may_answer(code, n, nullptr) == int{methods_of(s).verdict.contains(m)});
            for (const int other : {0, 1}) {
                expect_same(sipstatus_forward(code, n, other, &why), why, forward(s, m, static_cast<finality>(other)));
                expect_same(sipstatus_effect_on_dialog(code, n, other, &why), why,
                            effect_on_dialog(s, m, static_cast<dialog_rules>(other)));
            }
        }
        int location = -1, hint = -1;
        const auto mapping = cause_of_status(s);
        BOOST_TEST_REQUIRE(sipstatus_cause_of_status(code, &location, &hint) == mapping.cause);
        BOOST_TEST_REQUIRE(location == static_cast<int>(mapping.location));
        BOOST_TEST_REQUIRE(hint == static_cast<int>(mapping.hint));
    }
    for (int cause = -1; cause < 200; ++cause)
        for (int location = 0; location < sipstatus_cause_location_count; ++location)
            for (const int diagnostic : {0, 1})
                BOOST_TEST_REQUIRE(
                    sipstatus_status_of_cause(cause, location, diagnostic) ==
                    to_int(status_of_cause(cause, static_cast<cause_location>(location), diagnostic != 0).code));
}

BOOST_AUTO_TEST_CASE(a_number_that_is_no_code_is_refused) {
    for (const int code : {-1, 0, 99, 700, 100'000}) {
        BOOST_TEST(sipstatus_forward(code, 1, 0, nullptr) == -1);
        BOOST_TEST(sipstatus_ack_of(code, 1, nullptr) == -1);
        BOOST_TEST(sipstatus_after_cancel(code, nullptr) == -1);
        BOOST_TEST(sipstatus_next_route(code, nullptr) == -1);
        BOOST_TEST(sipstatus_treated_as(code, 0, nullptr) == -1);
        BOOST_TEST(sipstatus_header_with(code, 0, nullptr, nullptr) == nullptr);
        BOOST_TEST(sipstatus_class_of(code) == 0);
        BOOST_TEST(sipstatus_name_of_code(code) == nullptr);
        BOOST_TEST(sipstatus_find_network_block(code, "x", 1, "x", 1, nullptr) == 0);
    }
    for (const int beyond : {-1, 1000}) { // enumerators that there are not: as the first
        BOOST_TEST(sipstatus_forward(180, beyond, 0, nullptr) == static_cast<int>(forwarding::never));
        BOOST_TEST(sipstatus_ranking_of(beyond) == sipstatus_ranking_of(0));
        BOOST_TEST(sipstatus_source_of(beyond) == nullptr);
    }
}

BOOST_AUTO_TEST_CASE(lines_are_read_alike_whole_and_in_pieces) {
    std::mt19937 random(7);
    const std::string_view pieces[] = {"SIP/2.0 ", "sip/2.0 ", "\r\n", "486 ", "200", "700 ", "\t", "Busy Here",
                                       "\xC3\xA9", "\xFF",     "%zz",  "\n",   "\r",  "\r\n", "x"};
    for (int round = 0; round < 20'000; ++round) {
        std::string input;
        for (auto left = random() % 8; left != 0; --left) input += pieces[random() % std::size(pieces)];
        const auto tolerated = static_cast<unsigned>(random());
        const bool whole = random() % 2 == 0;
        const std::size_t limit = random() % 40;
        const parse_options cpp_options{deviations::from_bits(tolerated), whole, limit};
        sipstatus_options options;
        sipstatus_options_init(&options);
        options.tolerated = tolerated;
        options.whole_input = whole;
        options.limit = limit;
        sipstatus_result result;
        SIPSTATUS_INIT(result);
        const auto expected = parse(input, cpp_options);
        sipstatus_parse(input.data(), input.size(), &options, &result);
        expect_same(result, expected);
        for (int n = 0; n < sipstatus_deviation_count; ++n)
            BOOST_TEST_REQUIRE(sipstatus_deviation_offset(&result, n) ==
                               deviation_offset(expected, static_cast<deviation>(n)));

        const auto cut = random() % (input.size() + 1);
        options.whole_input = 0;
        const parse_options first{cpp_options.tolerated, false, limit};
        auto previous = parse({input.data(), cut}, first);
        sipstatus_parse(input.data(), cut, &options, &result);
        expect_same(result, previous);
        sipstatus_resume(&result, input.data(), input.size(), &options);
        expect_same(result, resume(previous, input, first));
    }
}

BOOST_AUTO_TEST_CASE(branches_are_ranked_alike) {
    std::mt19937 random(11);
    for (int round = 0; round < 50'000; ++round) {
        sipstatus_branch set[5];
        std::vector<branch> same;
        const std::size_t count = random() % 6;
        for (std::size_t n = 0; n < count; ++n) {
            set[n] = {static_cast<std::uint16_t>(random() % 700), static_cast<std::uint16_t>(random() % 3),
                      static_cast<std::uint8_t>(random() % 2), static_cast<std::uint8_t>(random() % 3)};
            same.push_back({static_cast<status>(set[n].code), set[n].arrival, static_cast<branch_origin>(set[n].origin),
                            static_cast<cancel_state>(set[n].cancel)});
        }
        const sipstatus_request request{static_cast<int>(random() % 15), static_cast<int>(random() % 2)};
        const request_facts facts{static_cast<method>(request.method), request.cancelled != 0};
        const auto which = static_cast<int>(random() % 6);
        const auto &by = ranking_of(static_cast<profile>(which));
        sipstatus_best best;
        SIPSTATUS_INIT(best);
        const auto expected = choose(same, facts, by);
        BOOST_TEST_REQUIRE(sipstatus_choose(set, count, &request, sipstatus_ranking_of(which), &best) ==
                           to_int(expected.code));
        BOOST_TEST_REQUIRE(best.branch == expected.branch);
        BOOST_TEST_REQUIRE(best.runner_up == expected.runner_up);
        BOOST_TEST_REQUIRE(best.received == to_int(expected.received));
        BOOST_TEST_REQUIRE(best.rule == static_cast<int>(rule_of(expected, same, facts, by)));
        std::size_t c_order[5], order[5];
        const auto size = contributors(same, expected, by, order);
        BOOST_TEST_REQUIRE(sipstatus_contributors(set, count, &best, sipstatus_ranking_of(which), c_order) == size);
        BOOST_TEST_REQUIRE(std::vector(order, order + size) == std::vector(c_order, c_order + size),
                           boost::test_tools::per_element());
    }
}

BOOST_AUTO_TEST_CASE(what_there_is_not_has_no_name_and_no_section) {
    for (int n = 0; n < sipstatus_profile_count; ++n)
        BOOST_TEST(text(sipstatus_source_of(n)) == source_of(static_cast<profile>(n)));
    BOOST_TEST(sipstatus_source_of(sipstatus_profile_count) == nullptr);
    for (const int code : {299, 700}) {
        BOOST_TEST(sipstatus_reference_of(code) == nullptr);
        BOOST_TEST(sipstatus_section_of(code) == nullptr);
        BOOST_TEST(sipstatus_meaning_of(code) == nullptr);
    }
    for (const int beyond : {-1, 256}) {
        const char *section = "";
        BOOST_TEST(sipstatus_name_of_outcome(beyond) == nullptr);
        BOOST_TEST(sipstatus_message_of_outcome(beyond, &section) == nullptr);
        BOOST_TEST(sipstatus_name_of_field_error(beyond) == nullptr);
        BOOST_TEST(sipstatus_message_of_field_error(beyond, &section) == nullptr);
    }
}

BOOST_AUTO_TEST_CASE(what_a_caller_leaves_out_is_not_read_and_not_written) {
    // A caller of an older version has a smaller struct.
    sipstatus_options options;
    sipstatus_options_init(&options);
    options.struct_size = offsetof(sipstatus_options, limit);
    options.limit = 1;
    sipstatus_result result;
    SIPSTATUS_INIT(result);
    const std::string_view line = "SIP/2.0 486 Busy Here\r\n";
    BOOST_TEST(sipstatus_parse(line.data(), line.size(), &options, &result) == static_cast<int>(outcome::ok));
    BOOST_TEST(sipstatus_code_offset(&result) == 8u);
    sipstatus_parse("BYE", 3, nullptr, &result);
    BOOST_TEST(sipstatus_code_offset(&result) == npos);

    const char *section = nullptr;
    int level = -1;
    const std::string_view name = sipstatus_header_with(401, 0, &level, &section);
    BOOST_TEST(level >= 0);
    BOOST_TEST(sipstatus_header_with(401, 0, nullptr, nullptr) == name);

    char buffer[64];
    std::size_t written = 0;
    const auto none = static_cast<int>(field_error::none);
    BOOST_TEST(sipstatus_write_reason(buffer, sizeof buffer, "SIP", 486, nullptr, 0, 0, nullptr) == none);
    BOOST_TEST(sipstatus_write_reason(buffer, sizeof buffer, "SIP", 486, nullptr, 0, 0, &written) == none);
    BOOST_TEST(std::string_view(buffer, written) == "SIP;cause=486");
    BOOST_TEST(sipstatus_write_reason(buffer, sizeof buffer, nullptr, 486, nullptr, 0, 0, &written) != none);
}
