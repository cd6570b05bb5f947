#include "sip/message_framer.hpp"

#include "start_line.hpp"

namespace sipstatus::tool {

namespace {

constexpr unread_kind tcp_segment{"tcp", "TCP segment", ""};
// After more octets than these, a status line belongs to another protocol.
constexpr std::size_t most_octets_before = 32;
constexpr unread_kind wrapped{"wrapped", "datagram", "with a status line inside another protocol"};

} // namespace

void message_framer::push(const segment &item) {
    switch (item.transport) {
    case transport::none:
    case transport::udp:
    case transport::sctp:
    case transport::ws: return push_datagram(item);
    case transport::tcp: return push_stream(item);
    }
}

// A datagram holds one message. It claims to be a response if it begins like one, or if a status line stands after a
// few octets that do not belong there.
void message_framer::push_datagram(const segment &item) {
    std::size_t octets_before = 0;
    if (!claims_to_be_response(item.octets)) {
        if (begins_like_request(item.octets)) return;
        const auto at = find_status_line(item.octets);
        if (!at) return;
        if (*at > most_octets_before)
            return left_out_.leave_out(wrapped, 0, item.frames.last, account::suspicion::looks_like_sip);
        octets_before = *at;
    }
    next_.push({file_, item.frames, item.time, item.transport, item.source, item.destination, item.octets,
                item.truncation, octets_before, item.layers});
}

void message_framer::push_stream(const segment &item) {
    const bool on_sip_port = is_sip_port(item.source.port) || is_sip_port(item.destination.port);
    const bool looks =
        begins_like_sip(item.octets) || find_status_line(item.octets) || (on_sip_port && !item.octets.empty());
    left_out_.leave_out(tcp_segment, 0, item.frames.last,
                        looks ? account::suspicion::looks_like_sip : account::suspicion::none);
}

} // namespace sipstatus::tool
