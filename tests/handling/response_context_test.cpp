// The events of a forked request: what response_context says at each, and what holds whatever the events are.

#include <sipstatus/best_response.hpp>

#include <boost/test/unit_test.hpp>

#include <sipstatus/names.hpp>

#include <random>
#include <string>
#include <vector>

using namespace sipstatus;

namespace {

// A context with branches started, and room for more.
struct forked {
    branch storage[8];
    response_context context;

    explicit forked(std::size_t count, method m = method::invite, profile of = profile::rfc3261)
        : context(storage, m, ranking_of(of)) {
        for (std::size_t n = 0; n < count; ++n) BOOST_TEST_REQUIRE(context.start_branch() == n);
    }

    advice on(std::size_t number, int code) { return context.on_response(number, static_cast<status>(code)); }
    std::vector<std::size_t> cancels() {
        std::vector<std::size_t> all;
        for (auto n = context.next_cancel(); n != npos; n = context.next_cancel()) all.push_back(n);
        return all;
    }
};

using numbers = std::vector<std::size_t>;

} // namespace

BOOST_AUTO_TEST_CASE(a_call_that_is_answered_cancels_the_others) {
    forked call(3);
    BOOST_TEST(name(call.on(0, 100).action) == "nothing");
    BOOST_TEST(name(call.on(0, 180).action) == "forward");
    BOOST_TEST(name(call.on(1, 183).action) == "forward");
    const auto answer = call.on(0, 200);
    BOOST_TEST(name(answer.action) == "forward");
    BOOST_TEST(answer.cancel);
    BOOST_TEST((call.cancels() == numbers{1})); // branch 2 has sent nothing: its CANCEL has to wait
    const auto late = call.on(2, 180);
    BOOST_TEST(name(late.action) == "nothing");
    BOOST_TEST(late.cancel);
    BOOST_TEST((call.cancels() == numbers{2}));
    BOOST_TEST(name(call.on(1, 487).action) == "nothing");
    BOOST_TEST(name(call.on(2, 200).action) == "forward"); // crossed the CANCEL
    BOOST_TEST(name(call.on(0, 200).action) == "forward"); // retransmitted, or from farther downstream
    BOOST_TEST(call.context.is_complete());
    BOOST_TEST(call.context.start_branch() == npos);
}

BOOST_AUTO_TEST_CASE(failures_wait_for_the_last_branch) {
    forked call(3);
    BOOST_TEST(name(call.on(0, 486).action) == "wait");
    BOOST_TEST(name(call.on(0, 486).action) == "nothing"); // a retransmission
    BOOST_TEST(name(call.on(0, 180).action) == "nothing"); // after the final one
    BOOST_TEST(name(call.context.on_timeout(1).action) == "wait");
    BOOST_TEST(name(call.context.on_timeout(1).action) == "nothing");
    const auto last = call.context.on_transport_error(2);
    BOOST_TEST(name(call.context.on_transport_error(2).action) == "nothing");
    BOOST_TEST(name(last.action) == "forward_best");
    BOOST_TEST(to_int(last.best.code) == 486);
    BOOST_TEST(last.best.branch == 0u);
    BOOST_TEST(last.section.view() == "RFC 3261 section 16.7 item 6");
}

BOOST_AUTO_TEST_CASE(a_global_failure_cancels_and_waits_and_a_2xx_still_goes) {
    forked call(3);
    call.on(1, 180);
    call.on(2, 180);
    const auto declined = call.on(0, 603);
    BOOST_TEST(name(declined.action) == "wait");
    BOOST_TEST(declined.cancel);
    BOOST_TEST((call.cancels() == numbers{1, 2}));
    BOOST_TEST(call.context.start_branch() == npos);
    BOOST_TEST(name(call.on(1, 487).action) == "wait");
    BOOST_TEST(name(call.on(2, 200).action) == "forward");
    BOOST_TEST(call.context.is_complete());

    forked other(2);
    other.on(1, 180);
    other.on(0, 603);
    BOOST_TEST((other.cancels() == numbers{1}));
    const auto best = other.on(1, 487);
    BOOST_TEST(name(best.action) == "forward_best");
    BOOST_TEST(to_int(best.best.code) == 603);
    BOOST_TEST(name(other.on(1, 200).action) == "forward"); // even after the final response
}

