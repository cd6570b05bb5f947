// The best response by RFC 3261 section 16.7 item 6. Each sentence of it is a predicate of its own, which knows nothing
// of rankings. They are held against choose() for all sets of up to three branches, and for sets of four drawn at
// random. The environment variable SIPSTATUS_TEST_SETS says how many; the long form is 10000000.

#include <sipstatus/best_response.hpp>

#include <boost/test/unit_test.hpp>

#include <sipstatus/names.hpp>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <random>
#include <sstream>
#include <string>
#include <vector>

using namespace sipstatus;

namespace {

using set_of_branches = std::vector<branch>;

branch answered(int code) {
    return {static_cast<status>(code)};
}

// Every registered code, a timeout and a transport failure.
std::vector<branch> every_branch() {
    std::vector<branch> all{timed_out, transport_failed};
    for (const auto &row : registry())
        if (is_registered(row.code)) all.push_back({row.code});
    return all;
}

bool is_timeout(const branch &one) {
    return one.origin == branch_origin::proxy && to_int(one.code) == 408;
}

// The final responses that are stored in the response context. A transaction that timed out has stored none.
std::vector<int> stored(const set_of_branches &set) {
    std::vector<int> codes;
    for (const auto &one : set)
        if (to_int(one.code) >= 200 && !is_timeout(one)) codes.push_back(to_int(one.code));
    return codes;
}

bool has(const std::vector<int> &codes, int code) {
    return std::find(codes.begin(), codes.end(), code) != codes.end();
}

bool has_class(const std::vector<int> &codes, int digit) {
    return std::any_of(codes.begin(), codes.end(), [digit](int code) { return code / 100 == digit; });
}

// Item 5: "Until a final response has been sent ... MUST be forwarded immediately: any 2xx response". So a 2xx in the
// set has been sent.
bool a_2xx_is_the_answer(const std::vector<int> &codes, int sent) {
    return !has_class(codes, 2) || sent / 100 == 2;
}
// "If there are no final responses in the context, the proxy MUST send a 408 (Request Timeout) response"
bool none_gives_408(const std::vector<int> &codes, int sent) {
    return !codes.empty() || sent == 408;
}
// "Otherwise, the proxy MUST forward a response from the responses stored", but for "SHOULD generate a 500"
bool it_is_stored(const std::vector<int> &codes, int sent) {
    return codes.empty() || has(codes, sent) || (sent == 500 && has(codes, 503));
}
// "It MUST choose from the 6xx class responses if any exist in the context."
bool any_6xx_wins(const std::vector<int> &codes, int sent) {
    return has_class(codes, 2) || !has_class(codes, 6) || sent / 100 == 6;
}
// "If no 6xx class responses are present, the proxy SHOULD choose from the lowest response class stored"
bool the_lowest_class_wins(const std::vector<int> &codes, int sent) {
    if (codes.empty() || has_class(codes, 6)) return true;
    return sent / 100 == *std::min_element(codes.begin(), codes.end()) / 100;
}
// "SHOULD give preference to responses that provide information affecting resubmission of this request, such as 401,
// 407, 415, 420, and 484 if the 4xx class is chosen."
bool resubmission_is_preferred(const std::vector<int> &codes, int sent) {
    const std::vector<int> preferred{401, 407, 415, 420, 484};
    const bool is_there = std::any_of(preferred.begin(), preferred.end(), [&](int one) { return has(codes, one); });
    return sent / 100 != 4 || !is_there || has(preferred, sent);
}
// "A proxy which receives a 503 SHOULD NOT forward it upstream"
bool no_503_goes_upstream(const std::vector<int> &, int sent) {
    return sent != 503;
}
// "If the only response that was received is a 503, the proxy SHOULD generate a 500 response"
bool a_lone_503_becomes_500(const std::vector<int> &codes, int sent) {
    return codes != std::vector<int>{503} || sent == 500;
}

struct sentence {
    const char *name;
    bool (*holds)(const std::vector<int> &, int);
};
constexpr sentence sentences[] = {
    {"a 2xx is the answer", a_2xx_is_the_answer},
    {"none gives 408", none_gives_408},
    {"it is stored", it_is_stored},
    {"any 6xx wins", any_6xx_wins},
    {"the lowest class wins", the_lowest_class_wins},
    {"resubmission is preferred", resubmission_is_preferred},
    {"no 503 goes upstream", no_503_goes_upstream},
    {"a lone 503 becomes 500", a_lone_503_becomes_500},
};

std::string spelled(const set_of_branches &set) {
    std::ostringstream out;
    for (const auto &one : set) out << to_int(one.code) << (one.origin == branch_origin::proxy ? "p " : " ");
    return out.str();
}

// The name of the first sentence that the answer breaks; empty if it obeys all.
std::string broken(const set_of_branches &set) {
    const auto best = choose(set);
    const auto codes = stored(set);
    const int sent = to_int(best.code);
    for (const auto &[name, holds] : sentences)
        if (!holds(codes, sent)) return name;
    if (best.branch != npos && best.received != set[best.branch].code) return "received is what the branch gave";
    if (best.branch != npos && best.branch == best.runner_up) return "the runner-up is another";
    return {};
}

void expect_sound(const set_of_branches &set) {
    const auto said = broken(set);
    BOOST_TEST_REQUIRE(said.empty(), spelled(set) << "gives " << to_int(choose(set).code) << ": " << said);
}

std::uint64_t sets_to_draw() {
    const char *named = std::getenv("SIPSTATUS_TEST_SETS");
    return named ? std::strtoull(named, nullptr, 10) : 1'000'000;
}

} // namespace

