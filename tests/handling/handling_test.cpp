// What one response asks for, rule by rule, and the laws of the tables in handling.def. The tables of RFC 5057 come
// from the collections, where they were written down independently.

#include <sipstatus/handling.hpp>

#include <boost/test/unit_test.hpp>

#include <sipstatus/names.hpp>

#include "collections.hpp"

#include <set>
#include <string>
#include <vector>

using namespace sipstatus;

namespace {

status code_of(int number) {
    return static_cast<status>(number);
}

constexpr method every_method[] = {
    method::other,
#define SIPSTATUS_METHOD(name, token) method::name,
#include <sipstatus/handling.def>
};

} // namespace

BOOST_AUTO_TEST_CASE(methods_are_found_by_their_tokens_with_case) {
    std::set<std::string_view> tokens;
    for (const auto m : every_method) {
        if (m == method::other) continue;
        BOOST_TEST((find_method(token_of(m)) == m), name(m));
        tokens.insert(token_of(m));
    }
    BOOST_TEST(tokens.size() == std::size(every_method) - 1);
    for (const char *token : {"", "invite", "INVITE ", "PING"})
        BOOST_TEST((find_method(token) == method::other), token);
    BOOST_TEST(token_of(method::other).empty());
    constexpr auto two = method::invite | method::update;
    static_assert(two.contains(method::invite) && !two.contains(method::bye));
    static_assert((two - method::invite) == methods(method::update) && methods::all().contains(method::other));
    static_assert(methods::from_bits(two.bits()) == two);
}

BOOST_AUTO_TEST_CASE(a_response_is_forwarded_at_once_held_or_never) {
    using enum finality;
    struct row {
        int first, last;
        method m;
        finality sent;
        forwarding expected;
    };
    for (const auto &[first, last, m, sent, expected] : std::vector<row>{
             {100, 100, method::invite, provisional, forwarding::never},
             {100, 100, method::options, provisional, forwarding::never},
             {101, 199, method::invite, provisional, forwarding::at_once},
             {101, 199, method::invite, final, forwarding::never},
             {101, 199, method::options, provisional, forwarding::never}, // RFC 4320
             {200, 299, method::invite, provisional, forwarding::at_once},
             {200, 299, method::invite, final, forwarding::at_once},
             {200, 299, method::options, provisional, forwarding::at_once},
             {200, 299, method::options, final, forwarding::never},
             {300, 699, method::invite, provisional, forwarding::hold},
             {300, 699, method::options, provisional, forwarding::hold},
             {300, 699, method::invite, final, forwarding::never},
             {300, 699, method::options, final, forwarding::never},
         })
        for (int code = first; code <= last; ++code) {
            const auto says = forward(code_of(code), m, sent);
            BOOST_TEST_REQUIRE(name(says.verdict) == name(expected), code << ' ' << name(m));
            BOOST_TEST_REQUIRE(says.section.view().starts_with("RFC "));
        }
}

BOOST_AUTO_TEST_CASE(one_element_sends_the_ack) {
    for (int code = 100; code < 700; ++code) {
        const auto expected = code < 200   ? ack_sender::nobody
                              : code < 300 ? ack_sender::user_agent
                                           : ack_sender::client_transaction;
        BOOST_TEST_REQUIRE((ack_of(code_of(code), method::invite) == expected), code);
        BOOST_TEST_REQUIRE((ack_of(code_of(code), method::bye) == ack_sender::nobody), code);
        const auto step = code < 200   ? cancelled_step::wait
                          : code < 300 ? cancelled_step::ack_then_bye
                                       : cancelled_step::done;
        BOOST_TEST_REQUIRE((after_cancel(code_of(code)) == step), code);
        BOOST_TEST_REQUIRE(may_be_reliable(code_of(code), method::invite) == (code > 100 && code < 200), code);
        BOOST_TEST_REQUIRE(!may_be_reliable(code_of(code), method::update), code);
    }
}

