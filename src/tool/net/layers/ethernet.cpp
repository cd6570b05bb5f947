#include "input/byte_order.hpp"
#include "net/layer.hpp"

namespace sipstatus::tool {

// IEEE 802.3: two addresses, then the EtherType. A number below 0x0600 is a length, and 802.2 LLC follows.
step read_ethernet(dissection &packet) {
    constexpr std::size_t header = 14;
    if (packet.octets.size() < header) return step::malformed(layer::ethernet);
    const auto type = big_16(packet.octets, 12);
    packet.octets.remove_prefix(header);
    if (type >= 0x0600) return step_to_ether_type(type);
    packet.octets = packet.octets.substr(0, type);
    return step::to(layer::llc);
}

} // namespace sipstatus::tool
