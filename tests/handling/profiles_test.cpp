// The profiles of known proxies against a plain transcription of how each ranks: a function that gives a code its
// place, written from their sources' description and not from rankings.def. All pairs and triples of registered
// failures agree.

#include <sipstatus/best_response.hpp>

#include <boost/test/unit_test.hpp>

#include <sipstatus/names.hpp>

#include <algorithm>
#include <set>
#include <vector>

using namespace sipstatus;

namespace {

bool is_preferred(int code) {
    return code == 401 || code == 407 || code == 415 || code == 420 || code == 484;
}

// Kamailio: a lowest 6xx; 3xx; 401, 407, 415, 420, 484; other 4xx ascending; 5xx ascending.
int kamailio(int code, bool) {
    if (code >= 600) return code - 600;
    if (code < 400) return 1000 + code;
    if (is_preferred(code)) return 2000 + code;
    return 3000 + code;
}

// OpenSIPS: 487 first if the caller cancelled; 6xx; 3xx; the five; other 4xx; 5xx; 408; 503.
int opensips(int code, bool cancelled) {
    if (code == 487 && cancelled) return -1;
    if (code == 408) return 8000;
    if (code == 503) return 9000;
    return kamailio(code, cancelled);
}

// drachtio: 6xx; the five, above 3xx too; then the lowest.
int drachtio(int code, bool) {
    if (code >= 600) return code - 600;
    return is_preferred(code) ? 1000 + code : 2000 + code;
}

// sprout: 487; then 300 to 699 ascending; 408 last.
int sprout(int code, bool) {
    return code == 487 ? 0 : code == 408 ? 9999 : code;
}

// repro: groups, each of equal codes.
int repro(int code, bool) {
    static const std::vector<std::vector<int>> groups{
        {412},           {484},      {422, 423}, {401, 407},      {-3},  {402},           {493},      {420},
        {406, 415, 488}, {416, 417}, {405, 501}, {580},           {485}, {428, 429, 494}, {413, 414}, {421},
        {486},           {480},      {410},      {436, 437, 513}, {403}, {404},           {487},      {482, 483}};
    if (code >= 600) return 0;
    for (std::size_t n = 0; n < groups.size(); ++n)
        for (const int one : groups[n])
            if (one == code || one == -(code / 100)) return 1 + static_cast<int>(n);
    if (code == 408) return 900;
    return code / 100 == 5 && code != 503 ? 500 : 600; // 503, 400, 481, 491 and the rest
}

struct transcription {
    profile of;
    int (*place)(int code, bool cancelled);
};
constexpr transcription transcriptions[] = {{profile::kamailio, kamailio},
                                            {profile::opensips, opensips},
                                            {profile::repro, repro},
                                            {profile::sprout, sprout},
                                            {profile::drachtio, drachtio}};

std::vector<int> failures() {
    std::vector<int> codes;
    for (const auto &row : registry())
        if (is_registered(row.code) && to_int(row.code) >= 300) codes.push_back(to_int(row.code));
    codes.insert(codes.end(), {399, 499, 599, 699});
    return codes;
}

} // namespace

BOOST_AUTO_TEST_CASE(each_profile_chooses_as_its_transcription) {
    const auto codes = failures();
    for (const auto &[of, place] : transcriptions)
        for (const bool cancelled : {false, true})
            for (const int a : codes)
                for (const int b : codes)
                    for (const int c : codes) {
                        const branch set[] = {
                            {static_cast<status>(a)}, {static_cast<status>(b)}, {static_cast<status>(c)}};
                        const int places[] = {place(a, cancelled), place(b, cancelled), place(c, cancelled)};
                        const auto expected = static_cast<std::size_t>(std::min_element(places, places + 3) - places);
                        const auto best = choose(set, {method::invite, cancelled}, ranking_of(of));
                        BOOST_TEST_REQUIRE(best.branch == expected, name(of) << ": " << a << ' ' << b << ' ' << c);
                    }
}

BOOST_AUTO_TEST_CASE(each_profile_sends_a_503_as_its_proxy_does) {
    const branch lone[] = {{status::service_unavailable}};
    for (const auto &[of, code] : {std::pair{profile::rfc3261, 500},
                                   {profile::kamailio, 500},
                                   {profile::opensips, 503},
                                   {profile::repro, 500},
                                   {profile::sprout, 503},
                                   {profile::drachtio, 503}})
        BOOST_TEST(to_int(choose(lone, {}, ranking_of(of)).code) == code, name(of));
}

BOOST_AUTO_TEST_CASE(with_no_response_at_all_every_profile_sends_408) {
    for (const auto &[of, place] : transcriptions) {
        BOOST_TEST(to_int(choose(branches(nullptr, 0), {}, ranking_of(of)).code) == 408, name(of));
        BOOST_TEST(to_int(choose(branches(&timed_out, 1), {}, ranking_of(of)).code) == 408, name(of));
    }
    const request_facts options{method::options, false};
    BOOST_TEST(to_int(choose(branches(&timed_out, 1), options, ranking_of(profile::repro)).code) == 0);
    BOOST_TEST(to_int(choose(branches(&timed_out, 1), options, ranking_of(profile::kamailio)).code) == 408);
}

BOOST_AUTO_TEST_CASE(repro_answers_challenges_with_407_if_there_is_one) {
    const branch both[] = {{status::unauthorized}, {status::proxy_authentication_required}};
    const branch one[] = {{status::unauthorized}, {status::busy_here}};
    BOOST_TEST(to_int(choose(both, {}, ranking_of(profile::repro)).code) == 407);
    BOOST_TEST(to_int(choose(one, {}, ranking_of(profile::repro)).code) == 401);
    BOOST_TEST(to_int(choose(both, {}, ranking_of(profile::kamailio)).code) == 401);
}

BOOST_AUTO_TEST_CASE(profiles_have_names_sources_and_reasons) {
    std::set<std::string_view> sources;
    for (unsigned n = 0; n < 6; ++n) {
        const auto of = static_cast<profile>(n);
        BOOST_TEST(!name(of).empty());
        sources.insert(source_of(of));
        BOOST_TEST(!source_of(of).empty());
    }
    BOOST_TEST(sources.size() == 6u);
    const auto beyond = static_cast<profile>(6);
    BOOST_TEST(name(beyond).empty());
    BOOST_TEST(source_of(beyond).empty());
    BOOST_TEST(&ranking_of(beyond) == &ranking_of(profile::rfc3261));

    std::set<std::string_view> said;
    unsigned rules = 0;
    for (; !name(static_cast<choice_rule>(rules)).empty(); ++rules)
        said.insert(message(static_cast<choice_rule>(rules)).expected);
    BOOST_TEST(said.size() == rules);
    BOOST_TEST(rules == 12u);
    BOOST_TEST(message(static_cast<choice_rule>(rules)).expected.empty());
    const branch two[] = {{status::not_found}, {status::busy_here}};
    const auto best = choose(two, {}, ranking_of(profile::kamailio));
    BOOST_TEST(name(rule_of(best, two, {}, ranking_of(profile::kamailio))) == "order_of_profile");
}
