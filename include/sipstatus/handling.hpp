#ifndef SIPSTATUS_HANDLING_HPP
#define SIPSTATUS_HANDLING_HPP

// What one response asks of whoever receives it: a proxy or a user agent. In: a code, and what the rule depends on
// besides. Out: a ruling with the RFC and section that it comes from. None of this depends on the reason phrase; the
// one exception there is has a header of its own, reason_header.hpp. Choosing among several responses is
// best_response.hpp.
//
// Everything here is derived from handling.def, is constexpr, allocates nothing and throws nothing. A code without a
// rule of its own is handled as effective_status() says (RFC 3261 section 8.1.3.2).

#include <sipstatus/status.hpp>

namespace sipstatus::inline SIPSTATUS_ABI {

// A verdict and where it comes from. It converts to the verdict: `if (forward(...) == forwarding::at_once)`.
template <class Verdict> struct ruling {
    Verdict verdict;     // what to do
    static_text section; // "RFC 3261 section 16.7 item 5"; empty if no RFC has a say
    static_text reason;  // in our words, what to do or why; may be empty

    // The verdict alone.
    constexpr operator Verdict() const noexcept { return verdict; }
};

// The method of a request, as far as a rule asks for it.
enum class method : std::uint8_t {
    other, // any that has no name here
#define SIPSTATUS_METHOD(name, token) name,
#include <sipstatus/handling.def>
};

// A set of methods.
class methods {
public:
    constexpr methods() noexcept = default;
    constexpr methods(method m) noexcept : bits_(bit(m)) {}

    static constexpr methods all() noexcept { return from_bits(~0u); }
    // The set that has method number n if bit n is set. Higher bits are dropped.
    static constexpr methods from_bits(unsigned bits) noexcept {
        methods set;
        set.bits_ = static_cast<std::uint16_t>(bits & ((1u << count) - 1));
        return set;
    }

    constexpr unsigned bits() const noexcept { return bits_; }
    constexpr bool contains(method m) const noexcept { return (bits_ & bit(m)) != 0; }

    friend constexpr methods operator|(methods a, methods b) noexcept { return from_bits(a.bits_ | b.bits_); }
    friend constexpr methods operator-(methods a, methods b) noexcept { return from_bits(a.bits_ & ~b.bits_); }
    friend constexpr bool operator==(methods, methods) noexcept = default;

private:
    static constexpr unsigned count = 1
#define SIPSTATUS_METHOD(name, token) +1
#include <sipstatus/handling.def>
        ;
    static constexpr std::uint16_t bit(method m) noexcept {
        return static_cast<std::uint16_t>(1u << static_cast<unsigned>(m));
    }