BOOST_AUTO_TEST_CASE(a_profile_may_send_a_global_failure_at_once) {
    forked call(2, method::invite, profile::opensips);
    call.on(1, 180);
    const auto declined = call.on(0, 603);
    BOOST_TEST(name(declined.action) == "forward_best");
    BOOST_TEST(to_int(declined.best.code) == 603);
    BOOST_TEST((call.cancels() == numbers{1}));

    forked sprout(2, method::invite, profile::sprout);
    sprout.on(1, 180);
    const auto kept = sprout.on(0, 603);
    BOOST_TEST(name(kept.action) == "wait");
    BOOST_TEST(!kept.cancel);
    BOOST_TEST(sprout.cancels().empty());
}

BOOST_AUTO_TEST_CASE(the_caller_cancels) {
    forked call(2);
    call.on(0, 180);
    const auto said = call.context.on_cancel();
    BOOST_TEST(name(said.action) == "wait");
    BOOST_TEST(said.cancel);
    BOOST_TEST((call.cancels() == numbers{0}));
    BOOST_TEST(call.context.request().cancelled);
    BOOST_TEST(call.context.start_branch() == npos);
    BOOST_TEST(name(call.on(1, 486).action) == "wait");
    const auto last = call.on(0, 487);
    BOOST_TEST(name(last.action) == "forward_best");
    BOOST_TEST(to_int(last.best.code) == 487);
    BOOST_TEST(name(call.context.on_cancel().action) == "nothing");
}

BOOST_AUTO_TEST_CASE(a_late_487_after_a_final_408_gives_nothing) {
    forked call(1);
    call.on(0, 180);
    const auto timeout = call.context.on_timeout(0);
    BOOST_TEST(name(timeout.action) == "forward_best");
    BOOST_TEST(to_int(timeout.best.code) == 408);
    BOOST_TEST(name(call.on(0, 487).action) == "nothing");
    BOOST_TEST(name(call.context.on_cancel().action) == "nothing");
    BOOST_TEST(name(call.on(0, 200).action) == "forward"); // OpenSIPS 4257: not lost
}

BOOST_AUTO_TEST_CASE(a_request_other_than_invite_gets_one_final_response_and_no_408) {
    forked request(2, method::register_);
    BOOST_TEST(name(request.on(0, 180).action) == "nothing");
    BOOST_TEST(name(request.on(0, 200).action) == "forward");
    BOOST_TEST(name(request.on(1, 401).action) == "nothing");
    BOOST_TEST(request.cancels().empty());

    forked twice(2, method::options);
    BOOST_TEST(name(twice.on(0, 200).action) == "forward");
    BOOST_TEST(name(twice.on(1, 200).action) == "nothing");
    BOOST_TEST(name(twice.context.on_cancel().action) == "nothing");

    forked silent(2, method::options);
    silent.context.on_timeout(0);
    const auto last = silent.context.on_timeout(1);
    BOOST_TEST(name(last.action) == "nothing");
    BOOST_TEST(last.section.view() == "RFC 4320 section 4.2");
    BOOST_TEST(silent.context.is_complete());
}

BOOST_AUTO_TEST_CASE(targets_that_are_left_are_tried_before_the_best_is_sent) {
    forked call(1);
    call.context.expect_more_targets(true);
    BOOST_TEST(name(call.on(0, 486).action) == "try_next");
    BOOST_TEST(call.context.start_branch() == 1u);
    call.context.expect_more_targets(false);
    const auto last = call.on(1, 480);
    BOOST_TEST(name(last.action) == "forward_best");
    BOOST_TEST(to_int(last.best.code) == 486);

    forked declined(1);
    declined.context.expect_more_targets(true);
    BOOST_TEST(name(declined.on(0, 603).action) == "forward_best"); // no new branch after a 6xx
}

BOOST_AUTO_TEST_CASE(room_is_bounded_and_strange_events_change_nothing) {
    branch storage[1];
    response_context context(storage, method::invite);
    BOOST_TEST(context.start_branch() == 0u);
    BOOST_TEST(context.start_branch() == npos);
    for (const int code : {0, 99, 700, 65535})
        BOOST_TEST(name(context.on_response(0, static_cast<status>(code)).action) == "nothing");
    BOOST_TEST(name(context.on_response(1, status::ok).action) == "nothing");
    BOOST_TEST(name(context.on_timeout(1).action) == "nothing");
    BOOST_TEST(name(context.on_transport_error(npos).action) == "nothing");
    BOOST_TEST(!context.is_complete());
    BOOST_TEST(context.all().size() == 1u);
    BOOST_TEST(&context.ranks() == &ranking_of(profile::rfc3261));

    response_context empty(storage, 0, method::invite);
    BOOST_TEST(empty.start_branch() == npos);
    const auto said = empty.on_cancel();
    BOOST_TEST(name(said.action) == "forward_best");
    BOOST_TEST(to_int(said.best.code) == 408);
}

