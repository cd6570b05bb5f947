#ifndef SIPSTATUS_BEST_RESPONSE_HPP
#define SIPSTATUS_BEST_RESPONSE_HPP

// What a forking proxy does with the responses of its branches (RFC 3261 section 16.7). Two shapes of the same rules:
//   choose()           a pure function: the best of a set of branches, and why
//   response_context   is told each event as it comes, and says what to do now
// Both work on branches in the caller's memory. They allocate nothing and throw nothing.
//
// The ranking is data: a table of ranks by code. ranking_of() gives RFC 3261's and those of known proxies; a caller can
// change a copy, code by code. Whatever the ranking, every 2xx to INVITE is forwarded at once.

#include <sipstatus/handling.hpp>
#include <sipstatus/status_line.hpp>

namespace sipstatus::inline SIPSTATUS_ABI {

// How far the CANCEL of a branch is.
enum class cancel_state : std::uint8_t {
    none,
    due, // to be sent as soon as a provisional response has come (RFC 3261 section 9.1)
    sent
};

// One branch of a forked request.
struct branch {
    status code{};                              // of its last response: 0 while there is none, 1xx, or the final one
    std::uint16_t arrival = 0;                  // its place among the final responses; of equals the lower is better
    branch_origin origin = branch_origin::peer; // who made the response
    cancel_state cancel = cancel_state::none;   // of a final response: how far the CANCEL was when it came

    // Whether its peer, or the proxy for it, gave a final response.
    constexpr bool is_final() const noexcept { return to_int(code) >= 200; }
};

// A branch of which the peer gave no final response in time (RFC 3261 sections 16.7 and 16.8).
inline constexpr branch timed_out{status::request_timeout, 0, branch_origin::proxy};
// A branch whose transport failed, as if it had received 503 (RFC 3261 section 16.9).
inline constexpr branch transport_failed{status::service_unavailable, 0, branch_origin::proxy};

// A view of branches: of an array, or of anything that has data() and size().
class branches {
public:
    // The branches must outlive the view.
    constexpr branches(const branch *first, std::size_t count) noexcept : first_(first), count_(count) {}
    template <std::size_t N> constexpr branches(const branch (&array)[N]) noexcept : branches(array, N) {}
    template <class Range>
    requires requires(const Range &range) { branches(range.data(), range.size()); }
    constexpr branches(const Range &range) noexcept : branches(range.data(), range.size()) {}

    constexpr const branch *begin() const noexcept { return first_; }
    constexpr const branch *end() const noexcept { return first_ + count_; }
    constexpr std::size_t size() const noexcept { return count_; }
    constexpr const branch &operator[](std::size_t at) const noexcept { return first_[at]; }

private:
    const branch *first_;
    std::size_t count_;
};

// What a proxy does besides ranking.
enum class ranking_trait : std::uint8_t {
    service_unavailable_becomes_500 = 1, // a 503 that is best goes upstream as 500
    drops_non_invite_timeout = 2,        // 408 never answers a request other than INVITE (RFC 4320)
    global_failure_cancels = 4,          // a 6xx cancels the other branches (RFC 3261 section 16.7 items 5 and 10)
    global_failure_at_once = 8,          // and is forwarded without waiting for them
    merges_contacts = 16,                // several 3xx become one 300 with the Contacts of all
    proxy_challenge_wins = 32,           // of 401 and 407, aggregated, the result is 407
    lower_branch_wins = 64 // of equals the branch that was started first, not the response that came first
};

// A set of traits.
class ranking_traits {
public:
    constexpr ranking_traits() noexcept = default;
    constexpr ranking_traits(ranking_trait one) noexcept : bits_(static_cast<std::uint8_t>(one)) {}

    constexpr bool contains(ranking_trait one) const noexcept { return (bits_ & static_cast<unsigned>(one)) != 0; }
    constexpr unsigned bits() const noexcept { return bits_; }
    friend constexpr ranking_traits operator|(ranking_traits a, ranking_traits b) noexcept {
        ranking_traits both;
        both.bits_ = static_cast<std::uint8_t>(a.bits_ | b.bits_);
        return both;
    }

private:
    std::uint8_t bits_ = 0;
};

// The union of two traits.
constexpr ranking_traits operator|(ranking_trait a, ranking_trait b) noexcept {
    return ranking_traits(a) | ranking_traits(b);
}

// The profiles of rankings.def. They differ as the README's table says.
enum class profile : std::uint8_t {
#define SIPSTATUS_RANKING(name, traits, source) name,
#include <sipstatus/rankings.def>
};

// Ranks of final responses; the lowest is best. To make one of your own, copy ranking_of() and change it.
struct ranking {
    static constexpr std::size_t size = 601;          // codes from 100 on, and a last place for what is not a code
    static constexpr std::uint16_t unranked = 0xFFFF; // not final

