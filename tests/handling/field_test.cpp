// The cases of the field and the list of rules in the collections: each row is a test here, or has the reason why it is
// not this library's business. A row that is new in a file fails until someone has looked at it.

#include <sipstatus/sipstatus.hpp>

#include <boost/test/unit_test.hpp>

#include "collections.hpp"

#include <functional>
#include <map>
#include <string>

using namespace sipstatus;

namespace {

// A test, or a reason.
struct treatment {
    std::function<void()> test;
    std::string reason{};

    treatment(std::function<void()> run) : test(std::move(run)) {}
    treatment(const char *why) : reason(why) {}
};
using treatments = std::map<std::string, treatment>;

branch answered(int code) {
    return {static_cast<status>(code)};
}
template <class... Codes> int best_of(Codes... codes) {
    const branch set[] = {answered(codes)...};
    return to_int(choose(set).code);
}

const treatments field_cases = {
    {"h01", {[] {
         const branch set[] = {transport_failed, answered(486)};
         BOOST_TEST(to_int(choose(set).code) == 486);
     }}},
    {"h03", {[] {
         BOOST_TEST(best_of(302, 404, 503, 600) == 600);
         BOOST_TEST(best_of(302, 404, 503) == 302);
         BOOST_TEST(best_of(404, 503) == 404);
     }}},
    {"h05", {[] {
         BOOST_TEST(best_of(503, 503) == 500);
         BOOST_TEST((next_target(status::server_internal_error, branch_origin::peer) == failover::none));
     }}},
    {"h06", {[] {
         BOOST_TEST(best_of(486) == 486);
         BOOST_TEST(best_of(486, 486) == 486);
     }}},
    {"h08", {[] {
         branch storage[1];
         response_context context(storage, method::invite);
         context.start_branch();
         context.on_response(0, status::ringing);
         BOOST_TEST((context.on_timeout(0).action == action::forward_best));
         BOOST_TEST((context.on_response(0, status::request_terminated).action == action::nothing));
         BOOST_TEST((context.on_response(0, status::ok).action == action::forward));
     }}},
    {"h11", {[] {
         branch storage[2];
         response_context context(storage, method::register_);
         context.start_branch();
         context.start_branch();
         BOOST_TEST((context.on_response(0, status::ok).action == action::forward));
         BOOST_TEST((context.on_response(1, status::unauthorized).action == action::nothing));
     }}},
    {"h13", {[] { BOOST_TEST((after_cancel(status::ringing) == cancelled_step::wait)); }}},
    {"h14", {[] { BOOST_TEST((after_cancel(status::ok) == cancelled_step::ack_then_bye)); }}},
    {"h16", {[] {
         BOOST_TEST((next_route(status::temporarily_unavailable) == route_choice::no));
         BOOST_TEST((next_route(status::service_unavailable) == route_choice::yes));
         BOOST_TEST((next_route(timed_out.code) == route_choice::yes));
         BOOST_TEST((next_target(status::temporarily_unavailable, branch_origin::peer) == failover::none));
         for (const auto &failed : {timed_out, transport_failed})
             BOOST_TEST((next_target(failed.code, failed.origin) == failover::next_target));
     }}},
    {"h18", {[] {
         BOOST_TEST((retry_after_of(status::service_unavailable) == retry_after_meaning::server));
         BOOST_TEST(read_retry_after("300").value.seconds == 300u);
     }}},
    {"h20", {[] { BOOST_TEST(int{cause_of_status(status::busy_here).cause} == 17); }}},
    {"h21", {[] {
         BOOST_TEST(int{cause_of_response(status::temporarily_unavailable, "SIP;cause=480, Q.850;cause=17").cause} ==
                    17);
     }}},
    {"h22", {[] {
         BOOST_TEST(to_int(status_of_cause(18).code) == 408);
         BOOST_TEST(to_int(status_of_cause(19).code) == 480);
     }}},
    // An answer other than 503 shows that the peer is alive.
    {"h24", {[] {
         const auto is_alive = [](const branch &one) { return next_target(one.code, one.origin) == failover::none; };
         BOOST_TEST(is_alive(answered(405)));
         BOOST_TEST(is_alive(answered(404)));
         BOOST_TEST(!is_alive(answered(503)));
         BOOST_TEST(!is_alive(timed_out));
     }}},
    // Whether there is a challenge in it, and its `stale`, stands in header fields, which the library does not read.
    {"h25", {[] {
         BOOST_TEST((retry_of(status::unauthorized) == retry_kind::credentials));
         BOOST_TEST(headers_with(status::unauthorized).begin()->name.view() == "WWW-Authenticate");
         BOOST_TEST((headers_with(status::unauthorized).begin()->level == header_level::must));
     }}},
    {"h26", {[] { BOOST_TEST(is_final(status::temporarily_unavailable)); }}},
    {"h27", {[] {
         BOOST_TEST(is_final(status::decline));
         BOOST_TEST((class_of(status::decline) == status_class::global_failure));
     }}},
};

const char *const parsers = "the parser's: tests/parse/law_test.cpp and tests/torture";
const char *const tools = "the tool's: tests/tool";
const char *const headers = "about header fields that the library does not read: the proxy's";

const treatments rules = {
    {"G1", parsers},
    {"G2", parsers},
    {"G3", parsers},
    {"G4", parsers},
    {"G5", parsers},
    {"G6", parsers},
    {"G7", parsers},
    {"G8", parsers},
    {"G9", parsers},
    {"G11", parsers},
    {"G10", "nothing in handling.hpp takes a phrase, but for 603+"},
    {"G12", parsers},
    {"G13", tools},
    {"G14", tools},
    {"G15", tools},
    {"G16", tools},
    {"G17", tools},
    {"C1", {[] { BOOST_TEST((class_of(static_cast<status>(499)) == status_class::client_error)); }}},
    {"C2", {[] {
         for (int code = 100; code < 700; ++code) BOOST_TEST(is_final(static_cast<status>(code)) == (code >= 200));
     }}},
    {"C3", {[] { BOOST_TEST(to_int(effective_status(static_cast<status>(499))) == 400); }}},
    {"C4", {[] { BOOST_TEST(to_int(effective_status(static_cast<status>(101))) == 183); }}},
    {"C5", "RFC 2543 is obsolete"},
    {"C6", {[] { BOOST_TEST(to_int(treated_as(status::payment_required, element::user_agent)) == 400); }}},
    {"C7", {[] {
         BOOST_TEST(to_int(treated_as(status::accepted, element::proxy)) == 200);
         for (const auto m : {method::subscribe, method::notify, method::refer})
             BOOST_TEST(!methods_of(status::accepted).verdict.contains(m));
     }}},
    {"C8", {[] { BOOST_TEST(to_int(treated_as(status::flow_failed, element::user_agent)) == 400); }}},
    {"C9", {[] {
         const auto unknown = effective_status(status::anonymity_disallowed, [](status) { return false; });
         BOOST_TEST(to_int(unknown) == 400);
         BOOST_TEST((effect_on_dialog(status::anonymity_disallowed, method::invite) == dialog_effect::transaction));
     }}},
    {"C10", {[] {
         for (const auto s : {status::unwanted, status::rejected}) {
             BOOST_TEST(
                 (effect_on_dialog(s, method::invite) == effect_on_dialog(status::busy_everywhere, method::invite)));
             BOOST_TEST((retry_of(s) == retry_of(status::busy_everywhere)));
         }
     }}},
    {"C11", {[] {
         BOOST_TEST(to_int(timed_out.code) == 408);
         BOOST_TEST(to_int(transport_failed.code) == 503);
     }}},
    {"P1", {[] { BOOST_TEST((forward(status::trying, method::invite, finality::provisional) == forwarding::never)); }}},
    {"P2", {[] {
         BOOST_TEST((forward(status::ringing, method::invite, finality::provisional) == forwarding::at_once));
         BOOST_TEST((forward(status::ok, method::options, finality::provisional) == forwarding::at_once));
     }}},
    {"P3", {[] {
         BOOST_TEST((forward(status::ok, method::invite, finality::final) == forwarding::at_once));
         BOOST_TEST((forward(status::ok, method::options, finality::final) == forwarding::never));
     }}},
    {"P4", {[] {
         branch storage[2];
         response_context context(storage, 2, method::invite);
         context.start_branch();
         const auto said = context.on_response(0, status::decline);
         BOOST_TEST((forward(status::decline, method::invite, finality::provisional) == forwarding::hold));
         BOOST_TEST((said.action == action::forward_best)); // the only branch
         BOOST_TEST(context.start_branch() == npos);
     }}},
    {"P5", {[] {
         BOOST_TEST(to_int(choose(branches(nullptr, 0)).code) == 408);
         BOOST_TEST(best_of(404, 503, 604) == 604);
         BOOST_TEST(best_of(503, 407, 501, 404) == 407); // the example of section 16.7
     }}},
    {"P6", {[] { BOOST_TEST(best_of(503) == 500); }}},
    {"P7", {[] {
         const branch set[] = {answered(401), answered(486), answered(407)};
         std::size_t order[3];
         BOOST_TEST(contributors(set, choose(set), ranking_of(profile::rfc3261), order) == 2u);
     }}},
    {"P8", {[] {
         BOOST_TEST((retry_of(status::moved_temporarily) == retry_kind::redirect));
         BOOST_TEST((retry_of(status::unsupported_uri_scheme) == retry_kind::change));
         branch storage[2]; // and recursing is another branch
         response_context context(storage, method::invite);
         context.start_branch();
         context.expect_more_targets(true);
         BOOST_TEST((context.on_response(0, status::moved_temporarily).action == action::try_next));
     }}},
    {"P9", {[] {
         BOOST_TEST((ack_of(status::ok, method::invite) == ack_sender::user_agent));
         BOOST_TEST((ack_of(status::busy_here, method::invite) == ack_sender::client_transaction));
     }}},
    {"P10", {[] {
         BOOST_TEST((ack_of(status::moved_permanently, method::invite) == ack_sender::client_transaction));
         BOOST_TEST((ack_of(status::ok, method::bye) == ack_sender::nobody));
     }}},
    {"P11", "matching a response to its transaction is the transaction layer's"},
    {"P12", headers},
    {"P13", {[] {
         BOOST_TEST((forward(status::ringing, method::options, finality::provisional) == forwarding::never));
         BOOST_TEST(!methods_of(static_cast<status>(150)).verdict.contains(method::options));
     }}},
    {"P14", {[] {
         BOOST_TEST(!methods_of(status::request_timeout).verdict.contains(method::options));
         BOOST_TEST(to_int(choose(branches(&timed_out, 1), {method::options, false}).code) == 0);
     }}},
    {"P15", {[] {
         BOOST_TEST(may_be_reliable(status::ringing, method::invite));
         BOOST_TEST(!may_be_reliable(status::trying, method::invite));
         BOOST_TEST(!may_be_reliable(status::ok, method::invite));
     }}},
    {"P16", {[] {
         for (const auto &one : {answered(503), timed_out, transport_failed})
             BOOST_TEST((next_target(one.code, one.origin) == failover::next_target));
     }}},
    {"P17", {[] { BOOST_TEST((next_target(status::flow_failed, branch_origin::peer) == failover::other_flow)); }}},
    {"P18", "what a proxy sends when Max-Breadth is used up is about the request, not a response"},
    {"P19", {[] {
         BOOST_TEST(
             (forward(status::early_dialog_terminated, method::invite, finality::provisional) == forwarding::at_once));
         BOOST_TEST(is_provisional(status::early_dialog_terminated));
     }}},
    {"P20", "who generates 305, 401 and 407 is about the server's role, not about handling what it sent"},
    {"P21", {[] { BOOST_TEST(best_of(482, 404) == 404); }}},
    {"R1", {[] {
         for (const auto s : {status::unauthorized, status::proxy_authentication_required})
             BOOST_TEST((retry_of(s) == retry_kind::credentials));
         for (const auto s : {status::request_entity_too_large, status::unsupported_media_type,
                              status::unsupported_uri_scheme, status::bad_extension})
             BOOST_TEST((retry_of(s) == retry_kind::change));
     }}},
    {"R2", {[] { BOOST_TEST((retry_of(status::moved_permanently) == retry_kind::redirect)); }}},
    {"R3", {[] {
         BOOST_TEST((retry_of(status::forbidden) == retry_kind::none));
         BOOST_TEST((retry_of(status::bad_request) == retry_kind::none));
         BOOST_TEST((retry_of(status::request_timeout) == retry_kind::unchanged));
     }}},
    {"R4", {[] {
         for (const int code : {404, 413, 480, 486, 500, 503, 600, 603})
             BOOST_TEST((retry_after_of(static_cast<status>(code)) != retry_after_meaning::none));
         BOOST_TEST((retry_after_of(status::gone) == retry_after_meaning::none));
     }}},
    {"R5", {[] {
         for (const int code : {405, 420, 421, 422, 423, 424, 425, 469}) {
             const auto with = headers_with(static_cast<status>(code));
             BOOST_TEST((!with.empty() && with.begin()->level == header_level::must), code);
         }
     }}},
    {"R6", {[] { BOOST_TEST((retry_of(status::request_pending) == retry_kind::wait)); }}},
    {"R7", {[] { BOOST_TEST(!methods_of(status::request_terminated).verdict.contains(method::cancel)); }}},
    {"R8", {[] {
         BOOST_TEST((retry_of(status::precondition_failure) == retry_kind::change));
         BOOST_TEST((retry_of(status::not_acceptable_here) == retry_of(status::not_acceptable_anywhere)));
     }}},
    {"D1", "tests/handling/handling_test.cpp has table 2 of RFC 5057 row by row"},
    {"D2", "tests/handling/handling_test.cpp has table 2 of RFC 5057 row by row"},
    {"D3", "tests/handling/handling_test.cpp has table 2 of RFC 5057 row by row"},
    {"D4", {[] {
         BOOST_TEST((effect_on_dialog(status::call_or_transaction_does_not_exist, method::cancel) ==
                     dialog_effect::transaction));
     }}},
    {"D5", {[] {
         for (const auto s : {status::bad_location_information, status::bad_alert_message})
             BOOST_TEST((effect_on_dialog(s, method::invite) == dialog_effect::transaction));
     }}},
    {"D6", {[] {
         BOOST_TEST(
             (methods_of(status::push_notification_service_not_supported).verdict == methods(method::register_)));
         BOOST_TEST((effect_on_dialog(status::bad_event, method::invite) == dialog_effect::transaction));
     }}},
    {"M1", {[] {
         BOOST_TEST(read_reason("SIP;cause=486;text=\"Busy Here\"").value.cause == 486);
         BOOST_TEST((read_reason("Q.850;cause=17").value.kind == reason_protocol::q850));
     }}},
    {"M2", {[] {
         BOOST_TEST(int{cause_of_status(static_cast<status>(499)).cause} == 31);
         BOOST_TEST(to_int(status_of_cause(99).code) == 500);
         BOOST_TEST((cause_of_status(status::decline).location == cause_location::user));
     }}},
    {"M3", {[] { BOOST_TEST(int{cause_of_status(status::version_not_supported).cause} == 127); }}},
    {"V1", {[] {
         for (const int code : {182, 183, 400, 480, 484}) BOOST_TEST(asks_for_detail(static_cast<status>(code)), code);
         BOOST_TEST(!asks_for_detail(status::forbidden));
     }}},
    {"V2", "the registry's: tests/registry"},
    {"V3", "the registry's: tests/registry"},
    {"V4", "the registry's: tests/registry"},
};

void check_all(const treatments &known, const std::filesystem::path &file) {
    std::size_t count = 0;
    for (const auto &row : collections::table(file)) {
        ++count;
        const auto found = known.find(row.at("id"));
        BOOST_TEST((found != known.end()),
                   file << ": " << row.at("id") << " is new: make it a test, or say why it is none");
    }
    BOOST_TEST(count == known.size(), file << " has fewer rows than were looked at");
}

void run_all(const treatments &known) {
    for (const auto &[id, one] : known) {
        BOOST_TEST_CONTEXT(id) {
            BOOST_TEST((one.test != nullptr) == one.reason.empty());
            if (one.test) one.test();
        }
    }
}

} // namespace

BOOST_AUTO_TEST_CASE(the_cases_of_the_field_are_handled) {
    run_all(field_cases);
}
BOOST_AUTO_TEST_CASE(the_rules_are_kept) {
    run_all(rules);
}
BOOST_AUTO_TEST_CASE(every_case_of_the_field_was_looked_at, *collections::needed()) {
    check_all(field_cases, "field/handling.tsv");
}
BOOST_AUTO_TEST_CASE(every_rule_was_looked_at, *collections::needed()) {
    check_all(rules, "rules/rules.tsv");
}
