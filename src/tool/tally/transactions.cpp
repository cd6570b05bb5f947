#include "tally/transactions.hpp"

#include <algorithm>
#include <random>
#include <tuple>

namespace sipstatus::tool {

namespace {

constexpr moment second = 1'000'000;
// What is retransmitted comes within 64 * T1 (RFC 3261 section 17).
constexpr moment patience = 32 * second;
// A caller waits longer for a final response to INVITE: timer C, three minutes or more (section 16.6).
constexpr moment patience_with_invite = 200 * second;
// A piece does not go on for longer.
constexpr moment longest_piece = std::int64_t{UINT32_MAX} - 1;

constexpr bool is_success(unsigned code) noexcept {
    return code >= 200 && code < 300;
}

// How long after its last message another one may belong to it.
moment patience_with(const transaction_piece &piece) noexcept {
    return piece.method == method_table::invite && !piece.is_complete() ? patience_with_invite : patience;
}
// How long before its first message a part of it may have been.
moment patience_before(const transaction_piece &piece) noexcept {
    return piece.method == method_table::invite && !piece.has_request() ? patience_with_invite : patience;
}

bool has_code(const transaction_piece &piece, unsigned code) noexcept {
    for (std::size_t i = 0; i < piece.code_count; ++i)
        if (piece.codes[i] == code) return true;
    return false;
}

// A duration in a tally; negative ones do not count.
void add_delay(tally &to, method_counts &of, unsigned code, delay from, delay until, amount times) {
    if (until != no_delay && until >= from) to.add_time(of, code, until - from, times);
}

void count_session(const transaction_piece &piece, session_counts &to, amount times) {
    to.attempts += times;
    if (piece.final == no_delay) return;
    to.finals[piece.final_code] += times;
    if (piece.lacks_time || piece.final < piece.request) return;
    const auto code = piece.final_code;
    if (is_success(code)) {
        const auto status = piece.provisional != no_delay && piece.provisional >= piece.request
                                ? std::min(piece.provisional, piece.final)
                                : piece.final;
        to.request_delay.add(status - piece.request, times);
    } else if (code >= 400 && code != 401 && code != 402 && code != 407) {
        to.failed_request_delay.add(piece.final - piece.request, times);
    }
}

void count_transaction(const transaction_piece &piece, tally &to, amount times) {
    auto &of = to.method(to.kept(piece.method));
    if (of.distinct_responses.empty()) of.distinct_responses.resize(code_limit);
    for (std::size_t i = 0; i < piece.code_count; ++i) of.distinct_responses[piece.codes[i]] += times;
    if (!piece.has_request()) {
        of.without_request += times;
        return;
    }
    of.transactions += times;
    if (piece.final != no_delay) of.answered += times;
    if (!piece.lacks_time) {
        add_delay(to, of, 100, piece.request, piece.trying, times);
        add_delay(to, of, piece.provisional_code, piece.request, piece.provisional, times);
        add_delay(to, of, piece.final_code, piece.request, piece.final, times);
    }
    if (piece.is_initial) count_session(piece, to.sessions, times);
}

void count_call(const call_piece &piece, tally &to, amount times) {
    if (piece.is_complete()) to.sessions.completed += times;
    if (piece.answered == call_piece::never || piece.ended == call_piece::never || piece.lacks_time) return;
    if (piece.ended >= piece.answered)
        to.sessions.duration.add(static_cast<std::uint64_t>(piece.ended - piece.answered), times);
}

transaction_piece piece_of(const exchange_event &event) noexcept {
    transaction_piece made;
    made.key = event.key;
    made.call = event.call;
    made.first = event.time;
    made.method = event.method;
    made.is_initial = event.is_initial;
    made.lacks_time = event.lacks_time;
    if (event.code == 0) {
        made.request = 0;
        return made;
    }
    made.codes[0] = event.code;
    made.code_count = 1;
    if (event.code == 100) {
        made.trying = 0;
    } else if (event.code < 200) {
        made.provisional = 0;
        made.provisional_code = event.code;
    } else {
        made.final = 0;
        made.final_code = event.code;
    }
    return made;
}

delay later(delay one, moment by) noexcept {
    return one == no_delay ? no_delay : static_cast<delay>(one + by);
}

void take_earlier(delay &a, std::uint16_t &a_code, delay b, std::uint16_t b_code) noexcept {
    if (b == no_delay || (a != no_delay && std::tie(a, a_code) <= std::tie(b, b_code))) return;
    a = b;
    a_code = b_code;
}

// Returns how many codes found no room.
amount join(transaction_piece &a, transaction_piece b) noexcept {
    const auto begin = std::min(a.first, b.first);
    for (auto *const one : {&a, &b}) {
        const auto by = one->first - begin;
        for (auto *const part : {&one->request, &one->trying, &one->provisional, &one->final}) *part = later(*part, by);
        one->last = static_cast<delay>(one->last + by);
        one->first = begin;
    }
    a.last = std::max(a.last, b.last);
    a.request = std::min(a.request, b.request); // no_delay is the greatest
    a.trying = std::min(a.trying, b.trying);
    take_earlier(a.provisional, a.provisional_code, b.provisional, b.provisional_code);
    take_earlier(a.final, a.final_code, b.final, b.final_code);
    a.call = std::max(a.call, b.call);
    a.is_initial = a.is_initial || b.is_initial;
    a.lacks_time = a.lacks_time || b.lacks_time;
    amount lost = 0;
    for (std::size_t i = 0; i < b.code_count; ++i) {
        if (has_code(a, b.codes[i])) continue;
        if (a.code_count < a.codes.size())
            a.codes[a.code_count++] = b.codes[i];
        else
            ++lost;
    }
    return lost;
}

bool belong_together(const transaction_piece &earlier, const transaction_piece &later_one) noexcept {
    return earlier.key == later_one.key && earlier.method == later_one.method &&
           later_one.first - earlier.last_moment() <= patience_with(earlier) &&
           std::max(later_one.last_moment(), earlier.last_moment()) - earlier.first < longest_piece;
}

// What a transaction says of the call that it is in; nothing, where its key is 0.
call_piece call_of(const transaction_piece &piece) noexcept {
    call_piece made;
    if (!piece.has_request() || piece.call == 0) return made;
    if (piece.method == method_table::bye) {
        made.ended = piece.first + piece.request;
        made.is_end_answered = piece.final != no_delay;
    } else if (piece.is_initial && piece.final != no_delay && is_success(piece.final_code)) {
        made.answered = piece.first + piece.final;
    } else {
        return made;
    }
    made.key = piece.call;
    made.lacks_time = piece.lacks_time;
    return made;
}

void join(call_piece &a, const call_piece &b) noexcept {
    a.answered = std::min(a.answered, b.answered);
    a.ended = std::min(a.ended, b.ended);
    a.is_end_answered = a.is_end_answered || b.is_end_answered;
    a.lacks_time = a.lacks_time || b.lacks_time;
}

bool belong_together(const call_piece &earlier, const call_piece &later_one) noexcept {
    return earlier.key == later_one.key &&
           (!earlier.is_complete() || later_one.first_moment() - earlier.last_moment() <= patience);
}

bool is_same(const call_piece &a, const call_piece &b) noexcept {
    return a.key == b.key && a.answered == b.answered && a.ended == b.ended && a.is_end_answered == b.is_end_answered;
}

bool is_at_begin(const transaction_piece &piece, const time_span &span) noexcept {
    return piece.first - patience_before(piece) <= span.first;
}

bool is_at_edge(const transaction_piece &piece, const time_span &span) noexcept {
    return is_at_begin(piece, span) || piece.last_moment() + patience_with(piece) >= span.last;
}

bool is_open(const transaction_piece &piece, const time_span &span) noexcept {
    return !piece.is_complete() && is_at_edge(piece, span);
}

auto order_of(const transaction_piece &one) noexcept {
    return std::tuple(one.key, one.method, one.first, one.last, one.request, one.trying, one.provisional, one.final,
                      one.codes, one.call, std::uint8_t{one.is_initial}, std::uint8_t{one.lacks_time});
}
auto order_of(const call_piece &one) noexcept {
    return std::tuple(one.key, one.first_moment(), one.answered, one.ended, one.is_end_answered, one.lacks_time);
}
constexpr auto in_order = [](const auto &a, const auto &b) { return order_of(a) < order_of(b); };

} // namespace

void open_pieces::add(const open_pieces &other) {
    transactions.insert(transactions.end(), other.transactions.begin(), other.transactions.end());
    calls.insert(calls.end(), other.calls.begin(), other.calls.end());
}

void open_pieces::sort() {
    for (auto &one : transactions) std::sort(one.codes.begin(), one.codes.begin() + one.code_count);
    std::sort(transactions.begin(), transactions.end(), in_order);
    std::sort(calls.begin(), calls.end(), in_order);
}

amount count_exchanges(const open_pieces &pieces, const time_span &span, tally &to) {
    amount open = 0;
    std::vector<call_piece> calls;
    for (auto at = pieces.transactions.begin(); at != pieces.transactions.end();) {
        auto whole = *at;
        const auto first = at;
        for (++at; at != pieces.transactions.end() && belong_together(whole, *at); ++at) join(whole, *at);
        count_transaction(whole, to, 1);
        if (is_open(whole, span)) ++open;
        // What no piece knew of the call alone.
        const auto of_call = call_of(whole);
        if (of_call.key != 0 && at - first > 1 &&
            std::none_of(first, at, [&](const transaction_piece &one) { return is_same(call_of(one), of_call); }))
            calls.push_back(of_call);
    }
    const auto *all = &pieces.calls;
    if (!calls.empty()) {
        calls.insert(calls.end(), pieces.calls.begin(), pieces.calls.end());
        std::sort(calls.begin(), calls.end(), in_order);
        all = &calls;
    }
    for (auto at = all->begin(); at != all->end();) {
        auto whole = *at;
        for (++at; at != all->end() && belong_together(whole, *at); ++at) join(whole, *at);
        count_call(whole, to, 1);
    }
    return open;
}

transaction_tracker::transaction_tracker(tally &to, std::size_t most_transactions)
    : to_(to), most_(std::max<std::size_t>(most_transactions, 1024)), salt_(std::random_device()()), slot_bits_(12) {
    rebuild_index();
}

std::size_t transaction_tracker::slot_of(std::uint64_t key) const noexcept {
    return static_cast<std::size_t>((key ^ salt_) * 0x9e3779b97f4a7c15u >> (64 - slot_bits_));
}

void transaction_tracker::push(const exchange_event &event) {
    __builtin_prefetch(&index_[slot_of(event.key)]);
    if (ahead_count_ < look_ahead) {
        ahead_[ahead_count_++] = event;
        return;
    }
    auto &oldest = ahead_[ahead_at_];
    ahead_at_ = (ahead_at_ + 1) % look_ahead;
    take(oldest);
    oldest = event;
}

void transaction_tracker::take(const exchange_event &event) {
    auto made = piece_of(event);
    if (made.lacks_time) made.first = span_.is_empty() ? 0 : span_.last; // it comes after what came before
    if (span_.is_empty()) next_sweep_ = made.first + patience;
    span_.add({made.first, made.first});
    if (span_.last >= next_sweep_) sweep(span_.last);
    auto *const known = find(event.key);
    if (!known) {
        insert(made);
        count_transaction(made, to_, 1);
        return note_call(made);
    }
    const auto &earlier = made.first < known->first ? made : *known, &later_one = &earlier == known ? made : *known;
    if (!belong_together(earlier, later_one)) {
        retire(*known, false);
        *known = made;
        count_transaction(made, to_, 1);
        return note_call(made);
    }
    // Most of what comes again changes nothing but the time of the last message.
    const bool is_known = event.code == 0 ? known->has_request() : has_code(*known, event.code);
    if (is_known && made.first >= known->first && !event.lacks_time) {
        const auto now = static_cast<delay>(made.first - known->first);
        const auto &earliest = event.code == 0 ? known->request : event.code == 100 ? known->trying : known->final;
        if (event.code == 0 || event.code == 100 || event.code >= 200 ? now >= earliest : now >= known->provisional) {
            known->last = std::max(known->last, now);
            return;
        }
    }
    const auto call_before = call_of(*known);
    count_transaction(*known, to_, -1);
    to_.fall_short(shortfall::codes, join(*known, made));
    count_transaction(*known, to_, 1);
    if (const auto call = call_of(*known); call.key != 0 && !is_same(call, call_before)) note_call(*known);
}

// Calls are few beside transactions.
void transaction_tracker::note_call(const transaction_piece &piece) {
    const auto made = call_of(piece);
    if (made.key == 0) return;
    auto at = calls_.find(made.key);
    if (at == calls_.end()) {
        // One that is over is only kept for what is retransmitted.
        if (calls_.size() >= most_) {
            std::erase_if(calls_, [this](const auto &one) {
                return one.second.is_complete() && one.second.last_moment() + patience < span_.last &&
                       one.second.first_moment() > span_.first + patience;
            });
            if (calls_.size() >= most_) {
                to_.fall_short(shortfall::dialogs, static_cast<amount>(calls_.size()));
                calls_.clear();
            }
        }
        calls_.emplace(made.key, made);
        return count_call(made, to_, 1);
    }
    auto &known = at->second;
    const bool is_earlier = made.first_moment() < known.first_moment();
    if (!belong_together(is_earlier ? made : known, is_earlier ? known : made)) {
        if (known.first_moment() <= span_.first + patience) edge_.calls.push_back(known);
        known = made;
        return count_call(made, to_, 1);
    }
    count_call(known, to_, -1);
    join(known, made);
    count_call(known, to_, 1);
}

transaction_piece *transaction_tracker::find(std::uint64_t key) {
    const auto mask = index_.size() - 1;
    const auto tag = static_cast<std::uint32_t>(key);
    for (auto at = slot_of(key); index_[at].number != 0; at = (at + 1) & mask)
        if (index_[at].tag == tag && live_[index_[at].number - 1].key == key) return &live_[index_[at].number - 1];
    return nullptr;
}

void transaction_tracker::insert(const transaction_piece &made) {
    if (live_.size() >= most_) give_up_oldest();
    if (2 * (live_.size() + 1) > index_.size()) {
        ++slot_bits_;
        rebuild_index();
    }
    live_.push_back(made);
    const auto mask = index_.size() - 1;
    auto at = slot_of(made.key);
    while (index_[at].number != 0) at = (at + 1) & mask;
    index_[at] = {static_cast<std::uint32_t>(made.key), static_cast<std::uint32_t>(live_.size())};
}

void transaction_tracker::rebuild_index() {
    index_.assign(std::size_t{1} << slot_bits_, {});
    const auto mask = index_.size() - 1;
    for (std::size_t i = 0; i < live_.size(); ++i) {
        auto at = slot_of(live_[i].key);
        while (index_[at].number != 0) at = (at + 1) & mask;
        index_[at] = {static_cast<std::uint32_t>(live_[i].key), static_cast<std::uint32_t>(i + 1)};
    }
}

// It is over, or replaced by another.
void transaction_tracker::retire(transaction_piece &piece, bool is_given_up) {
    if (is_given_up) to_.fall_short(shortfall::transactions);
    if (!is_at_begin(piece, span_)) return;
    if (edge_.transactions.size() < most_pieces)
        edge_.transactions.push_back(piece);
    else
        to_.fall_short(shortfall::open);
}

void transaction_tracker::sweep(moment now) {
    next_sweep_ = now + patience;
    const auto is_over = [now](const transaction_piece &one) { return one.last_moment() + patience_with(one) < now; };
    const auto end = std::remove_if(live_.begin(), live_.end(), [&](transaction_piece &one) {
        if (!is_over(one)) return false;
        retire(one, false);
        return true;
    });
    if (end == live_.end()) return;
    live_.erase(end, live_.end());
    rebuild_index();
}

// The quarter whose last message is the oldest.
void transaction_tracker::give_up_oldest() {
    sweep(span_.last);
    if (live_.size() < most_) return;
    auto quarter = live_.begin() + static_cast<std::ptrdiff_t>(live_.size() / 4);
    std::nth_element(live_.begin(), quarter, live_.end(), [](const transaction_piece &a, const transaction_piece &b) {
        return std::pair(a.last_moment(), a.key) < std::pair(b.last_moment(), b.key);
    });
    std::for_each(live_.begin(), quarter, [this](transaction_piece &one) { retire(one, true); });
    live_.erase(live_.begin(), quarter);
    rebuild_index();
}

void transaction_tracker::finish() {
    for (std::size_t i = 0; i < ahead_count_; ++i) take(ahead_[(ahead_at_ + i) % look_ahead]);
    ahead_count_ = ahead_at_ = 0;
}

amount transaction_tracker::open_transactions() const noexcept {
    const auto is_open_here = [this](const transaction_piece &one) { return is_open(one, span_); };
    return std::count_if(edge_.transactions.begin(), edge_.transactions.end(), is_open_here) +
           std::count_if(live_.begin(), live_.end(), is_open_here);
}

open_pieces transaction_tracker::take_pieces() {
    open_pieces taken;
    std::swap(taken, edge_);
    for (const auto &one : live_)
        if (is_at_edge(one, span_)) taken.transactions.push_back(one);
    for (const auto &[key, one] : calls_)
        if (!one.is_complete() || one.first_moment() <= span_.first + patience ||
            one.last_moment() + patience >= span_.last)
            taken.calls.push_back(one);
    // What lacks a part matters most, and then what is the nearest to an edge.
    const auto keep_most = [this](auto &pieces, auto distance) {
        if (pieces.size() <= most_pieces) return;
        to_.fall_short(shortfall::open, static_cast<amount>(pieces.size() - most_pieces));
        const auto end = pieces.begin() + most_pieces;
        std::nth_element(pieces.begin(), end, pieces.end(), [&](const auto &a, const auto &b) {
            return std::tuple(a.is_complete(), distance(a), a.key) < std::tuple(b.is_complete(), distance(b), b.key);
        });
        pieces.erase(end, pieces.end());
    };
    keep_most(taken.transactions, [this](const transaction_piece &one) {
        return std::min(span_.last - one.last_moment(), one.first - span_.first);
    });
    keep_most(taken.calls, [this](const call_piece &one) {
        return std::min(span_.last - one.last_moment(), one.first_moment() - span_.first);
    });
    taken.sort();
    live_.clear();
    calls_.clear();
    return taken;
}

} // namespace sipstatus::tool