BOOST_AUTO_TEST_CASE(a_code_is_treated_as_itself_or_another) {
    struct row {
        int code, at_user_agent, at_proxy;
    };
    for (const auto &[code, at_user_agent, at_proxy] : std::vector<row>{{202, 200, 200},
                                                                        {402, 400, 400},
                                                                        {430, 400, 430},
                                                                        {486, 486, 486},
                                                                        {499, 400, 400},
                                                                        {199, 199, 199},
                                                                        {101, 183, 183},
                                                                        {303, 300, 300},
                                                                        {599, 500, 500},
                                                                        {607, 607, 607},
                                                                        {699, 600, 600},
                                                                        {100, 100, 100}}) {
        BOOST_TEST(to_int(treated_as(code_of(code), element::user_agent)) == at_user_agent, code);
        BOOST_TEST(to_int(treated_as(code_of(code), element::proxy)) == at_proxy, code);
        BOOST_TEST(!treated_as(code_of(code), element::proxy).section.empty(), code);
    }
}

BOOST_AUTO_TEST_CASE(every_registered_failure_says_whether_another_route_may_help) {
    const auto set = next_route_codes();
    for (const auto &row : registry()) {
        const auto says = next_route(row.code);
        BOOST_TEST(!says.reason.empty(), to_int(row.code));
        BOOST_TEST(set.contains(row.code) == (says == route_choice::yes), to_int(row.code));
        if (to_int(row.code) >= 300)
            BOOST_TEST(tables::row_plus_one(tables::next_routes, row.code) != 0u, to_int(row.code));
        if (to_int(row.code) < 400 || to_int(row.code) >= 600) BOOST_TEST((says == route_choice::no), to_int(row.code));
    }
    for (const int code : {408, 482, 483, 500, 502, 503, 504})
        BOOST_TEST((next_route(code_of(code)) == route_choice::yes), code);
    for (const int code : {200, 401, 404, 480, 486, 487, 603})
        BOOST_TEST((next_route(code_of(code)) == route_choice::no), code);
    BOOST_TEST((next_route(code_of(477)) == route_choice::no));  // as 400
    BOOST_TEST((next_route(code_of(599)) == route_choice::yes)); // as 500
}

BOOST_AUTO_TEST_CASE(a_set_of_codes_is_a_set) {
    auto mine = next_route_codes();
    BOOST_TEST(!mine.contains(status::temporarily_unavailable));
    mine.insert(status::temporarily_unavailable);
    mine.erase(status::service_unavailable);
    BOOST_TEST(mine.contains(status::temporarily_unavailable));
    BOOST_TEST(!mine.contains(status::service_unavailable));
    for (const int code : {0, 99, 700, 65535}) {
        mine.insert(code_of(code));
        BOOST_TEST(!mine.contains(code_of(code)), code);
        mine.erase(code_of(code));
    }
    status_set all;
    for (int code = 100; code < 700; ++code) all.insert(code_of(code));
    for (int code = 100; code < 700; ++code) BOOST_TEST_REQUIRE(all.contains(code_of(code)), code);
}

BOOST_AUTO_TEST_CASE(only_what_reached_no_server_goes_to_the_next_target) {
    for (int code = 100; code < 700; ++code) {
        const auto of_peer = code == 503 ? failover::next_target : code == 430 ? failover::other_flow : failover::none;
        const auto of_proxy = code == 408 ? failover::next_target : of_peer;
        BOOST_TEST_REQUIRE((next_target(code_of(code), branch_origin::peer) == of_peer), code);
        BOOST_TEST_REQUIRE((next_target(code_of(code), branch_origin::proxy) == of_proxy), code);
    }
}