BOOST_AUTO_TEST_CASE(every_sentence_holds_for_all_sets_of_up_to_three_branches) {
    const auto all = every_branch();
    BOOST_TEST(all.size() == 77u);
    expect_sound({});
    for (const auto &a : all) {
        expect_sound({a});
        for (const auto &b : all) {
            expect_sound({a, b});
            for (const auto &c : all) expect_sound({a, b, c});
        }
    }
}

BOOST_AUTO_TEST_CASE(every_sentence_holds_for_sets_of_four_at_random) {
    const auto all = every_branch();
    std::mt19937 random(20261129);
    std::uniform_int_distribution<std::size_t> draw(0, all.size() - 1);
    for (auto left = sets_to_draw(); left != 0; --left)
        expect_sound({all[draw(random)], all[draw(random)], all[draw(random)], all[draw(random)]});
}

BOOST_AUTO_TEST_CASE(a_predicate_can_fail) {
    const std::vector<int> codes{486, 503};
    BOOST_TEST(the_lowest_class_wins(codes, 486));
    BOOST_TEST(!the_lowest_class_wins(codes, 500));
    BOOST_TEST(!any_6xx_wins({404, 600}, 404));
    BOOST_TEST(!resubmission_is_preferred({404, 407}, 404));
    BOOST_TEST(!a_lone_503_becomes_500({503}, 503));
    BOOST_TEST(!none_gives_408({}, 500));
    BOOST_TEST(!it_is_stored({404}, 403));
    BOOST_TEST(!a_2xx_is_the_answer({200, 404}, 404));
    BOOST_TEST(!no_503_goes_upstream({503}, 503));
}

BOOST_AUTO_TEST_CASE(the_order_of_the_branches_does_not_matter_but_among_equals) {
    const auto all = every_branch();
    for (const auto &a : all)
        for (const auto &b : all) {
            const set_of_branches one{a, b}, other{b, a};
            const auto first = choose(one), second = choose(other);
            if (class_of(first.code) == status_class::success) continue; // each 2xx was forwarded
            if (rule_of(first, one) == choice_rule::first_to_come) continue;
            BOOST_TEST_REQUIRE((first.code == second.code), spelled(one));
            if (a.is_final() && b.is_final()) BOOST_TEST_REQUIRE(first.branch == 1 - second.branch, spelled(one));
        }
}

