// Holds the library's profile of Kamailio against what Kamailio relayed.
//
//   profile_compare codes                 the final codes of the registry, one a line
//   profile_compare kamailio|rfc3261 <ROWS   each row a fork of two; prints what differs, exit status 1 if something
//   does
//
// A row: the codes of branch 0 and branch 1 (0: no answer), the branch that answered first, what was relayed as
// CODE:BRANCH with commas between, and the challenges in it as W (WWW-Authenticate) or P with the branch. The branch is
// "-" where the proxy made the response itself, or made it of several.

#include <sipstatus/best_response.hpp>
#include <sipstatus/sipstatus.hpp>

#include <iostream>
#include <sstream>
#include <string>

namespace {

using sipstatus::status;

struct fork {
    int codes[2]{};
    std::size_t first = 0;
};

// What a proxy of the profile relays: the same words as in a row.
class proxy {
public:
    explicit proxy(const sipstatus::ranking &ranks)
        : ranks_(ranks), context_(storage_, sipstatus::method::invite, ranks_) {}

    std::string relays(const fork &played) {
        for (int n = 0; n < 2; ++n) context_.start_branch();
        for (const auto number : {played.first, 1 - played.first})
            if (played.codes[number] != 0)
                follow(number, context_.on_response(number, static_cast<status>(played.codes[number])));
        // Those that do not answer end last.
        for (std::size_t number = 0; number < 2; ++number)
            if (played.codes[number] == 0) follow(number, context_.on_timeout(number));
        if (!challenges_.empty()) relayed_.append(1, ' ').append(challenges_);
        return relayed_;
    }

private:
    void follow(std::size_t number, const sipstatus::advice &advice) {
        if (advice.action == sipstatus::action::forward)
            relay(to_int(context_.all()[number].code), std::to_string(number));
        if (advice.action == sipstatus::action::forward_best) relay_best(advice.best);
    }

    void relay(int code, const std::string &branch) {
        if (!relayed_.empty()) relayed_ += ',';
        relayed_.append(std::to_string(code)).append(1, ':').append(branch);
    }

    void relay_best(const sipstatus::best_response &best) {
        std::size_t order[2]{};
        const auto count = contributors(context_.all(), best, ranks_, order);
        const bool is_own = best.branch == sipstatus::npos || best.code != best.received || count > 1 ||
                            context_.all()[best.branch].origin == sipstatus::branch_origin::proxy;
        relay(to_int(best.code), is_own ? "-" : std::to_string(best.branch));
        // Of each header field in the order of the branches that gave it.
        for (const auto code : {status::unauthorized, status::proxy_authentication_required})
            for (std::size_t n = 0; n < count; ++n)
                if (context_.all()[order[n]].code == code)
                    challenges_.append(1, code == status::unauthorized ? 'W' : 'P').append(std::to_string(order[n]));
    }

    const sipstatus::ranking &ranks_;
    sipstatus::branch storage_[2];
    sipstatus::response_context context_;
    std::string relayed_, challenges_;
};

int print_codes() {
    for (const auto &row : sipstatus::registry())
        if (is_final(row.code)) std::cout << to_int(row.code) << '\n';
    return 0;
}

int compare(sipstatus::profile which) {
    const auto &ranks = ranking_of(which);
    std::size_t rows = 0, different = 0;
    for (std::string line; std::getline(std::cin, line); ++rows) {
        std::istringstream fields(line);
        fork played;
        std::string relayed, challenges;
        if (!(fields >> played.codes[0] >> played.codes[1] >> played.first >> relayed) || played.first > 1) {
            std::cerr << "row " << rows + 1 << ": expected CODE CODE BRANCH RELAYED [CHALLENGES], not \"" << line
                      << "\"\n";
            return 2;
        }
        fields >> challenges;
        if (!challenges.empty()) relayed.append(1, ' ').append(challenges);
        const auto ours = proxy(ranks).relays(played);
        if (ours == relayed) continue;
        if (++different <= 20)
            std::cout << played.codes[0] << " and " << played.codes[1] << ", branch " << played.first
                      << " first: expected \"" << relayed << "\", the profile gives \"" << ours << "\"\n";
    }
    std::cout << rows << " forks, " << different << " different\n";
    return rows == 0 || different != 0;
}

} // namespace

int main(int count, char **arguments) {
    const std::string what = count == 2 ? arguments[1] : "";
    if (what == "codes") return print_codes();
    if (what == "kamailio") return compare(sipstatus::profile::kamailio);
    if (what == "rfc3261") return compare(sipstatus::profile::rfc3261);
    std::cerr << "usage: profile_compare codes|kamailio|rfc3261\n";
    return 2;
}
