#include "net/packet_decoder.hpp"

#include "net/layer.hpp"
#include "start_line.hpp"

namespace sipstatus::tool {

namespace {

constexpr unread_kind lost_fragment{"lost-fragment", "IP fragment", "after one that is not in the capture"};
constexpr unread_kind too_deep{"too-deep", "packet", "with too many layers"};

using reader = step(dissection &);
constexpr reader *readers[] = {
#define SIPSTATUS_LAYER(name, title) read_##name,
#include "net/layers.def"
};

account::suspicion suspicion_of(const dissection &packet) {
    const bool looks = begins_like_sip(packet.octets) || find_status_line(packet.octets);
    return looks ? account::suspicion::looks_like_sip : account::suspicion::none;
}

} // namespace

void packet_decoder::push(const packet &item) {
    dissection packet{item, fragments_, item.octets};
    packet.result.frames = {item.frame, item.frame};
    packet.result.time = item.time;
    const auto link = layer_of_link_type(item.link_type);
    read_on(packet, link ? step::to(*link) : unread_link_type(item.link_type));
    if (fragments_.has_lost()) hand_on_lost();
}

void packet_decoder::finish() {
    fragments_.give_up_all();
    hand_on_lost();
    next_.finish();
}

void packet_decoder::read_on(dissection &packet, step next) {
    auto &result = packet.result;
    const auto leave_out = [&](const unread_kind &why, std::uint32_t number, account::suspicion what) {
        left_out_.leave_out(why, number, packet.from.frame, what);
    };
    for (;;) {
        switch (next.what) {
        case step::kind::next:
            if (result.layers.is_full()) return leave_out(too_deep, 0, account::suspicion::unknown);
            result.layers.push(next.next);
            next = readers[static_cast<std::size_t>(next.next)](packet);
            break;
        case step::kind::hand_on: result.octets = packet.octets; return next_.push(result);
        case step::kind::hold: return;
        case step::kind::leave_out:
            // Of a link that is not read nobody can tell what it carries.
            return leave_out(*next.why, next.number,
                             result.layers.is_empty() ? account::suspicion::unknown : suspicion_of(packet));
        }
    }
}

// What there is of the start of a packet is read as far as it goes; fragments after a gap are left out.
void packet_decoder::hand_on_lost() {
    while (const auto lost = fragments_.take_lost()) {
        const auto octets = fragments_.assembled(*lost);
        if (lost->is_handed_on) continue;
        for (const auto &one : lost->fragments) {
            if (one.offset < octets.size()) continue;
            const auto what =
                find_status_line(one.octets) ? account::suspicion::looks_like_sip : account::suspicion::none;
            left_out_.leave_out(lost_fragment, 0, one.frame, what, one.times);
        }
        if (octets.empty()) continue;
        dissection packet{lost->from, fragments_, octets};
        packet.result = lost->result;
        packet.is_fragment = true;
        read_on(packet, packet.result.source.ipv6 ? step_after_ipv6(packet, lost->protocol)
                                                  : step_to_ip_protocol(lost->protocol));
    }
}

} // namespace sipstatus::tool
