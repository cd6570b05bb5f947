#include "input/byte_order.hpp"
#include "net/fragment_store.hpp"
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
    packet.missing = total > octets.size() ? total - octets.size() : 0;
    // What follows the packet is padding of the link.
    if (total != 0) octets = octets.substr(0, total);
    packet.octets = octets.substr(header);
    packet.is_fragment = false;
    constexpr unsigned more_fragments = 0x2000, offset_bits = 0x1fff;
    if ((fragment & (more_fragments | offset_bits)) == 0) return step_to_ip_protocol(protocol);
    const ip_fragment piece{big_16(octets, 4), protocol, (fragment & offset_bits) * 8,
                            (fragment & more_fragments) != 0};
    const auto carried = packet.fragments.add(piece, packet);
    return carried ? step_to_ip_protocol(*carried) : step::hold();
}

} // namespace sipstatus::tool
