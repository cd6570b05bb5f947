#include "net/tcp_reassembler.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace sipstatus::tool {

namespace {

// A stream waits for octets that are missing until as much as this has come after them.
constexpr std::size_t most_parts = 256;
constexpr std::size_t most_octets_of_one = std::size_t{1} << 20;
constexpr std::int64_t most_seconds = 3;
// What is kept of all streams to compare a repetition with.
constexpr std::size_t most_kept = std::size_t{1} << 20;
// What a held part costs beside its octets.
constexpr std::size_t overhead = 512;
// A sequence number farther away than this belongs to another connection between the same ports.
constexpr std::int32_t farthest = 1 << 24;

// How far `a` is after `b`; negative where it is before. Sequence numbers wrap.
std::int32_t distance(std::uint32_t a, std::uint32_t b) noexcept {
    return static_cast<std::int32_t>(a - b);
}

std::uint32_t size_32(std::string_view octets) noexcept {
    return static_cast<std::uint32_t>(octets.size());
}

} // namespace

std::size_t tcp_reassembler::hash::operator()(const flow_key &key) const noexcept {
    constexpr std::uint64_t multiplier = 0x9e3779b97f4a7c15u;
    std::uint64_t value = std::uint64_t{key.source.port} << 16 | key.destination.port;
    for (const auto *end : {&key.source, &key.destination}) {
        for (const std::size_t at : {0u, 8u}) {
            std::uint64_t half = 0;
            std::memcpy(&half, end->address.data() + at, sizeof half);
            value = (value ^ half) * multiplier;
            value ^= value >> 29;
        }
    }
    return static_cast<std::size_t>(value);
}

void tcp_reassembler::push(const segment &item) {
    if (item.carriage != carriage::tcp_segment) return next_.push(item);
    auto &of = flow_of(item);
    const auto &header = item.tcp;
    auto sequence = header.sequence;
    if (header.syn) {
        ++sequence;
        if (!of.from_start || of.start != sequence) begin(of, sequence);
    }
    if (header.ack) {
        of.has_acknowledged = true;
        of.acknowledged = header.acknowledgement;
    }
    const auto length = size_32(item.octets) + static_cast<std::uint32_t>(header.missing);
    if (length != 0) {
        if (of.state != state::unknown && std::abs(distance(sequence, of.next)) > farthest) {
            end(of);
            of.state = state::unknown;
        }
        // After the end only what was there before may come.
        const bool is_new = of.state == state::over && distance(sequence + length, of.next) > 0;
        if (of.state == state::unknown || is_new) join(of, item);
        if (of.state == state::joined) add(of, item, sequence);
    }
    if (header.fin) {
        of.has_fin = true;
        of.fin = sequence + length;
    }
    if (header.rst || (of.has_fin && of.state == state::joined && distance(of.fin, of.next) <= 0)) end(of);
    while (octets_held_ > limits_.most_octets) {
        const auto oldest =
            std::find_if(flows_.begin(), flows_.end(), [](const flow &one) { return !one.held.empty(); });
        while (!oldest->held.empty()) pass_gap(*oldest);
    }
}

void tcp_reassembler::finish() {
    // In the order in which the streams began.
    flows_.sort([](const flow &a, const flow &b) { return a.id < b.id; });
    for (auto &one : flows_) end(one);
    flows_.clear();
    by_key_.clear();
    next_.finish();
}

tcp_reassembler::flow *tcp_reassembler::find(const flow_key &key) {
    const auto at = by_key_.find(key);
    return at == by_key_.end() ? nullptr : &*at->second;
}

tcp_reassembler::flow &tcp_reassembler::flow_of(const segment &item) {
    flow_key key{item.source, item.destination};
    if (const auto at = by_key_.find(key); at != by_key_.end()) {
        flows_.splice(flows_.end(), flows_, at->second);
        return *at->second;
    }
    if (flows_.size() >= limits_.most_flows) {
        end(flows_.front());
        forget(flows_.front());
    }
    auto &made = flows_.emplace_back();
    made.key = key;
    made.id = ++streams_;
    by_key_.emplace(key, std::prev(flows_.end()));
    return made;
}

