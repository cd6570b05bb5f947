#include "input/byte_order.hpp"
#include "net/layer.hpp"

#include <algorithm>

namespace sipstatus::tool {

// RFC 791.
step read_ipv4(dissection &packet) {
    auto octets = packet.octets;
    if (octets.size() < 20 || octet_at(octets, 0) >> 4 != 4) return step::malformed(layer::ipv4);
    const std::size_t header = (octet_at(octets, 0) & 0x0fu) * 4u;
    const std::size_t total = big_16(octets, 2);
    const unsigned fragment = big_16(octets, 6);
    if (header < 20 || octets.size() < header) return step::malformed(layer::ipv4);
    // A total length of 0: the packet was captured before the card filled it in.
    if (total != 0 && total < header) return step::malformed(layer::ipv4);

    auto &source = packet.result.source, &destination = packet.result.destination;
    source = destination = {};
    std::copy_n(octets.begin() + 12, 4, source.address.begin());
    std::copy_n(octets.begin() + 16, 4, destination.address.begin());
    const auto protocol = octet_at(octets, 9);
    // What follows the packet is padding of the link.
    if (total != 0) octets = octets.substr(0, total);
    packet.octets = octets.substr(header);
    if ((fragment & 0x1fff) != 0) return step::leave_out(later_fragment);
    packet.is_fragment = (fragment & 0x2000) != 0;
    return step_to_ip_protocol(protocol);
}

} // namespace sipstatus::tool
