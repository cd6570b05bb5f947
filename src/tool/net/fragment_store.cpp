#include "net/fragment_store.hpp"

#include "start_line.hpp"

#include <algorithm>

namespace sipstatus::tool {

namespace {

constexpr std::size_t longest_packet_of_ip = 65'535;
constexpr std::size_t most_fragments = 2048; // of one packet
// What a fragment costs beside its octets.
constexpr std::size_t fragment_overhead = sizeof(fragment_store::kept_fragment) + 32;

// Whether a datagram begins here with the status line and the whole header of a response: its body is not needed.
bool holds_header_of_response(std::uint8_t protocol, std::string_view octets) {
    constexpr std::uint8_t udp = 17;
    constexpr std::size_t udp_header = 8;
    return protocol == udp && octets.size() > udp_header && claims_to_be_response(octets.substr(udp_header)) &&
           octets.find("\r\n\r\n", udp_header + 4) != octets.npos;
}

std::string key_of(const ip_fragment &piece, const segment &result) {
    std::string key;
    for (const auto &end : {result.source, result.destination})
        key.append(reinterpret_cast<const char *>(end.address.data()), end.ipv6 ? 16 : 4);
    for (int shift = 0; shift < 32; shift += 8) key += static_cast<char>(piece.identification >> shift & 0xff);
    // RFC 791 tells packets apart by their protocol, too. In IPv6 only the first fragment need have it.
    if (!result.source.ipv6) key += static_cast<char>(piece.protocol);
    return key;
}

} // namespace

std::optional<std::uint8_t> fragment_store::add(const ip_fragment &piece, dissection &from) {
    const auto promised = from.octets.size() + from.missing;
    if (piece.offset + promised > longest_packet_of_ip) {
        from.octets = {}; // too short for any header: malformed
        return piece.protocol;
    }
    const auto which = place_for(piece, from);
    auto &whole = *which;
    whole.result.frames.last = from.from.frame;
    whole.result.time = from.from.time;
    if (piece.offset == 0) whole.protocol = piece.protocol;
    if (!piece.more_follow && !whole.size) whole.size = piece.offset + promised;
    keep(whole, piece.offset, promised, from);

    const bool may_be_whole = whole.size && whole.octets_promised >= std::max(*whole.size, whole.octets_wanted);
    if (may_be_whole || (piece.offset == 0 && !whole.is_handed_on)) {
        const auto octets = assembled(whole);
        const auto missing = whole.size ? count_missing(*whole.size) : 1;
        // Each octet that comes can fill one gap at most, so this is worth trying again when as many have come.
        whole.octets_wanted = whole.octets_promised + missing;
        if (missing == 0 || (!whole.is_handed_on && holds_header_of_response(whole.protocol, octets))) {
            const bool is_new = !whole.is_handed_on;
            const auto protocol = whole.protocol;
            from.octets = octets;
            from.result.frames = whole.result.frames;
            from.result.has_conflict = from.result.has_conflict || has_conflict_;
            from.missing = missing == 0 ? *whole.size - octets.size() : 0;
            from.is_fragment = missing != 0;
            whole.is_handed_on = true;
            if (missing == 0) forget(which);
            return is_new ? std::optional(protocol) : std::nullopt;
        }
    }
    if (whole.fragments.size() >= most_fragments) give_up(which);
    while (octets_kept_ > most_octets || packets_.size() > most_packets) give_up(packets_.begin());
    return std::nullopt;
}

void fragment_store::keep(kept_packet &whole, std::size_t offset, std::size_t promised, const dissection &from) {
    for (auto &one : whole.fragments) {
        if (one.offset != offset || one.promised != promised || one.octets != from.octets) continue;
        ++one.times;
        return;
    }
    // Of a packet that was handed on, the places are enough.
    const auto octets = whole.is_handed_on ? std::string_view() : from.octets;
    whole.fragments.push_back({offset, promised, std::string(octets), from.from.frame, 1});
    whole.octets_promised += promised;
    whole.octets_kept += octets.size() + fragment_overhead;
    octets_kept_ += octets.size() + fragment_overhead;
}

fragment_store::places::iterator fragment_store::place_for(const ip_fragment &piece, const dissection &from) {
    auto key = key_of(piece, from.result);
    if (const auto at = by_key_.find(key); at != by_key_.end()) {
        const auto &first = at->second->from.time, &now = from.from.time;
        const bool is_old = first && now && now->seconds - first->seconds > most_seconds;
        if (!is_old) return at->second;
        give_up(at->second);
    }
    packets_.emplace_back();
    auto &made = packets_.back();
    made.key = std::move(key);
    made.protocol = piece.protocol;
    made.from = from.from;
    made.from.octets = {};
    made.result = from.result;
    octets_kept_ += made.octets_kept = sizeof(kept_packet) + 2 * made.key.size() + fragment_overhead;
    return by_key_.emplace(made.key, std::prev(packets_.end())).first->second;
}

void fragment_store::forget(places::iterator which) {
    octets_kept_ -= which->octets_kept;
    by_key_.erase(which->key);
    packets_.erase(which);
}

void fragment_store::give_up(places::iterator which) {
    octets_kept_ -= which->octets_kept;
    by_key_.erase(which->key);
    lost_.splice(lost_.end(), packets_, which);
}

void fragment_store::give_up_all() {
    while (!packets_.empty()) give_up(packets_.begin());
}

std::optional<fragment_store::kept_packet> fragment_store::take_lost() {
    if (lost_.empty()) return std::nullopt;
    auto one = std::move(lost_.front());
    lost_.pop_front();
    return one;
}

std::string_view fragment_store::assembled(const kept_packet &whole) {
    std::size_t end = 0;
    for (const auto &one : whole.fragments) end = std::max(end, one.offset + one.promised);
    assembled_.assign(end, '\0');
    is_there_.assign(end, false);
    has_conflict_ = false;
    auto first_cut = end;
    for (const auto &one : whole.fragments) {
        if (one.octets.size() < one.promised) first_cut = std::min(first_cut, one.offset + one.octets.size());
        for (std::size_t i = 0; i < one.promised; ++i) {
            const auto at = one.offset + i;
            if (i < one.octets.size()) {
                if (!is_there_[at])
                    assembled_[at] = one.octets[i];
                else
                    has_conflict_ = has_conflict_ || assembled_[at] != one.octets[i];
            }
            is_there_[at] = true;
        }
    }
    const auto hole = std::find(is_there_.begin(), is_there_.end(), false) - is_there_.begin();
    return std::string_view(assembled_).substr(0, std::min(static_cast<std::size_t>(hole), first_cut));
}

std::size_t fragment_store::count_missing(std::size_t size) const {
    const auto there = is_there_.begin() + static_cast<std::ptrdiff_t>(std::min(size, is_there_.size()));
    const auto covered = std::count(is_there_.begin(), there, true);
    return size - static_cast<std::size_t>(covered);
}

} // namespace sipstatus::tool
