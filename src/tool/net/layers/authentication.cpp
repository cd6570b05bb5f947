#include "input/byte_order.hpp"
#include "net/layer.hpp"

namespace sipstatus::tool {

// RFC 4302 section 2, after IPv4: the next protocol, and the length of this header in words of four octets, less two.
step read_authentication(dissection &packet) {
    const auto octets = packet.octets;
    if (octets.size() < 12) return step::malformed(layer::authentication);
    const auto next = octet_at(octets, 0);
    const std::size_t header = (octet_at(octets, 1) + 2u) * 4u;
    if (octets.size() < header) return step::malformed(layer::authentication);
    packet.octets.remove_prefix(header);
    return step_to_ip_protocol(next);
}

} // namespace sipstatus::tool
