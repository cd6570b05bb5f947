#ifndef SIPSTATUS_PROXY_PROXY_HPP
#define SIPSTATUS_PROXY_PROXY_HPP

// A forking proxy after RFC 3261 section 16. A request that begins a dialog, or stands alone, goes to all targets at
// once, or to one after another; one within a dialog to its Request-URI. What its branches answer goes to a
// response_context, and what that says is done. It has no registrar, no DNS, and adds no Record-Route.

#include "message.hpp"
#include "transport.hpp"

#include <sipstatus/sipstatus.hpp>

#include <chrono>
#include <map>
#include <queue>
#include <unordered_map>

namespace proxy {

using clock = std::chrono::steady_clock;

struct settings {
    std::uint16_t port = 5060;
    std::vector<peer> targets;
    bool is_serial = false; // one target after another
    sipstatus::profile ranking = sipstatus::profile::rfc3261;
    std::chrono::milliseconds t1{500};       // RFC 3261 section 17.1.1.1
    std::size_t transaction_limit = 200'000; // more are answered with 503
};

// What was counted, for the report at the end.
struct counters {
    std::uint64_t requests = 0, responses = 0, deviating = 0, rewritten = 0, malformed = 0, unmatched = 0,
                  broken_streams = 0, refused = 0;
    std::map<sipstatus::outcome, std::uint64_t> unreadable;
};

class forking_proxy {
public:
    forking_proxy(asio::io_context &io, settings s);

    const counters &counted() const noexcept { return counted_; }
    std::size_t transactions() const noexcept { return transactions_.size(); }
    std::uint64_t datagrams_not_sent() const noexcept { return transport_.datagrams_not_sent(); }

private:
    static constexpr std::size_t branch_limit = 8;
    static constexpr clock::time_point never = clock::time_point::max();

    // The client's side of one branch.
    struct leg {
        peer to;
        std::string id;                // the branch parameter of our Via
        std::string request;           // as it was sent
        std::string response;          // the final one, while it may become the best
        std::size_t status_octets = 0; // of its status line
        bool has_provisional = false, is_final = false, is_cancelled = false;
        clock::duration interval{}, cancel_interval{};
        clock::time_point resend_at = never, cancel_at = never, give_up_at = never;
    };

    // A request, the branches it was forked to, and what went back.
    struct transaction {
        transaction(std::uint64_t n, std::string octets, peer from, sipstatus::method m, const sipstatus::ranking &by)
            : number(n), request(std::move(octets)), source(std::move(from)), method(m), context(storage, m, by) {}

        std::uint64_t number;
        std::string key, request;
        peer source;
        sipstatus::method method;
        sipstatus::branch storage[branch_limit];
        sipstatus::response_context context;
        std::vector<leg> legs;
        std::size_t next_target = 0;
        std::string last_sent; // upstream
        clock::duration interval{};
        clock::time_point resend_at = never, remove_at = never, checked_at = never;
    };

    void on_message(const peer &from, std::string_view octets, const sipstatus::parse_result &line);
    void on_request(const peer &from, std::string_view octets);
    void on_response(std::string_view octets, const sipstatus::parse_result &line);
    void on_failure(receipt about);

    void begin(const peer &from, std::string_view octets, const message &m, const request_line &line, std::string key);
    void on_ack(const peer &from, const message &m, const request_line &line, const std::string &key);
    void on_cancel(const peer &from, const message &m, const std::string &key);
    bool start_leg(transaction &t, const peer &to, bool keeps_uri);
    void start_legs(transaction &t);
    void send_cancel(leg &branch);
    void follow(transaction &t, std::size_t number, const sipstatus::advice &says, std::string_view response,
                std::size_t status_octets);
    void relay(transaction &t, sipstatus::status code, std::string response);
    void relay_best(transaction &t, const sipstatus::best_response &best);

    void check(transaction &t, clock::time_point now);
    void schedule(transaction &t);
    void tick();

    settings settings_;
    counters counted_;
    std::uint64_t last_number_ = 0;
    std::uint64_t secret_;
    std::unordered_map<std::uint64_t, std::unique_ptr<transaction>> transactions_;
    std::unordered_map<std::string, std::uint64_t> numbers_; // by the key of the server transaction
    using due = std::pair<clock::time_point, std::uint64_t>;
    std::priority_queue<due, std::vector<due>, std::greater<>> due_;
    asio::steady_timer timer_;
    transport transport_;
};

} // namespace proxy

#endif
