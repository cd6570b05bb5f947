#include "input/byte_order.hpp"
#include "net/layer.hpp"

namespace sipstatus::tool {

// LINKTYPE_LINUX_SLL: the EtherType is the last of 16 octets.
step read_linux_sll(dissection &packet) {
    constexpr std::size_t header = 16;
    if (packet.octets.size() < header) return step::malformed(layer::linux_sll);
    const auto type = big_16(packet.octets, 14);
    packet.octets.remove_prefix(header);
    return step_to_ether_type(type);
}

// LINKTYPE_LINUX_SLL2: the EtherType is the first of 20 octets.
step read_linux_sll2(dissection &packet) {
    constexpr std::size_t header = 20;
    if (packet.octets.size() < header) return step::malformed(layer::linux_sll2);
    const auto type = big_16(packet.octets, 0);
    packet.octets.remove_prefix(header);
    return step_to_ether_type(type);
}

} // namespace sipstatus::tool