// What section 16.7 promises, under any events in any order.
BOOST_AUTO_TEST_CASE(whatever_happens_upstream_sees_a_sound_transaction) {
    std::mt19937 random(20261129);
    const auto draw = [&random](unsigned below) { return static_cast<unsigned>(random() % below); };
    const int codes[] = {100, 180, 183, 199, 200, 202, 302, 401, 407, 404, 408, 480, 486, 487, 500, 503, 600, 603};
    const method request_methods[] = {method::invite, method::options};
    for (int round = 0; round < 200'000; ++round) {
        const auto m = request_methods[draw(2)];
        const auto of = static_cast<profile>(draw(6));
        forked call(1 + draw(4), m, of);
        int failures = 0, successes = 0;
        bool has_6xx = false, cancelled = false;
        std::vector<bool> was_final(8), was_cancelled(8), was_provisional(8);
        for (int event = 0; event < 20; ++event) {
            const auto n = draw(4);
            const bool is_there = n < call.context.all().size();
            advice said;
            int code = 0;
            switch (draw(12)) {
            case 0:
                said = call.context.on_timeout(n);
                code = 408;
                break;
            case 1:
                said = call.context.on_transport_error(n);
                code = 503;
                break;
            case 2:
                said = call.context.on_cancel();
                cancelled = true;
                break;
            default:
                code = codes[draw(std::size(codes))];
                said = call.on(n, code);
                break;
            }
            if (is_there && code >= 600 && !was_final[n]) has_6xx = true;
            if (is_there && code >= 200) was_final[n] = true;
            if (is_there && code >= 100 && code < 200 && !was_final[n]) was_provisional[n] = true;
            if (said.action == action::forward) {
                BOOST_TEST_REQUIRE(code > 100);
                BOOST_TEST_REQUIRE(code < 300);
                if (code < 200) BOOST_TEST_REQUIRE(failures + successes == 0);
                if (code >= 200) ++successes;
                if (m != method::invite) BOOST_TEST_REQUIRE(code >= 200);
            }
            if (said.action == action::forward_best) {
                BOOST_TEST_REQUIRE(failures + successes == 0);
                BOOST_TEST_REQUIRE(to_int(said.best.code) >= 300);
                if (has_6xx && of != profile::sprout)
                    BOOST_TEST_REQUIRE(to_int(said.best.code) >= (cancelled ? 300 : 600));
                ++failures;
            }
            for (auto at = call.context.next_cancel(); at != npos; at = call.context.next_cancel()) {
                BOOST_TEST_REQUIRE((m == method::invite));
                BOOST_TEST_REQUIRE(was_provisional[at]);
                BOOST_TEST_REQUIRE(!was_final[at]);
                BOOST_TEST_REQUIRE(!was_cancelled[at]);
                was_cancelled[at] = true;
            }
            if (m != method::invite) BOOST_TEST_REQUIRE(failures + successes <= 1);
            if (has_6xx && draw(2) == 0) BOOST_TEST_REQUIRE(call.context.start_branch() == npos);
        }
        BOOST_TEST_REQUIRE(failures <= 1);
    }
}

BOOST_AUTO_TEST_CASE(more_answers_than_arrivals_can_count_stay_in_order) {
    std::vector<branch> storage(0x10003);
    response_context context(storage.data(), storage.size(), method::invite, ranking_of(profile::rfc3261));
    while (context.start_branch() != npos) {
    }
    for (std::size_t n = 0; n + 1 < storage.size(); ++n)
        BOOST_TEST_REQUIRE((context.on_response(n, status::not_found).action == action::wait));
    BOOST_TEST(storage[0xFFFE].arrival == 0xFFFEu);
    for (std::size_t n = 0xFFFF; n + 1 < storage.size(); ++n) BOOST_TEST(storage[n].arrival == 0xFFFFu);
    BOOST_TEST((context.on_response(storage.size() - 1, status::ok).action == action::forward));
    BOOST_TEST(storage.back().arrival == 0xFFFFu);
}

BOOST_AUTO_TEST_CASE(a_branch_that_was_not_started_has_no_events) {
    forked call(2);
    BOOST_TEST((call.on(2, 404).action == action::nothing));
    BOOST_TEST((call.context.on_timeout(2).action == action::nothing));
    BOOST_TEST((call.context.on_transport_error(2).action == action::nothing));
    BOOST_TEST((call.context.on_transport_error(1).action == action::wait));
}
