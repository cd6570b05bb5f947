#include "input/byte_order.hpp"
#include "net/layer.hpp"

namespace sipstatus::tool {

// IEEE 802.1Q: the tag, then the EtherType. Tags may be stacked.
step read_vlan(dissection &packet) {
    constexpr std::size_t header = 4;
    if (packet.octets.size() < header) return step::malformed(layer::vlan);
    const auto type = big_16(packet.octets, 2);
    packet.octets.remove_prefix(header);
    return step_to_ether_type(type);
}

} // namespace sipstatus::tool
