#include "input/byte_order.hpp"
#include "net/layer.hpp"

namespace sipstatus::tool {

// RFC 3032 section 2.1: labels of four octets; the last one has the bottom bit. Nothing names what follows. IP shows by
// its version. A pseudowire may have a control word, which begins with 0 (RFC 4385 section 3), before its Ethernet
// frame.
step read_mpls(dissection &packet) {
    constexpr std::size_t label = 4, control_word = 4;
    for (bool bottom = false; !bottom;) {
        if (packet.octets.size() < label) return step::malformed(layer::mpls);
        bottom = (octet_at(packet.octets, 2) & 1) != 0;
        packet.octets.remove_prefix(label);
    }
    if (packet.octets.size() > control_word && octet_at(packet.octets, 0) >> 4 == 0) {
        packet.octets.remove_prefix(control_word);
        return step::to(layer::ethernet);
    }
    return step_to_ip(packet.octets, step::to(layer::ethernet));
}

} // namespace sipstatus::tool