    std::uint16_t ranks[2][size]; // by branch_origin, then by code; 2xx have 0, what is not final has `unranked`
    std::uint16_t of_given_up;    // of a peer's 487 when the caller has cancelled
    std::uint16_t of_echo;        // of a peer's 487 that came after a CANCEL of the proxy's own
    ranking_traits traits;        // what the profile does besides
    bool is_rfc3261;              // the rules of section 16.7 item 6 explain its choices

    // The rank of a response, `unranked` of what is not final.
    constexpr std::uint16_t rank(status s, branch_origin origin) const noexcept {
        return ranks[static_cast<std::size_t>(origin)][place(s)];
    }
    // Gives a final response that is not a success its rank, 1 to 65,533.
    constexpr void set(status s, branch_origin origin, std::uint16_t rank) noexcept {
        if (to_int(s) >= 300 && to_int(s) < 700) ranks[static_cast<std::size_t>(origin)][place(s)] = rank;
    }

    // Where a code stands in `ranks`.
    static constexpr std::size_t place(status s) noexcept {
        const std::size_t at = static_cast<unsigned>(to_int(s)) - 100u;
        return at < size ? at : size - 1;
    }
};

// The ranking of a profile, in static storage. A profile without a name: RFC 3261's.
SIPSTATUS_API const ranking &ranking_of(profile which) noexcept;

// Where the ranking of a profile was read: commit and file.
SIPSTATUS_API std::string_view source_of(profile which) noexcept;

// Why a response was chosen. rankings.def has their sentences.
enum class choice_rule : std::uint8_t {
#define SIPSTATUS_CHOICE_RULE(name, section, sentence) name,
#include <sipstatus/rankings.def>
};

// The sentence of a rule, from rankings.def.
SIPSTATUS_API explanation message(choice_rule rule) noexcept;

// What is known of the request when a response is chosen.
struct request_facts {
    sipstatus::method method = sipstatus::method::invite; // of the request
    bool cancelled = false;                               // by the caller
};

// The response that a proxy sends. rule_of() says why.
struct best_response {
    status code{};                // what to send: what the branch gave, but for the traits; 408 if no branch gave any;
                                  // 0 if nothing is to be sent
    status received{};            // what the chosen branch gave; 0 if the proxy makes the response itself
    std::size_t branch = npos;    // whose response it is; npos if the proxy makes it
    std::size_t runner_up = npos; // the branch that would be next; npos if there is none
};

namespace tables {

constexpr bool affects_resubmission(status s) noexcept {
    return s == status::unauthorized || s == status::proxy_authentication_required ||
           s == status::unsupported_media_type || s == status::bad_extension || s == status::address_incomplete;
}

// The rank of a branch's response; the lowest is best.
constexpr std::uint16_t rank_of(const branch &b, request_facts request, const ranking &by) noexcept {
    std::uint16_t rank = by.rank(b.code, b.origin);
    if (b.code == status::request_terminated && b.origin == branch_origin::peer) {
        if (request.cancelled)
            rank = by.of_given_up;
        else if (b.cancel == cancel_state::sent)
            rank = by.of_echo;
    }
    if (b.code == status::request_timeout && request.method != method::invite &&
        by.traits.contains(ranking_trait::drops_non_invite_timeout))
        rank = ranking::unranked - 1;
    return rank;
}

// The rank, the arrival and the number in one integer: the lowest is best, and no two are equal.
constexpr std::uint64_t key_of(const branch &b, std::size_t number, request_facts request, const ranking &by) noexcept {
    const std::uint64_t arrival = by.traits.contains(ranking_trait::lower_branch_wins) ? 0 : b.arrival;
    return std::uint64_t{rank_of(b, request, by)} << 48 | arrival << 32 | static_cast<std::uint32_t>(number);
}
inline constexpr std::uint64_t first_unranked = std::uint64_t{ranking::unranked} << 48;

constexpr bool is_timeout(const branch &b) noexcept {
    return b.origin == branch_origin::proxy && b.code == status::request_timeout;
}

// The first rule by which `a` stands before `b`.
constexpr choice_rule rule_between(const branch &a, const branch &b, request_facts request,
                                   const ranking &by) noexcept {
    if (rank_of(a, request, by) == rank_of(b, request, by))
        return by.traits.contains(ranking_trait::lower_branch_wins) ? choice_rule::lower_branch
                                                                    : choice_rule::first_to_come;
    if (!by.is_rfc3261) return choice_rule::order_of_profile;
    if (is_timeout(b)) return choice_rule::real_answer; // of two timeouts none is first: their ranks are the same
    if (class_of(a.code) != class_of(b.code))
        return class_of(a.code) == status_class::global_failure ? choice_rule::global_failure
                                                                : choice_rule::lowest_class;
    if (affects_resubmission(a.code) && !affects_resubmission(b.code)) return choice_rule::affects_resubmission;
    if (request.cancelled && a.code == status::request_terminated) return choice_rule::given_up;
    return a.origin != b.origin ? choice_rule::real_answer : choice_rule::order_of_profile;
}

// What is sent where header fields of several responses go into one.
constexpr status merged(branches set, status chosen, const ranking &by) noexcept {
    if (chosen == status::unauthorized && by.traits.contains(ranking_trait::proxy_challenge_wins))
        for (const auto &one : set)
            if (one.code == status::proxy_authentication_required) return one.code;
    if (class_of(chosen) != status_class::redirection || !by.traits.contains(ranking_trait::merges_contacts))
        return chosen;
    int redirections = 0;
    for (const auto &one : set) redirections += class_of(one.code) == status_class::redirection;
    return redirections > 1 ? status::multiple_choices : chosen;
}

// What is sent for the response that was chosen.
constexpr status to_send(branches set, status chosen, request_facts request, const ranking &by) noexcept {
    if (chosen == status::service_unavailable && by.traits.contains(ranking_trait::service_unavailable_becomes_500))
        return status::server_internal_error;
    if (chosen == status::request_timeout && request.method != method::invite &&
        by.traits.contains(ranking_trait::drops_non_invite_timeout))
        return status{};
    const bool merges =
        by.traits.contains(ranking_trait::proxy_challenge_wins) || by.traits.contains(ranking_trait::merges_contacts);
    return merges ? merged(set, chosen, by) : chosen;
}

} // namespace tables

// The best of the final responses among the branches (RFC 3261 section 16.7 item 6). Branches without one do not count,
// so a proxy asks when all are final. If there is a 2xx, it was forwarded at once, and it is the answer. Fewer than
// 2^32 branches.
constexpr best_response choose(branches set, request_facts request, const ranking &by) noexcept {
    // Without branches in the machine's sense: the order of codes is not to be guessed.
    std::uint64_t first = ~std::uint64_t{0}, second = first;
    for (std::size_t n = 0; n < set.size(); ++n) {
        const auto key = tables::key_of(set[n], n, request, by);
        const auto larger = key < first ? first : key;
        first = key < first ? key : first;
        second = larger < second ? larger : second;
    }
    best_response best;
    if (first < tables::first_unranked) {
        best.branch = static_cast<std::uint32_t>(first);
        if (second < tables::first_unranked) best.runner_up = static_cast<std::uint32_t>(second);
        best.received = set[best.branch].code;
        best.code = tables::to_send(set, best.received, request, by);
    } else if (request.method == method::invite || !by.traits.contains(ranking_trait::drops_non_invite_timeout)) {
        best.code = status::request_timeout;
    }
    return best;
}
inline best_response choose(branches set, request_facts request = {}) noexcept {
    return choose(set, request, ranking_of(profile::rfc3261));
}

// Why the response was chosen: the first rule by which it stands before the runner-up. The arguments are those of
// choose().
constexpr choice_rule rule_of(const best_response &best, branches set, request_facts request,
                              const ranking &by) noexcept {
    if (best.code == status{}) return choice_rule::nothing_to_send;
    if (best.branch == npos) return choice_rule::no_response;
    if (class_of(best.received) == status_class::success) return choice_rule::success;
    if (best.runner_up == npos) return choice_rule::only_response;
    return tables::rule_between(set[best.branch], set[best.runner_up], request, by);
}
inline choice_rule rule_of(const best_response &best, branches set, request_facts request = {}) noexcept {
    return rule_of(best, set, request, ranking_of(profile::rfc3261));
}

// Whether the branch gives header fields to the best response besides its own: a challenge to a challenge (RFC 3261
// section 16.7 item 7), a Contact to a redirection where the ranking merges them.
constexpr bool contributes(const branch &one, const best_response &best, const ranking &by) noexcept {
    const auto is_challenge = [](status s) {
        return s == status::unauthorized || s == status::proxy_authentication_required;
    };
    if (is_challenge(best.received)) return is_challenge(one.code);
    if (!one.is_final() || to_int(best.received) < 300 || class_of(best.received) != status_class::redirection)
        return false;
    return class_of(one.code) == status_class::redirection && by.traits.contains(ranking_trait::merges_contacts);
}

// The names of the header fields that go from one response into another: of a 401 or 407 WWW-Authenticate and
// Proxy-Authenticate, of a 3xx Contact; none of any other.
constexpr static_text contributed_header(status best, std::size_t n) noexcept {
    const bool is_challenge = best == status::unauthorized || best == status::proxy_authentication_required;
    if (is_challenge && n < 2) return n == 0 ? static_text{"WWW-Authenticate"} : static_text{"Proxy-Authenticate"};
    if (class_of(best) == status_class::redirection && n == 0) return {"Contact"};
    return {""};
}

// Writes the branches whose header fields make up the best response to `order`, which has room for all branches, and
// returns how many. The chosen branch comes first, then the others as they arrived. The fields of each keep their
// order, in which its server prefers them (RFC 8760 section 2.3).
constexpr std::size_t contributors(branches set, const best_response &best, const ranking &by,
                                   std::size_t *order) noexcept {
    if (best.branch == npos) return 0;
    std::size_t count = 0;
    order[count++] = best.branch;
    for (std::size_t n = 0; n < set.size(); ++n) {
        if (n == best.branch || !contributes(set[n], best, by)) continue;
        auto at = count++;
        for (; at > 1 && set[order[at - 1]].arrival > set[n].arrival; --at) order[at] = order[at - 1];
        order[at] = n;
    }
    return count;
}

// What a proxy does next.
enum class action : std::uint8_t {
    nothing,      // the response is absorbed: it came too late, again, or is not for upstream
    wait,         // other branches are not final yet
    forward,      // this response, now
    forward_best, // every branch is final: the best response
    try_next      // every branch is final, and there are targets left: start a branch there
};

// What response_context says. Whatever the action, if `cancel` is set, next_cancel() names branches to cancel now.
struct advice {
    sipstatus::action action = sipstatus::action::nothing; // what to send or to do
    bool cancel = false;                                   // whether branches are to be cancelled
    static_text section{""};                               // that it comes from
    best_response best{};                                  // of forward_best
};

// The response context of a forked request (RFC 3261 section 16.7): what its branches have answered, and what follows.
// It keeps its branches in the caller's array, which must outlive it.
class SIPSTATUS_API response_context {
public:
    // Room for `capacity` branches; more cannot be started. The ranking must outlive the context.
    response_context(branch *storage, std::size_t capacity, method m,
                     const ranking &by = ranking_of(profile::rfc3261)) noexcept
        : branches_(storage), capacity_(capacity), by_(&by), request_{m, false} {}
    template <std::size_t N>
    explicit response_context(branch (&storage)[N], method m, const ranking &by = ranking_of(profile::rfc3261)) noexcept
        : response_context(storage, N, m, by) {}

