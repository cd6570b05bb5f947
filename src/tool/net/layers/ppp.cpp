#include "input/byte_order.hpp"
#include "net/layer.hpp"

namespace sipstatus::tool {

// RFC 1661 section 2 and RFC 1662 section 3: an address and a control octet, unless they were left out, and a protocol
// of two octets, or of one that is odd.
step read_ppp(dissection &packet) {
    auto octets = packet.octets;
    if (octets.size() >= 2 && octet_at(octets, 0) == 0xff && octet_at(octets, 1) == 0x03) octets.remove_prefix(2);
    if (octets.empty()) return step::malformed(layer::ppp);
    const bool is_short = (octet_at(octets, 0) & 1) != 0;
    if (!is_short && octets.size() < 2) return step::malformed(layer::ppp);
    const std::uint16_t protocol = is_short ? octet_at(octets, 0) : big_16(octets, 0);
    packet.octets = octets.substr(is_short ? 1 : 2);
    return step_to_ppp_protocol(protocol);
}

} // namespace sipstatus::tool
