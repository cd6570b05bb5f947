#include "net/sctp_reassembler.hpp"

#include "input/byte_order.hpp"

#include <algorithm>
#include <utility>

namespace sipstatus::tool {

namespace {

constexpr unread_kind interleaved{"sctp-i-data", "SCTP chunk", "of type I-DATA", unread_unit::part};
constexpr unread_kind lost_chunk{"sctp-fragment", "SCTP DATA chunk", "of a message whose other chunks are not there",
                                 unread_unit::part};
constexpr unread_kind malformed_chunk{"sctp-chunk", "SCTP chunk", "with a malformed header", unread_unit::part};

enum chunk_type : std::uint8_t { data_chunk = 0, i_data_chunk = 64 };
constexpr std::size_t chunk_header = 4, data_header = 16;
constexpr unsigned begin_flag = 2, end_flag = 1;
constexpr std::size_t chunk_overhead = 512; // what a held chunk costs beside its octets
constexpr std::size_t most_known = 256;     // numbers of chunks that are remembered
constexpr std::size_t most_chunks = 256;    // of one association, that wait

bool is_before(std::uint32_t a, std::uint32_t b) noexcept {
    return static_cast<std::int32_t>(a - b) < 0;
}

} // namespace

void sctp_reassembler::push(const segment &item) {
    if (item.carriage != carriage::sctp_chunks) return next_.push(item);
    auto &of = association_of(item);
    auto octets = item.octets;
    while (octets.size() >= chunk_header) {
        const auto type = octet_at(octets, 0);
        const std::size_t length = big_16(octets, 2);
        if (length < (type == data_chunk ? data_header : chunk_header)) {
            left_out_.leave_out(malformed_chunk, 0, item.frames.last, account::suspicion::unknown);
            return;
        }
        const auto chunk = octets.substr(0, length);
        if (type == data_chunk && chunk.size() >= data_header) {
            auto carrier = item;
            if (chunk.size() == length) carrier.truncation = truncation::none;
            push_chunk(of, carrier, octet_at(chunk, 1), chunk);
        } else if (type == i_data_chunk) {
            left_out_.leave_out(interleaved, 0, item.frames.last, account::suspicion::unknown);
        }
        octets.remove_prefix(std::min((length + 3) & ~std::size_t{3}, octets.size()));
    }
}

void sctp_reassembler::push_chunk(association &to, const segment &item, unsigned flags, std::string_view data) {
    const auto number = big_32(data, 4);
    if (std::find(to.whole.begin(), to.whole.end(), number) != to.whole.end()) return;
    const auto place = std::find_if(to.held.begin(), to.held.end(),
                                    [number](const fragment &one) { return !is_before(one.number, number); });
    if (place != to.held.end() && place->number == number) return;
    const bool begins = (flags & begin_flag) != 0, ends = (flags & end_flag) != 0;
    octets_held_ += data.size() + chunk_overhead;
    to.held.insert(place, {number, begins, ends, std::string(data.substr(data_header)), item});
    hand_on_whole(to);
    if (to.held.size() > most_chunks) give_up(to);
    while (octets_held_ > most_octets)
        give_up(*std::find_if(associations_.begin(), associations_.end(),
                              [](const association &one) { return !one.held.empty(); }));
}

// Every run of chunks from one that begins a message to one that ends it, without a gap in the numbers.
void sctp_reassembler::hand_on_whole(association &of) {
    auto &held = of.held;
    for (auto first = held.begin(); first != held.end();) {
        auto last = first;
        while (!last->ends && std::next(last) != held.end() && std::next(last)->number == last->number + 1) ++last;
        if (!first->begins || !last->ends) {
            first = std::next(last);
            continue;
        }
        std::string octets;
        auto made = last->from;
        made.frames = first->from.frames;
        made.time = first->from.time;
        for (auto one = first; one != std::next(last); ++one) {
            octets += one->octets;
            made.frames.first = std::min(made.frames.first, one->from.frames.first);
            if (one->from.frames.last > made.frames.last) {
                made.frames.last = one->from.frames.last;
                made.time = one->from.time;
            }
            octets_held_ -= one->octets.size() + data_header + chunk_overhead;
            if (of.whole.size() < most_known) of.whole.push_back(0);
            of.whole[of.next_whole++ % most_known] = one->number;
        }
        first = held.erase(first, std::next(last));
        made.carriage = carriage::datagram;
        made.octets = octets;
        next_.push(made);
    }
}

// The start of a message is read as far as it goes; chunks without their start are left out.
void sctp_reassembler::give_up(association &which) {
    for (auto one = which.held.begin(); one != which.held.end();) {
        octets_held_ -= one->octets.size() + data_header + chunk_overhead;
        if (!one->begins) {
            left_out_.leave_out(lost_chunk, 0, one->from.frames.last, account::suspicion::none);
            ++one;
            continue;
        }
        auto made = one->from;
        std::string octets;
        std::swap(octets, one->octets);
        made.truncation = truncation::gap;
        for (auto number = one->number; ++one != which.held.end() && one->number == ++number;) {
            octets_held_ -= one->octets.size() + data_header + chunk_overhead;
            octets += one->octets;
        }
        made.carriage = carriage::datagram;
        made.octets = octets;
        next_.push(made);
    }
    which.held.clear();
}

sctp_reassembler::association &sctp_reassembler::association_of(const segment &item) {
    const auto place = std::find_if(associations_.rbegin(), associations_.rend(), [&](const association &one) {
        return one.source == item.source && one.destination == item.destination;
    });
    if (place != associations_.rend()) {
        associations_.splice(associations_.end(), associations_, std::prev(place.base()));
    } else {
        if (associations_.size() >= most_associations) {
            give_up(associations_.front());
            associations_.pop_front();
        }
        associations_.push_back({item.source, item.destination, {}});
    }
    return associations_.back();
}

void sctp_reassembler::finish() {
    for (auto &one : associations_) give_up(one);
    associations_.clear();
    next_.finish();
}

} // namespace sipstatus::tool