// A new connection between these ports.
void tcp_reassembler::begin(flow &of, std::uint32_t sequence) {
    end(of);
    of.state = state::joined;
    of.from_start = true;
    of.next = of.start = sequence;
    of.recent = {};
}

// The capture began in the middle. What the other end acknowledged last was the octet before the next one.
void tcp_reassembler::join(flow &of, const segment &item) {
    if (of.state == state::over && distance(item.tcp.sequence, of.next) < 0) {
        of.state = state::joined; // a part of it was there before
        return;
    }
    of.state = state::joined;
    of.next = item.tcp.sequence;
    of.recent = {};
    const auto *const other = find({item.destination, item.source});
    if (!other || !other->has_acknowledged) return;
    const auto ahead = distance(item.tcp.sequence, other->acknowledged);
    constexpr std::int32_t a_window = 1 << 16;
    if (ahead > 0 && ahead < a_window) of.next = other->acknowledged;
}

void tcp_reassembler::add(flow &to, const segment &item, std::uint32_t sequence) {
    auto octets = item.octets;
    if (const auto before = distance(to.next, sequence); before > 0) {
        // Octets that were there before.
        const auto repeated = std::min(static_cast<std::size_t>(before), octets.size());
        if (differs_from_recent(to, sequence, octets.substr(0, repeated))) has_conflict_ = true;
        if (static_cast<std::size_t>(before) >= octets.size() + item.tcp.missing) return;
        octets.remove_prefix(repeated);
        sequence = to.next;
    }
    if (sequence == to.next && to.held.empty()) return hand_on(to, item, octets, item.tcp.missing);
    hold(to, item, sequence, octets);
    hand_on_held(to);
    while (!to.held.empty() && waits_too_long(to, item)) pass_gap(to);
}

bool tcp_reassembler::waits_too_long(const flow &of, const segment &now) const {
    const auto &since = of.held.front().from.time;
    return of.held.size() > most_parts || of.octets_held > most_octets_of_one ||
           (since && now.time && now.time->seconds - since->seconds > most_seconds);
}

bool tcp_reassembler::differs_from_recent(const flow &of, std::uint32_t sequence, std::string_view octets) const {
    for (const auto &part : of.recent) {
        if (part.size == 0 || kept_count_ - part.position > kept_.size()) continue;
        const auto kept = std::string_view(kept_).substr(part.position % kept_.size(), part.size);
        // Where the one begins in the other.
        const auto ahead = distance(sequence, part.sequence);
        if (ahead >= static_cast<std::int32_t>(kept.size()) || ahead <= -static_cast<std::int32_t>(octets.size()))
            continue;
        const auto theirs = kept.substr(static_cast<std::size_t>(std::max(ahead, 0)));
        const auto ours = octets.substr(static_cast<std::size_t>(std::max(-ahead, 0)));
        const auto common = std::min(theirs.size(), ours.size());
        if (theirs.substr(0, common) != ours.substr(0, common)) return true;
    }
    return false;
}

// Just before `next` grows by them.
void tcp_reassembler::remember(flow &of, std::string_view octets) {
    if (kept_.empty()) kept_.resize(most_kept);
    octets = octets.substr(0, most_kept / 4);
    // A part does not go over the end of the buffer.
    const auto place = kept_count_ % kept_.size();
    if (kept_.size() - place < octets.size()) kept_count_ += kept_.size() - place;
    std::memcpy(kept_.data() + kept_count_ % kept_.size(), octets.data(), octets.size());
    of.last_recent = (of.last_recent + 1) % of.recent.size();
    of.recent[of.last_recent] = {of.next, size_32(octets), kept_count_};
    kept_count_ += octets.size();
}

