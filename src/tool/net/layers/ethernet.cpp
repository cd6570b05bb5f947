#include "input/byte_order.hpp"
#include "net/layer.hpp"

namespace sipstatus::tool {

// IEEE 802.3: two addresses, then the EtherType.
step read_ethernet(dissection &packet) {
    constexpr std::size_t header = 14;
    if (packet.octets.size() < header) return step::malformed(layer::ethernet);
    const auto type = big_16(packet.octets, 12);
    packet.octets.remove_prefix(header);
    return step_to_ether_type(type);
}

} // namespace sipstatus::tool
