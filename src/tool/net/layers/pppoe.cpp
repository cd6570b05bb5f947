#include "input/byte_order.hpp"
#include "net/layer.hpp"

namespace sipstatus::tool {

// RFC 2516 section 4: version and type, code, session, length. Code 0 is a session's packet; others set sessions up.
step read_pppoe(dissection &packet) {
    static constexpr unread_kind not_session{"pppoe-discovery", "frame", "of PPPoE discovery"};
    constexpr std::size_t header = 6;
    if (packet.octets.size() < header || octet_at(packet.octets, 0) != 0x11) return step::malformed(layer::pppoe);
    if (octet_at(packet.octets, 1) != 0) return step::leave_out(not_session);
    const std::size_t length = big_16(packet.octets, 4);
    packet.octets = packet.octets.substr(header, length);
    return step::to(layer::ppp);
}

} // namespace sipstatus::tool