    std::uint16_t bits_ = 0;
};

// The union of two methods, so that a set reads as one: method::invite | method::bye.
constexpr methods operator|(method a, method b) noexcept {
    return methods(a) | methods(b);
}

// Who handles a response.
enum class element : std::uint8_t { user_agent, proxy };

// Who made a response: the peer that the request went to, or the proxy itself, for instance 408 for a branch that timed
// out and 503 for one whose transport failed (RFC 3261 sections 16.7, 16.8 and 16.9).
enum class branch_origin : std::uint8_t { peer, proxy };

// Whether a proxy passes a response on (RFC 3261 section 16.7 item 5).
enum class forwarding : std::uint8_t {
    at_once,
    hold, // keep it: it may be the best one when all branches are final
    never
};

// Who acknowledges a response (RFC 3261 sections 13.2.2.4 and 17.1.1.3).
enum class ack_sender : std::uint8_t {
    nobody,
    client_transaction, // of whoever received it, a proxy too
    user_agent          // the caller's; a proxy forwards that ACK
};

// What a user agent that has cancelled its INVITE does with a response to the INVITE.
enum class cancelled_step : std::uint8_t {
    wait,         // only a final response ends it
    ack_then_bye, // the callee answered before the CANCEL came
    done
};

// What a client may do to get a better answer.
enum class retry_kind : std::uint8_t {
    none,
    redirect,    // at the addresses in Contact
    credentials, // with credentials for each challenge; without a challenge in it, 401 and 407 are rejections
    change,      // with the request changed
    unchanged,   // the request as it was
    wait,        // the request as it was, after a time that the RFC gives
    later,       // once the time in Retry-After is over; without that header field not at all
    other_server // at the next target that RFC 3263 gives
};

// What Retry-After means beside a code (RFC 3261 section 20.33).
enum class retry_after_meaning : std::uint8_t {
    none,   // nothing: the header field is not defined with this code
    server, // for how long the server cannot serve the client
    callee  // when the called party expects to be available, and by its duration for how long
};

// What a response to a request within a dialog costs.
enum class dialog_effect : std::uint8_t {
    none,        // the request succeeded, or is not answered yet
    transaction, // the request alone
    usage, // the usage that the request belongs to, an INVITE's session or a subscription; the dialog if it is the last
    dialog,   // the dialog, with all of its usages
    redirects // nothing is lost, but the whole dialog goes elsewhere
};

// By whose rules: RFC 5057's and those of later RFCs, or RFC 3261 section 12.2.1.2, which ends the dialog on 408, 481
// and a timeout alone.
enum class dialog_rules : std::uint8_t { rfc5057, rfc3261 };

// Where a client tries again by itself (RFC 3263 section 4.3).
enum class failover : std::uint8_t {
    none,
    next_target, // the next one that RFC 3263 gives for the same URI, on a new branch
    other_flow   // another flow to the same instance of the user agent (RFC 5626)
};

// Whether the request is to be tried over another route.
enum class route_choice : std::uint8_t { no, yes };

// How strong the tie between a code and a header field is.
enum class header_level : std::uint8_t {
    must,
    one_of, // at least one of the code's header fields of this level must be there
    should,
    may
};

// A header field that goes with a code.
struct header_rule {
    status code;         // 100 to 699
    static_text name;    // as its RFC spells it: "WWW-Authenticate"
    header_level level;  // whether it must or may be there
    static_text section; // "RFC 3261 section 21.4.2"
};

namespace tables {

enum class treating : std::uint8_t { any, user_agent };
struct treatment_row {
    std::uint16_t code, as;
    treating by;
    static_text section;
};
inline constexpr treatment_row treatments[] = {
#define SIPSTATUS_TREATED_AS(code, as, element, section) {code, as, treating::element, {section}},
#include <sipstatus/handling.def>
};

template <class Verdict> struct ruling_row {
    std::uint16_t code;
    ruling<Verdict> says;
};
inline constexpr ruling_row<retry_kind> retries[] = {
#define SIPSTATUS_RETRY(code, kind, section, what) {code, {retry_kind::kind, {section}, {what}}},
#include <sipstatus/handling.def>
};
inline constexpr ruling_row<dialog_effect> dialog_effects[] = {
#define SIPSTATUS_DIALOG_EFFECT(code, effect, section, note) {code, {dialog_effect::effect, {section}, {note}}},
#include <sipstatus/handling.def>
};
inline constexpr ruling_row<route_choice> next_routes[] = {
#define SIPSTATUS_NEXT_ROUTE(code, verdict, reason) {code, {route_choice::verdict, {""}, {reason}}},
#include <sipstatus/handling.def>
};
inline constexpr ruling_row<methods> limits[] = {
#define SIPSTATUS_LIMITED_TO(code, methods, section) {code, {methods, {section}, {"it is defined for these methods"}}},
#include <sipstatus/handling.def>
};
inline constexpr ruling_row<methods> bans[] = {
#define SIPSTATUS_NOT_FOR(code, set, section) {code, {methods::all() - (set), {section}, {"it is not for the others"}}},
#include <sipstatus/handling.def>
};
inline constexpr header_rule headers[] = {
#define SIPSTATUS_HEADER(code, name, level, section)                                                                   \
    {static_cast<status>(code), {name}, header_level::level, {section}},
#include <sipstatus/handling.def>
};

// The number of the row of a code plus one, found by halves; 0 if it has none. It is not a pointer for the reason that
// row_plus_one() in status.hpp has.
template <class Verdict, std::size_t N>
constexpr std::size_t row_plus_one(const ruling_row<Verdict> (&rows)[N], status s) noexcept {
    std::size_t first = 0, count = N;
    while (count > 1) {
        const auto half = count / 2;
        if (rows[first + half].code <= to_int(s)) first += half;
        count -= half;
    }
    return rows[first].code == to_int(s) ? first + 1 : 0;
}

// The ruling of the code's row, else of the row of its class's x00, else the default.
template <class Verdict, std::size_t N>
constexpr ruling<Verdict> ruling_of(const ruling_row<Verdict> (&rows)[N], status s, ruling<Verdict> fallback) noexcept {
    if (const auto row = row_plus_one(rows, s)) return rows[row - 1].says;
    if (const auto row = row_plus_one(rows, generic_status(class_of(s)))) return rows[row - 1].says;
    return fallback;
}

} // namespace tables

// The method of a token, compared with case; `other` if it has no name here.
constexpr method find_method(std::string_view token) noexcept {
#define SIPSTATUS_METHOD(name, text)                                                                                   \
    if (token == text) return method::name;
#include <sipstatus/handling.def>
    return method::other;
}

// The token of a method; empty for `other`.
constexpr std::string_view token_of(method m) noexcept {
#define SIPSTATUS_METHOD(name, text)                                                                                   \
    if (m == method::name) return text;
#include <sipstatus/handling.def>
    return {};
}

// What an element handles a response as: effective_status(), and where an RFC says that a registered code is handled as
// another one, that: 202 as 200, 402 as 400, at a user agent 430 as 400.
constexpr ruling<status> treated_as(status s, element who) noexcept {
    for (const auto &row : tables::treatments)
        if (row.code == to_int(s) && (row.by == tables::treating::any || who == element::user_agent))
            return {static_cast<status>(row.as), row.section, {""}};
    return {effective_status(s), {"RFC 3261 section 8.1.3.2"}, {""}};
}

// Whether a stateful proxy passes the response on at once. `sent` is what it has sent upstream so far for this request:
// `final` once any final response went out.
constexpr ruling<forwarding> forward(status s, method m, finality sent) noexcept {
    constexpr static_text item_5{"RFC 3261 section 16.7 item 5"};
    if (s == status::trying) return {forwarding::never, item_5, {"100 stays on its hop"}};
    if (class_of(s) == status_class::success && m == method::invite)
        return {forwarding::at_once, item_5, {"every 2xx to INVITE, even after a final response"}};
    if (sent == finality::final) return {forwarding::never, item_5, {"a final response was sent"}};
    if (is_provisional(s) && m != method::invite)
        return {forwarding::never, {"RFC 4320 section 4.1"}, {"no 1xx but 100 answers a request other than INVITE"}};
    if (is_provisional(s)) return {forwarding::at_once, item_5, {"any provisional response but 100"}};
    if (class_of(s) == status_class::success) return {forwarding::at_once, item_5, {"any 2xx"}};
    return {forwarding::hold, item_5, {"a candidate for the best response"}};
}

// Who sends the ACK.
constexpr ruling<ack_sender> ack_of(status s, method m) noexcept {
    if (m != method::invite || is_provisional(s)) return {ack_sender::nobody, {"RFC 3261 section 17"}, {""}};
    if (class_of(s) == status_class::success)
        return {ack_sender::user_agent, {"RFC 3261 section 13.2.2.4"}, {"end to end, for each 2xx"}};
    return {ack_sender::client_transaction, {"RFC 3261 section 17.1.1.3"}, {"hop by hop"}};
}

// What a user agent that sent CANCEL for its INVITE does with a response to the INVITE.
constexpr ruling<cancelled_step> after_cancel(status s) noexcept {
    if (is_provisional(s)) return {cancelled_step::wait, {"RFC 3261 section 9.1"}, {"only a final response ends it"}};
    if (class_of(s) == status_class::success)
        return {cancelled_step::ack_then_bye, {"RFC 3261 sections 9.1, 13.2.2.4 and 15"}, {"the CANCEL came too late"}};
    return {cancelled_step::done, {"RFC 3261 section 9.1"}, {"the client transaction sends the ACK"}};
}

// Whether a response may be sent reliably, with 100rel (RFC 3262 section 3: 101 to 199 to an INVITE).
constexpr ruling<bool> may_be_reliable(status s, method m) noexcept {
    return {m == method::invite && is_provisional(s) && s != status::trying, {"RFC 3262 section 3"}, {""}};
}

// The methods that a code may answer: all but for the codes that an RFC limits.
constexpr ruling<methods> methods_of(status s) noexcept {
    if (const auto row = tables::row_plus_one(tables::limits, s)) return tables::limits[row - 1].says;
    if (const auto row = tables::row_plus_one(tables::bans, s)) return tables::bans[row - 1].says;
    if (is_provisional(s) && s != status::trying)
        return {method::invite, {"RFC 4320 section 4.1"}, {"no 1xx but 100 answers a request other than INVITE"}};
    return {methods::all(), {""}, {""}};
}

// What a client may do to get a better answer, and with what change.
constexpr ruling<retry_kind> retry_of(status s) noexcept {
    return tables::ruling_of(tables::retries, s, {retry_kind::none, {""}, {""}});
}

// What Retry-After means beside the code. A 503 without it counts as 500 (RFC 3261 section 21.5.4).
constexpr ruling<retry_after_meaning> retry_after_of(status s) noexcept {
    constexpr static_text section{"RFC 3261 section 20.33"};
    switch (to_int(s)) {
    case 500:
    case 503: return {retry_after_meaning::server, section, {"for how long the server cannot serve"}};
    case 404:
    case 413:
    case 480:
    case 486:
    case 600:
    case 603: return {retry_after_meaning::callee, section, {"when the called party expects to be available"}};
    default: return {retry_after_meaning::none, section, {"it is not defined with this code"}};
    }
}

// What the response to a request within a dialog costs. Exceptions by method: a CANCEL's failure concerns the CANCEL
// alone; OPTIONS, MESSAGE and unknown methods belong to no usage (RFC 5057 section 5.3); 405 and 501 cost the usage
// only where it needs the method; 489 speaks of SUBSCRIBE and NOTIFY. A 408 counts as a timeout.
constexpr ruling<dialog_effect> effect_on_dialog(status s, method m, dialog_rules by = dialog_rules::rfc5057) noexcept {
    if (is_provisional(s) || class_of(s) == status_class::success) return {dialog_effect::none, {""}, {""}};
    const bool is_rfc5057 = by == dialog_rules::rfc5057;
    if (m == method::cancel)
        return {dialog_effect::transaction, {"RFC 5057 section 5.1 note 8"}, {"it concerns the CANCEL alone"}};
    if (!is_rfc5057 && class_of(s) != status_class::redirection) {
        const bool ends = s == status::call_or_transaction_does_not_exist || s == status::request_timeout;
        return {ends ? dialog_effect::dialog : dialog_effect::transaction,
                {"RFC 3261 section 12.2.1.2"},
                {ends ? "an INVITE's dialog is ended with a BYE" : ""}};
    }
    auto says = tables::ruling_of(tables::dialog_effects, s, {dialog_effect::transaction, {""}, {""}});
    const bool has_usage = m != method::options && m != method::message && m != method::other;
    if (s == status::request_timeout && has_usage)
        return {dialog_effect::usage, {"RFC 5057 sections 5.1 note 4 and 5.2"}, {"it counts as a timeout"}};
    if (says.verdict != dialog_effect::usage) return says;
    constexpr auto needed = method::invite | method::bye | method::ack | method::subscribe | method::notify |
                            method::register_ | method::publish;
    const bool is_needed = (s != status::method_not_allowed && s != status::not_implemented) || needed.contains(m);
    const bool is_meant =
        s != status::bad_event || m == method::subscribe || m == method::notify || m == method::publish;
    if (!has_usage) return {dialog_effect::transaction, {"RFC 5057 section 5.3"}, {"the method belongs to no usage"}};
    if (!is_needed || !is_meant) says.verdict = dialog_effect::transaction;
    return says;
}

// The same where no response came in time.
constexpr ruling<dialog_effect> timeout_on_dialog(method m, dialog_rules by = dialog_rules::rfc5057) noexcept {
    auto says = effect_on_dialog(status::request_timeout, m, by);
    if (by == dialog_rules::rfc5057) says.section = {"RFC 5057 section 5.2"};
    return says;
}

// Whether the client tries the next target of RFC 3263, or another flow. Only 503, a transport failure and a timeout
// without any response are failures there: a 408 of the peer is an answer.
constexpr ruling<failover> next_target(status s, branch_origin origin) noexcept {
    constexpr static_text section{"RFC 3263 section 4.3"};
    if (s == status::service_unavailable)
        return {failover::next_target, section, {"the server is out of service, or the transport failed"}};
    if (s == status::request_timeout && origin == branch_origin::proxy)
        return {failover::next_target, section, {"no response came in time"}};
    if (s == status::flow_failed) return {failover::other_flow, {"RFC 5626 section 5.3"}, {"the flow failed"}};
    return {failover::none, section, {"the server has answered"}};
}

// A set of codes, of all from 100 to 699.
class status_set {
public:
    constexpr bool contains(status s) const noexcept {
        const auto at = place(s);
        return at < 600 && (bits_[at / 64] >> (at % 64) & 1) != 0;
    }
    constexpr void insert(status s) noexcept {
        if (const auto at = place(s); at < 600) bits_[at / 64] |= std::uint64_t{1} << (at % 64);
    }
    constexpr void erase(status s) noexcept {
        if (const auto at = place(s); at < 600) bits_[at / 64] &= ~(std::uint64_t{1} << (at % 64));
    }

private:
    static constexpr unsigned place(status s) noexcept { return static_cast<unsigned>(to_int(s)) - 100u; }

