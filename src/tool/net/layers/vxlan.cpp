#include "input/byte_order.hpp"
#include "net/layer.hpp"

namespace sipstatus::tool {

namespace {

constexpr std::size_t header_size = 8, ethernet_header = 14;
constexpr unsigned has_network = 0x08, has_protocol = 0x04;
enum protocol : std::uint8_t { ipv4 = 1, ipv6 = 2, ethernet = 3 };

// What comes after the header: Ethernet, or what the extension for other protocols says.
protocol protocol_of(std::string_view octets) noexcept {
    return (octet_at(octets, 0) & has_protocol) != 0 ? static_cast<protocol>(octet_at(octets, 3)) : ethernet;
}

} // namespace

// RFC 7348 section 5, with the extensions for group policies and for other protocols than Ethernet. What is reserved in
// all of them is zero, and IP or an Ethernet frame of a known type follows.
bool begins_like_vxlan(std::string_view octets) noexcept {
    if (octets.size() < header_size + ethernet_header || (octet_at(octets, 0) & has_network) == 0 ||
        octet_at(octets, 7) != 0)
        return false;
    const auto inner = octets.substr(header_size);
    switch (protocol_of(octets)) {
    case ipv4:
    case ipv6: return step_to_ip(inner, step::hand_on()).what == step::kind::next;
    case ethernet: return step_to_ether_type(big_16(inner, 12)).what == step::kind::next;
    }
    return false;
}

step read_vxlan(dissection &packet) {
    const auto inner = protocol_of(packet.octets);
    packet.octets.remove_prefix(header_size);
    return inner == ethernet ? step::to(layer::ethernet) : step_to_ip(packet.octets, step::malformed(layer::vxlan));
}

} // namespace sipstatus::tool
