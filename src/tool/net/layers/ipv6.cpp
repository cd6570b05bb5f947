#include "input/byte_order.hpp"
#include "net/fragment_store.hpp"
#include "net/layer.hpp"

#include <algorithm>

namespace sipstatus::tool {

namespace {

// Next Header values of extension headers (IANA's registry of IPv6 extension header types).
enum extension : std::uint8_t {
    hop_by_hop = 0,
    routing = 43,
    fragment_header = 44,
    authentication = 51,
    destination_options = 60,
    mobility = 135,
    host_identity = 139,
    shim6 = 140
};

} // namespace

// RFC 8200, with the extension headers before the payload.
step read_ipv6(dissection &packet) {
    auto octets = packet.octets;
    if (octets.size() < 40 || octet_at(octets, 0) >> 4 != 6) return step::malformed(layer::ipv6);
    const std::size_t length = big_16(octets, 4);
    auto next = octet_at(octets, 6);
    auto &source = packet.result.source, &destination = packet.result.destination;
    source = destination = {};
    source.ipv6 = destination.ipv6 = true;
    std::copy_n(octets.begin() + 8, 16, source.address.begin());
    std::copy_n(octets.begin() + 24, 16, destination.address.begin());
    octets.remove_prefix(40);
    packet.missing = length > octets.size() ? length - octets.size() : 0;
    if (length != 0) octets = octets.substr(0, length); // 0: a jumbogram, RFC 2675 section 2
    packet.octets = octets;
    packet.is_fragment = false;
    return step_after_ipv6(packet, next);
}

step step_after_ipv6(dissection &packet, std::uint8_t next_header) {
    for (auto next = next_header;;) {
        const auto octets = packet.octets;
        std::size_t header = 8;
        switch (next) {
        case hop_by_hop:
        case routing:
        case destination_options:
        case mobility:
        case host_identity:
        case shim6:
            if (octets.size() >= 2) header = (octet_at(octets, 1) + 1u) * 8u;
            break;
        case authentication:
            if (octets.size() >= 2) header = (octet_at(octets, 1) + 2u) * 4u;
            break;
        case fragment_header: break;
        default: return step_to_ip_protocol(next);
        }
        if (octets.size() < 8 || octets.size() < header) return step::malformed(layer::ipv6);
        packet.octets.remove_prefix(header);
        const auto after = octet_at(octets, 0);
        if (next != fragment_header) {
            next = after;
            continue;
        }
        const unsigned fragment = big_16(octets, 2);
        const ip_fragment piece{big_32(octets, 4), after, fragment & 0xfff8u, (fragment & 1) != 0};
        const bool is_whole = piece.offset == 0 && !piece.more_follow; // RFC 6946
        const auto carried = is_whole ? std::optional(after) : packet.fragments.add(piece, packet);
        if (!carried) return step::hold();
        next = *carried;
    }
}

} // namespace sipstatus::tool