BOOST_AUTO_TEST_CASE(a_retry_is_of_a_kind) {
    struct row {
        int code;
        retry_kind kind;
    };
    for (const auto &[code, kind] :
         std::vector<row>{{200, retry_kind::none},        {300, retry_kind::redirect}, {302, retry_kind::redirect},
                          {399, retry_kind::redirect},    {400, retry_kind::none},     {401, retry_kind::credentials},
                          {407, retry_kind::credentials}, {403, retry_kind::none},     {408, retry_kind::unchanged},
                          {413, retry_kind::change},      {415, retry_kind::change},   {416, retry_kind::change},
                          {420, retry_kind::change},      {423, retry_kind::change},   {480, retry_kind::later},
                          {491, retry_kind::wait},        {499, retry_kind::none},     {503, retry_kind::other_server},
                          {500, retry_kind::later},       {599, retry_kind::later},    {603, retry_kind::later},
                          {604, retry_kind::later},       {180, retry_kind::none}})
        BOOST_TEST(name(retry_of(code_of(code)).verdict) == name(kind), code);
    for (const int code : {401, 407, 413, 415, 416, 420})
        BOOST_TEST((retry_of(code_of(code)).section.view().find("8.1.3.5") != std::string_view::npos), code);
}

BOOST_AUTO_TEST_CASE(retry_after_means_something_beside_eight_codes) {
    for (int code = 100; code < 700; ++code) {
        const bool is_server = code == 500 || code == 503;
        const bool is_callee = code == 404 || code == 413 || code == 480 || code == 486 || code == 600 || code == 603;
        const auto expected = is_server   ? retry_after_meaning::server
                              : is_callee ? retry_after_meaning::callee
                                          : retry_after_meaning::none;
        BOOST_TEST_REQUIRE((retry_after_of(code_of(code)) == expected), code);
        bool has_row = false;
        for (const auto &header : headers_with(code_of(code))) has_row |= header.name == "Retry-After";
        BOOST_TEST_REQUIRE(has_row == (is_server || is_callee), code);
    }
}

BOOST_AUTO_TEST_CASE(headers_go_with_their_codes) {
    struct row {
        int code;
        std::string_view must;
    };
    for (const auto &[code, must] : std::vector<row>{{401, "WWW-Authenticate"},
                                                     {405, "Allow"},
                                                     {407, "Proxy-Authenticate"},
                                                     {420, "Unsupported"},
                                                     {421, "Require"},
                                                     {422, "Min-SE"},
                                                     {423, "Min-Expires"},
                                                     {424, "Geolocation-Error"},
                                                     {425, "AlertMsg-Error"},
                                                     {469, "Recv-Info"},
                                                     {494, "Security-Server"}}) {
        bool is_there = false;
        for (const auto &header : headers_with(code_of(code)))
            is_there |= header.name == must && header.level == header_level::must;
        BOOST_TEST(is_there, code);
    }
    unsigned choices = 0;
    for (const auto &header : headers_with(status::unsupported_media_type))
        choices += header.level == header_level::one_of;
    BOOST_TEST(choices == 3u);
    BOOST_TEST(headers_with(status::ok).empty());
    BOOST_TEST(headers_with(code_of(699)).empty());
    BOOST_TEST(headers_with(code_of(100)).empty());
}

BOOST_AUTO_TEST_CASE(codes_are_limited_to_methods) {
    struct row {
        int code;
        methods allowed;
    };
    for (const auto &[code, allowed] :
         std::vector<row>{{100, methods::all()},
                          {180, method::invite},
                          {199, method::invite},
                          {150, method::invite},
                          {200, methods::all()},
                          {202, methods::all() - (method::subscribe | method::notify | method::refer)},
                          {204, method::subscribe},
                          {408, method::invite},
                          {412, method::publish},
                          {422, method::invite | method::update},
                          {429, method::refer},
                          {439, method::register_},
                          {469, method::info},
                          {486, methods::all()},
                          {487, methods::all() - method::cancel},
                          {489, method::subscribe | method::notify | method::publish},
                          {555, method::register_}})
        BOOST_TEST((methods_of(code_of(code)).verdict == allowed), code);
}

