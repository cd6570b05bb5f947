#include "net/packet_decoder.hpp"

#include "net/layer.hpp"
#include "start_line.hpp"

namespace sipstatus::tool {

namespace {

constexpr unread_kind unread_link_type{"link-type", "frame", "of link type {}"};
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
    const auto link = layer_of_link_type(item.link_type);
    if (!link) return left_out_.leave_out(unread_link_type, item.link_type, item.frame, account::suspicion::unknown);
    dissection packet{item, item.octets};
    auto &result = packet.result;
    result.frames = {item.frame, item.frame};
    result.time = item.time;
    for (auto next = step::to(*link);;) {
        if (result.layers.is_full()) return left_out_.leave_out(too_deep, 0, item.frame, account::suspicion::unknown);
        result.layers.push(next.next);
        next = readers[static_cast<std::size_t>(next.next)](packet);
        switch (next.what) {
        case step::kind::next: break;
        case step::kind::hand_on: result.octets = packet.octets; return next_.push(result);
        case step::kind::leave_out:
            return left_out_.leave_out(*next.why, next.number, item.frame, suspicion_of(packet));
        }
    }
}

} // namespace sipstatus::tool