BOOST_AUTO_TEST_CASE(a_choice_says_why_and_what_came_next) {
    struct row {
        set_of_branches set;
        request_facts request;
        int code;
        std::size_t branch, runner_up;
        choice_rule rule;
    };
    const branch echo{status::request_terminated, 0, branch_origin::peer, cancel_state::sent};
    const branch early{status::request_terminated};
    const request_facts plain{}, gone{method::invite, true}, options{method::options, false};
    for (const auto &[set, request, code, branch, runner_up, rule] : std::vector<row>{
             {{}, plain, 408, npos, npos, choice_rule::no_response},
             {{answered(180)}, plain, 408, npos, npos, choice_rule::no_response},
             {{timed_out}, plain, 408, 0, npos, choice_rule::only_response},
             {{timed_out}, options, 0, 0, npos, choice_rule::nothing_to_send},
             {{answered(408)}, options, 0, 0, npos, choice_rule::nothing_to_send},
             {{answered(408), answered(404)}, options, 404, 1, 0, choice_rule::order_of_profile},
             {{answered(408), answered(503)}, options, 500, 1, 0, choice_rule::lowest_class},
             {{}, options, 0, npos, npos, choice_rule::nothing_to_send},
             {{answered(200), answered(302)}, plain, 200, 0, 1, choice_rule::success},
             {{answered(486)}, plain, 486, 0, npos, choice_rule::only_response},
             {{answered(302), answered(404), answered(503), answered(600)},
              plain,
              600,
              3,
              0,
              choice_rule::global_failure},
             {{answered(302), answered(404), answered(503)}, plain, 302, 0, 1, choice_rule::lowest_class},
             {{answered(404), answered(503)}, plain, 404, 0, 1, choice_rule::lowest_class},
             {{transport_failed, answered(486)}, plain, 486, 1, 0, choice_rule::lowest_class},
             {{answered(503), answered(503)}, plain, 500, 0, 1, choice_rule::first_to_come},
             {{transport_failed}, plain, 500, 0, npos, choice_rule::only_response},
             {{answered(503), answered(504)}, plain, 504, 1, 0, choice_rule::order_of_profile},
             {{transport_failed, answered(503)}, plain, 500, 1, 0, choice_rule::real_answer},
             {{timed_out, answered(503)}, plain, 500, 1, 0, choice_rule::real_answer},
             {{timed_out, answered(480)}, plain, 480, 1, 0, choice_rule::real_answer},
             {{answered(480), answered(486)}, plain, 486, 1, 0, choice_rule::order_of_profile},
             {{answered(404), answered(407)}, plain, 407, 1, 0, choice_rule::affects_resubmission},
             {{answered(407), answered(401)}, plain, 407, 0, 1, choice_rule::first_to_come},
             {{answered(482), answered(404)}, plain, 404, 1, 0, choice_rule::order_of_profile},
             {{echo, answered(480)}, plain, 480, 1, 0, choice_rule::order_of_profile},
             {{answered(486), early}, gone, 487, 1, 0, choice_rule::given_up},
             {{answered(486), early}, plain, 486, 0, 1, choice_rule::order_of_profile},
             {{answered(401), early}, gone, 401, 0, 1, choice_rule::affects_resubmission},
             {{answered(600), early}, gone, 600, 0, 1, choice_rule::global_failure},
         }) {
        BOOST_TEST_CONTEXT(spelled(set)) {
            const auto best = choose(set, request);
            BOOST_TEST(to_int(best.code) == code);
            BOOST_TEST(best.branch == branch);
            BOOST_TEST(best.runner_up == runner_up);
            BOOST_TEST(name(rule_of(best, set, request)) == name(rule));
        }
    }
}

BOOST_AUTO_TEST_CASE(of_equals_the_first_to_come_is_best) {
    const set_of_branches set{{status::busy_here, 2}, {status::busy_here, 1}, {status::busy_here, 3}};
    const auto best = choose(set);
    BOOST_TEST(best.branch == 1u);
    BOOST_TEST(best.runner_up == 0u);
    BOOST_TEST(name(rule_of(best, set)) == "first_to_come");

    // By Kamailio's ranking the lower branch, as tests/embedding/oracle saw it.
    const auto &by = ranking_of(profile::kamailio);
    const auto lower = choose(set, {}, by);
    BOOST_TEST(lower.branch == 0u);
    BOOST_TEST(lower.runner_up == 1u);
    BOOST_TEST(name(rule_of(lower, set, {}, by)) == "lower_branch");
}

BOOST_AUTO_TEST_CASE(a_code_that_is_none_never_wins) {
    for (const int code : {0, 99, 700, 999, 65535}) {
        const auto best = choose(set_of_branches{answered(code)});
        BOOST_TEST(to_int(best.code) == 408, code);
        BOOST_TEST(best.branch == npos);
        BOOST_TEST(to_int(choose(set_of_branches{answered(code), answered(699)}).code) == 699);
    }
}

BOOST_AUTO_TEST_CASE(challenges_are_collected_in_order) {
    const auto &by = ranking_of(profile::rfc3261);
    const set_of_branches set{{status::not_found, 0},
                              {status::unauthorized, 3},
                              {status::proxy_authentication_required, 1},
                              {status::unauthorized, 2}};
    const auto best = choose(set);
    BOOST_TEST(to_int(best.code) == 407);
    std::size_t order[4];
    const auto count = contributors(set, best, by, order);
    BOOST_TEST(std::vector<std::size_t>(order, order + count) == (std::vector<std::size_t>{2, 3, 1}),
               boost::test_tools::per_element());
    BOOST_TEST(contributed_header(best.code, 0).view() == "WWW-Authenticate");
    BOOST_TEST(contributed_header(best.code, 1).view() == "Proxy-Authenticate");
    BOOST_TEST(contributed_header(best.code, 2).empty());
    BOOST_TEST(contributed_header(status::busy_here, 0).empty());

    const set_of_branches none{{status::busy_here, 0}, {status::not_found, 1}};
    BOOST_TEST(contributors(none, choose(none), by, order) == 1u);
    BOOST_TEST(contributors(none, choose(set_of_branches{}), by, order) == 0u);
}