BOOST_AUTO_TEST_CASE(a_failure_costs_the_transaction_the_usage_or_the_dialog_by_method) {
    struct row {
        int code;
        method m;
        dialog_effect rfc5057, rfc3261;
    };
    using enum dialog_effect;
    for (const auto &[code, m, rfc5057, rfc3261] : std::vector<row>{{180, method::invite, none, none},
                                                                    {200, method::invite, none, none},
                                                                    {302, method::invite, redirects, redirects},
                                                                    {404, method::invite, dialog, transaction},
                                                                    {404, method::options, dialog, transaction},
                                                                    {405, method::invite, usage, transaction},
                                                                    {405, method::notify, usage, transaction},
                                                                    {405, method::info, transaction, transaction},
                                                                    {405, method::update, transaction, transaction},
                                                                    {405, method::other, transaction, transaction},
                                                                    {501, method::notify, usage, transaction},
                                                                    {501, method::message, transaction, transaction},
                                                                    {408, method::invite, usage, dialog},
                                                                    {408, method::options, transaction, dialog},
                                                                    {480, method::notify, usage, transaction},
                                                                    {480, method::message, transaction, transaction},
                                                                    {481, method::notify, usage, dialog},
                                                                    {481, method::bye, usage, dialog},
                                                                    {481, method::cancel, transaction, transaction},
                                                                    {404, method::cancel, transaction, transaction},
                                                                    {481, method::options, transaction, dialog},
                                                                    {489, method::notify, usage, transaction},
                                                                    {489, method::invite, transaction, transaction},
                                                                    {424, method::invite, transaction, transaction},
                                                                    {425, method::invite, transaction, transaction},
                                                                    {433, method::invite, transaction, transaction},
                                                                    {469, method::info, transaction, transaction},
                                                                    {499, method::invite, transaction, transaction},
                                                                    {599, method::invite, transaction, transaction},
                                                                    {607, method::invite, transaction, transaction},
                                                                    {608, method::invite, transaction, transaction},
                                                                    {699, method::invite, transaction, transaction}}) {
        BOOST_TEST_CONTEXT(code << " to " << name(m)) {
            BOOST_TEST(name(effect_on_dialog(code_of(code), m).verdict) == name(rfc5057));
            BOOST_TEST(name(effect_on_dialog(code_of(code), m, dialog_rules::rfc3261).verdict) == name(rfc3261));
        }
    }
    BOOST_TEST((timeout_on_dialog(method::invite) == usage));
    BOOST_TEST((timeout_on_dialog(method::message) == transaction));
    BOOST_TEST((timeout_on_dialog(method::invite, dialog_rules::rfc3261) == dialog));
    BOOST_TEST(timeout_on_dialog(method::invite).section.view() == "RFC 5057 section 5.2");
}

// Table 2 of RFC 5057: the row of each code, before the exceptions in its notes.
BOOST_AUTO_TEST_CASE(the_table_of_rfc_5057_is_ours, *collections::needed()) {
    std::size_t rows = 0;
    for (const auto &row : collections::table("rules/rfc5057_effect.tsv")) {
        const int code = std::stoi(row.at("code"));
        const auto impact = row.at("impact");
        const auto place = tables::row_plus_one(tables::dialog_effects, code_of(code));
        BOOST_TEST_REQUIRE(place != 0u, code);
        const auto &says = tables::dialog_effects[place - 1].says;
        BOOST_TEST(std::string(name(says.verdict)) == (impact == "Transaction" ? "transaction"
                                                       : impact == "Usage"     ? "usage"
                                                                               : "dialog"),
                   code);
        const auto note = row.at("note");
        if (!note.empty())
            BOOST_TEST((says.section.view().find("note " + note.substr(1, note.size() - 2)) != std::string_view::npos),
                       code);
        if (row.at("code").find("xx") != std::string::npos)
            for (int other = code; other < code + 100; ++other)
                if (tables::row_plus_one(tables::dialog_effects, code_of(other)) == 0)
                    BOOST_TEST((effect_on_dialog(code_of(other), method::invite) == dialog_effect::transaction), other);
        ++rows;
    }
    BOOST_TEST(rows == 50u);
}