    // A request goes out to one more target: the number of its branch. npos if none may be started: there is no room, a
    // final response was sent, the caller has cancelled, or a 6xx came (section 16.7 item 5).
    std::size_t start_branch() noexcept;

    // Whether targets are left that are to be tried one after another. While there are, try_next stands for
    // forward_best.
    void expect_more_targets(bool are_left) noexcept { has_targets_ = are_left; }

    // Events of a branch. A number that start_branch() did not give, and a code out of range, change nothing.
    advice on_response(std::size_t number, status code) noexcept;
    advice on_timeout(std::size_t number) noexcept;         // timer B, C or F: as 408
    advice on_transport_error(std::size_t number) noexcept; // as 503
    // The caller has cancelled (section 16.10).
    advice on_cancel() noexcept;

    // The next branch to send CANCEL to, which then counts as sent; npos if there is none. Only INVITE is cancelled.
    std::size_t next_cancel() noexcept;

    // What the branches have given so far.
    branches all() const noexcept { return {branches_, count_}; }
    // Whether a final response has gone upstream, or none ever will.
    bool is_complete() const noexcept { return is_complete_; }
    request_facts request() const noexcept { return request_; }
    const ranking &ranks() const noexcept { return *by_; }

private:
    advice finish_branch(branch &one, status code, branch_origin origin) noexcept;
    void conclude(advice &says) noexcept;
    bool cancel_pending() noexcept;
    bool may_start() const noexcept;

    branch *branches_;
    std::size_t capacity_;
    std::size_t count_ = 0;
    std::size_t pending_ = 0;
    const ranking *by_;
    request_facts request_;
    std::uint16_t arrivals_ = 0;
    bool has_targets_ = false;
    bool has_global_failure_ = false;
    bool is_complete_ = false;
};

} // namespace sipstatus::inline SIPSTATUS_ABI

#endif