    std::uint64_t bits_[10]{};
};

// Whether another route may give a better answer, with the reason. The rule is whether the request has reached the
// user. No RFC has this list: carriers differ in 403, 404, 480 and 603. Whoever wants another begins with
// next_route_codes().
constexpr ruling<route_choice> next_route(status s) noexcept {
    if (is_provisional(s)) return {route_choice::no, {""}, {"no final answer yet"}};
    if (class_of(s) == status_class::success) return {route_choice::no, {""}, {"the request succeeded"}};
    if (const auto row = tables::row_plus_one(tables::next_routes, s)) return tables::next_routes[row - 1].says;
    auto says = tables::ruling_of(tables::next_routes, s, {route_choice::no, {""}, {""}});
    says.reason = {"as for any code of its class that is not known"};
    return says;
}

// The codes that next_route() says yes to, to add to and take from.
constexpr status_set next_route_codes() noexcept {
    status_set set;
    for (int code = 300; code < 700; ++code)
        if (const auto s = static_cast<status>(code); next_route(s) == route_choice::yes) set.insert(s);
    return set;
}

// Rows of header fields, in static storage.
struct header_rules {
    const header_rule *first; // the first row
    const header_rule *last;  // one past the last row

    constexpr const header_rule *begin() const noexcept { return first; }
    constexpr const header_rule *end() const noexcept { return last; }
    constexpr bool empty() const noexcept { return first == last; }
};

// The header fields that go with the code; an empty range for most.
constexpr header_rules headers_with(status s) noexcept {
    constexpr auto *end = tables::headers + sizeof(tables::headers) / sizeof(tables::headers[0]);
    const header_rule *first = tables::headers;
    while (first != end && first->code < s) ++first;
    const header_rule *last = first;
    while (last != end && last->code == s) ++last;
    return {first, last};
}

} // namespace sipstatus::inline SIPSTATUS_ABI

#endif
