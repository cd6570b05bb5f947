#ifndef SIPSTATUS_TOOL_TALLY_TRANSACTIONS_HPP
#define SIPSTATUS_TOOL_TALLY_TRANSACTIONS_HPP

// Requests and responses in, transactions and calls out (RFC 3261 sections 17 and 12), counted in a tally as they come.
//
// A transaction is known by the branch of the topmost Via, Call-ID, CSeq number and method: each hop has one of its
// own. A call is known by its Call-ID and the two addresses. What may be a part of something that another file has the
// rest of is kept as a piece; count_exchanges() puts the pieces of all files together.

#include "tally/large_pages.hpp"
#include "tally/tally.hpp"

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace sipstatus::tool {

// Times are microseconds since 1970; those of a piece are from its first message on.
using moment = std::int64_t;
using delay = std::uint32_t;
inline constexpr delay no_delay = UINT32_MAX;

struct transaction_piece {
    std::uint64_t key = 0;
    std::uint64_t call = 0; // of INVITE and BYE
    moment first = 0;
    delay last = 0;
    delay request = no_delay, trying = no_delay, provisional = no_delay, final = no_delay; // the first of each
    std::array<std::uint16_t, 6> codes{};                                                  // in no order; 0 for none
    method_table::number method = method_table::none;
    std::uint8_t code_count = 0;
    bool is_initial : 1 = false; // the request does not belong to a dialog
    bool lacks_time : 1 = false; // a message of it has no time
    std::uint16_t provisional_code = 0, final_code = 0;

    bool has_request() const noexcept { return request != no_delay; }
    bool is_complete() const noexcept { return has_request() && final != no_delay; }
    moment last_moment() const noexcept { return first + last; }
};

struct call_piece {
    static constexpr moment never = INT64_MAX;

    std::uint64_t key = 0;
    moment answered = never; // the first 2xx to INVITE
    moment ended = never;    // the first BYE
    bool is_end_answered = false;
    bool lacks_time = false;

    bool is_complete() const noexcept { return answered != never && ended != never && is_end_answered; }
    moment first_moment() const noexcept { return answered < ended ? answered : ended; }
    moment last_moment() const noexcept {
        return ended == never ? answered : answered == never || ended > answered ? ended : answered;
    }
};

// What the pieces of one file, or of several, are.
struct open_pieces {
    std::vector<transaction_piece> transactions;
    std::vector<call_piece> calls;

    void add(const open_pieces &other);
    // By key and time, so that the same pieces are always in the same order.
    void sort();
};

// From the first message of an input, or of several, to the last.
struct time_span {
    moment first = INT64_MAX, last = INT64_MIN;

    bool is_empty() const noexcept { return first > last; }
    void add(const time_span &other) noexcept {
        first = std::min(first, other.first);
        last = std::max(last, other.last);
    }
};

// Adds the transactions and calls that the pieces are, put together, to the tally. The pieces are sorted. Returns how
// many transactions lack their request or their final response and may have it before or after the span.
amount count_exchanges(const open_pieces &pieces, const time_span &span, tally &to);

// One request or response.
struct exchange_event {
    std::uint64_t key = 0, call = 0;
    moment time = 0;
    method_table::number method = method_table::none;
    std::uint16_t code = 0; // 0 for a request
    bool is_initial = false, lacks_time = false;
};

class transaction_tracker {
public:
    // As many at a time; beyond that the oldest are given up. `to` must outlive the tracker.
    transaction_tracker(tally &to, std::size_t most_transactions);

    void push(const exchange_event &event);
    // No event follows.
    void finish();
    const time_span &span() const noexcept { return span_; }
    // After finish(): how many transactions lack a part that another file may have; then what may go on there.
    amount open_transactions() const noexcept;
    open_pieces take_pieces();

    static constexpr std::size_t most_pieces = 65'536; // of a file

private:
    struct slot {
        std::uint32_t tag = 0, number = 0; // of a transaction, from 1 on; 0 for an empty slot
    };
    static constexpr std::size_t look_ahead = 16;

    std::size_t slot_of(std::uint64_t key) const noexcept;
    void take(const exchange_event &event);
    transaction_piece *find(std::uint64_t key);
    void insert(const transaction_piece &made);
    void retire(transaction_piece &piece, bool is_given_up);
    void sweep(moment now);
    void give_up_oldest();
    void rebuild_index();
    void note_call(const transaction_piece &piece);

    tally &to_;
    std::size_t most_;
    std::uint64_t salt_; // nobody can tell which keys share a slot
    unsigned slot_bits_ = 0;
    std::vector<transaction_piece, large_page_allocator<transaction_piece>> live_;
    std::vector<slot, large_page_allocator<slot>> index_;
    std::array<exchange_event, look_ahead> ahead_{}; // events whose slot is on its way from memory
    std::size_t ahead_count_ = 0, ahead_at_ = 0;
    std::unordered_map<std::uint64_t, call_piece> calls_;
    open_pieces edge_; // of the begin of the file
    time_span span_;
    moment next_sweep_ = 0;
};

} // namespace sipstatus::tool

#endif
