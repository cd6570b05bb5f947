#include "input/byte_order.hpp"
#include "net/layer.hpp"

namespace sipstatus::tool {

// RFC 2784, RFC 2890 (key and sequence number) and RFC 2637 (version 1, with an acknowledgement).
step read_gre(dissection &packet) {
    static constexpr unread_kind routed{"gre-routing", "packet", "of GRE with source routes"};
    constexpr unsigned checksum = 0x8000, routing = 0x4000, key = 0x2000, sequence = 0x1000, acknowledgement = 0x0080;
    constexpr std::uint16_t ethernet_bridging = 0x6558, erspan_type = 0x88be;
    const auto octets = packet.octets;
    if (octets.size() < 4) return step::malformed(layer::gre);
    const unsigned flags = big_16(octets, 0), version = flags & 7;
    const auto type = big_16(octets, 2);
    if (version > 1) return step::malformed(layer::gre);
    if ((flags & routing) != 0) return step::leave_out(routed);
    std::size_t header = 4;
    for (const auto field : {checksum, key, sequence}) header += (flags & field) != 0 ? 4 : 0;
    if (version == 1 && (flags & acknowledgement) != 0) header += 4;
    if (octets.size() < header) return step::malformed(layer::gre);
    packet.octets.remove_prefix(header);
    // ERSPAN of type I has no header of its own, and GRE no sequence number.
    const bool has_no_header = type == erspan_type && (flags & sequence) == 0;
    return type == ethernet_bridging || has_no_header ? step::to(layer::ethernet) : step_to_ether_type(type);
}

} // namespace sipstatus::tool