// Keeps of the octets what is not held already.
void tcp_reassembler::hold(flow &to, const segment &item, std::uint32_t sequence, std::string_view octets) {
    auto missing = item.tcp.missing;
    const auto keep = [&](std::size_t at, std::string_view part, std::uint64_t missing_after) {
        if (part.empty() && missing_after == 0) return;
        auto &made = *to.held.insert(to.held.begin() + static_cast<std::ptrdiff_t>(at),
                                     {sequence, std::string(part), missing_after, item});
        made.from.octets = {};
        to.octets_held += part.size() + overhead;
        octets_held_ += part.size() + overhead;
    };
    std::size_t at = 0;
    for (; at < to.held.size(); ++at) {
        const auto &there = to.held[at];
        const auto there_end = there.sequence + size_32(there.octets);
        if (distance(there_end, sequence) <= 0) continue;
        const auto before = distance(there.sequence, sequence);
        if (before > 0) {
            const auto part = octets.substr(0, static_cast<std::size_t>(before));
            const bool ends_before = octets.size() <= static_cast<std::size_t>(before);
            keep(at, part, 0);
            if (ends_before) return;
            octets.remove_prefix(part.size());
            sequence += size_32(part);
            continue; // the same one, which moved by one place
        }
        const auto skipped = static_cast<std::size_t>(-before);
        const auto common = std::min(there.octets.size() - skipped, octets.size());
        if (std::string_view(there.octets).substr(skipped, common) != octets.substr(0, common)) has_conflict_ = true;
        octets.remove_prefix(common);
        sequence += static_cast<std::uint32_t>(common);
        if (octets.empty()) return;
    }
    keep(at, octets, missing);
}

void tcp_reassembler::hand_on(flow &of, const segment &item, std::string_view octets, std::uint64_t missing) {
    auto made = item;
    made.carriage = carriage::stream;
    made.stream = {of.id, of.from_start, std::exchange(of.gap, 0), false};
    made.octets = octets;
    made.has_conflict = made.has_conflict || std::exchange(has_conflict_, false);
    if (!octets.empty()) remember(of, octets);
    of.next += size_32(octets) + static_cast<std::uint32_t>(missing);
    of.gap = missing;
    if (!octets.empty()) next_.push(made);
}

// Hands on what is held and has nothing missing before it.
void tcp_reassembler::hand_on_held(flow &of) {
    std::size_t taken = 0;
    while (taken < of.held.size() && of.held[taken].sequence == of.next) {
        const auto part = std::move(of.held[taken++]);
        of.octets_held -= part.octets.size() + overhead;
        octets_held_ -= part.octets.size() + overhead;
        hand_on(of, part.from, part.octets, part.missing);
    }
    of.held.erase(of.held.begin(), of.held.begin() + static_cast<std::ptrdiff_t>(taken));
}

// The octets before the first held part will not come.
void tcp_reassembler::pass_gap(flow &of) {
    const auto first = of.held.front().sequence;
    of.gap += static_cast<std::uint64_t>(std::max(distance(first, of.next), 0));
    of.next = first;
    of.recent = {};
    hand_on_held(of);
}

// Nothing of the stream follows: what is held is all there is. Where it stopped stays known, so that a repetition of
// its last octets is not taken for a new stream.
void tcp_reassembler::end(flow &of) {
    while (!of.held.empty()) pass_gap(of);
    if (of.state != state::joined) return;
    segment last;
    last.carriage = carriage::stream;
    last.stream = {of.id, of.from_start, std::exchange(of.gap, 0), true};
    next_.push(last);
    of.state = state::over;
    of.from_start = of.has_fin = false;
    of.id = ++streams_;
}

void tcp_reassembler::forget(flow &which) {
    const auto at = by_key_.find(which.key);
    const auto place = at->second;
    by_key_.erase(at);
    flows_.erase(place);
}

} // namespace sipstatus::tool