BOOST_AUTO_TEST_CASE(contacts_are_merged_where_the_ranking_says_so) {
    const set_of_branches set{{status::moved_temporarily, 1}, {status::moved_permanently, 0}, {status::busy_here, 2}};
    std::size_t order[3];
    const auto &repro = ranking_of(profile::repro), &plain = ranking_of(profile::rfc3261);
    const auto merged = choose(set, {}, repro);
    BOOST_TEST(to_int(merged.code) == 300);
    BOOST_TEST(contributors(set, merged, repro, order) == 2u);
    BOOST_TEST(order[0] == 1u);
    BOOST_TEST(order[1] == 0u);
    BOOST_TEST(contributed_header(merged.code, 0).view() == "Contact");
    BOOST_TEST(contributed_header(merged.code, 1).empty());
    const auto single = choose(set, {}, plain);
    BOOST_TEST(to_int(single.code) == 301);
    BOOST_TEST(contributors(set, single, plain, order) == 1u);
    BOOST_TEST(to_int(choose(set_of_branches{answered(302), answered(486)}, {}, repro).code) == 302);
}

BOOST_AUTO_TEST_CASE(a_ranking_can_be_changed) {
    auto mine = ranking_of(profile::rfc3261);
    const set_of_branches set{answered(480), answered(486)};
    BOOST_TEST(to_int(choose(set, {}, mine).code) == 486);
    mine.set(status::temporarily_unavailable, branch_origin::peer, 1);
    BOOST_TEST(to_int(choose(set, {}, mine).code) == 480);
    mine.set(status::ok, branch_origin::peer, 7); // refused: a 2xx is never ranked
    mine.set(status{700}, branch_origin::peer, 7);
    BOOST_TEST(mine.rank(status::ok, branch_origin::peer) == 0u);
    BOOST_TEST(mine.rank(status{700}, branch_origin::peer) == ranking::unranked);
}

BOOST_AUTO_TEST_CASE(traits_of_ones_own_are_followed_one_by_one) {
    auto mine = ranking_of(profile::rfc3261);
    const set_of_branches challenges{answered(401), answered(407)}, contacts{answered(302), answered(301)};
    const auto sent = [&mine](const set_of_branches &set) { return to_int(choose(set, {}, mine).code); };

    mine.traits = ranking_trait::proxy_challenge_wins;
    BOOST_TEST(sent(challenges) == 407);
    BOOST_TEST(sent(contacts) == 301);
    mine.traits = ranking_trait::merges_contacts;
    BOOST_TEST(sent(challenges) == 401);
    BOOST_TEST(sent(contacts) == 300);
    mine.traits = ranking_trait::proxy_challenge_wins | ranking_trait::merges_contacts;
    BOOST_TEST(sent(challenges) == 407);
    BOOST_TEST(sent(contacts) == 300);
    BOOST_TEST(mine.traits.bits() == 48u);
    mine.traits = mine.traits | ranking_trait::service_unavailable_becomes_500;
    BOOST_TEST(mine.traits.bits() == 49u);
    BOOST_TEST(sent({answered(503)}) == 500);
}

// The cost of a choice. The bar is 5 ns a branch on an idle machine; a shared one gets three times that.
BOOST_AUTO_TEST_CASE(a_choice_costs_little) {
    std::mt19937 random(1);
    std::vector<branch> all(4 * 4096);
    for (auto &one : all) one.code = static_cast<status>(300 + random() % 400);
    double least = 1e9;
    for (int round = 0; round < 20; ++round) {
        const auto begin = std::chrono::steady_clock::now();
        std::size_t sum = 0;
        for (std::size_t at = 0; at < all.size(); at += 4) sum += choose(branches(&all[at], 4)).branch;
        const std::chrono::duration<double, std::nano> elapsed = std::chrono::steady_clock::now() - begin;
        BOOST_TEST_REQUIRE(sum < all.size() * 4);
        least = std::min(least, elapsed.count() / static_cast<double>(all.size()));
    }
    BOOST_TEST_MESSAGE("a branch costs " << least << " ns");
#ifdef NDEBUG
    BOOST_TEST(least < 15.0);
#endif
}