// Every table ascends, so that it can be searched by halves, and every row names a section that reads like one.
template <class Verdict, std::size_t N>
void check_table(const tables::ruling_row<Verdict> (&rows)[N], bool has_section) {
    for (std::size_t n = 0; n < N; ++n) {
        if (n != 0) BOOST_TEST(rows[n - 1].code < rows[n].code);
        BOOST_TEST((rows[n].code >= 100 && rows[n].code < 700));
        BOOST_TEST(rows[n].says.section.view().starts_with("RFC ") == has_section, rows[n].code);
        BOOST_TEST((find(code_of(rows[n].code)) != nullptr), rows[n].code);
    }
}
BOOST_AUTO_TEST_CASE(the_tables_keep_their_laws) {
    check_table(tables::retries, true);
    check_table(tables::dialog_effects, true);
    check_table(tables::next_routes, false);
    check_table(tables::limits, true);
    check_table(tables::bans, true);
    for (std::size_t n = 1; n < std::size(tables::headers); ++n)
        BOOST_TEST((tables::headers[n - 1].code <= tables::headers[n].code));
    for (const auto &header : tables::headers) BOOST_TEST(header.section.view().starts_with("RFC "));
}

BOOST_AUTO_TEST_CASE(every_enumerator_has_a_name_and_no_other_value_has) {
    const auto count = [](auto first) {
        using type = decltype(first);
        unsigned n = 0;
        std::set<std::string_view> names;
        for (; !name(static_cast<type>(n)).empty(); ++n) names.insert(name(static_cast<type>(n)));
        BOOST_TEST(names.size() == n);
        BOOST_TEST(name(static_cast<type>(200)).empty());
        return n;
    };
    BOOST_TEST(count(method{}) == std::size(every_method));
    BOOST_TEST(count(branch_origin{}) == 2u);
    BOOST_TEST(count(forwarding{}) == 3u);
    BOOST_TEST(count(ack_sender{}) == 3u);
    BOOST_TEST(count(cancelled_step{}) == 3u);
    BOOST_TEST(count(retry_kind{}) == 8u);
    BOOST_TEST(count(retry_after_meaning{}) == 3u);
    BOOST_TEST(count(dialog_effect{}) == 5u);
    BOOST_TEST(count(failover{}) == 3u);
    BOOST_TEST(count(route_choice{}) == 2u);
    BOOST_TEST(count(header_level{}) == 4u);
    BOOST_TEST(count(action{}) == 5u);
    BOOST_TEST(count(cause_hint{}) == 4u);
    BOOST_TEST(count(reason_protocol{}) == 4u);
    BOOST_TEST(count(cause_location{}) == 9u);
    BOOST_TEST(count(field_error{}) == 9u);
}

BOOST_AUTO_TEST_CASE(methods_are_sets) {
    auto set = method::invite | method::bye;
    BOOST_TEST(set.contains(method::bye));
    set = set - method::bye;
    BOOST_TEST((set == methods(method::invite)));
    set = set | method::ack;
    BOOST_TEST((methods::from_bits(set.bits()) == set));
    BOOST_TEST(methods::from_bits(~0u).contains(method::invite));
    BOOST_TEST((methods::from_bits(~0u) - methods::from_bits(~0u)).bits() == 0u);
}

BOOST_AUTO_TEST_CASE(a_set_of_codes_loses_the_code_that_is_taken_out_and_no_other) {
    status_set all;
    for (int code = 100; code < 700; ++code) all.insert(static_cast<status>(code));
    all.insert(status{700}); // there is no place for it
    for (int code = 100; code < 700; ++code) {
        auto set = all;
        set.erase(static_cast<status>(code));
        set.erase(status{99});
        for (int other = 100; other < 700; ++other)
            BOOST_TEST_REQUIRE(set.contains(static_cast<status>(other)) == (other != code));
    }
    BOOST_TEST(!all.contains(status{700}));
}
