#include "input/byte_order.hpp"
#include "net/layer.hpp"

namespace sipstatus::tool {

// IEEE 802.2 with SNAP: AA AA 03, an organization of zeros, then the EtherType.
step read_llc(dissection &packet) {
    static constexpr unread_kind without_snap{"llc", "frame", "of 802.2 LLC without an EtherType"};
    constexpr std::string_view snap("\xaa\xaa\x03\0\0\0", 6);
    if (packet.octets.size() < 8 || packet.octets.substr(0, 6) != snap) return step::leave_out(without_snap);
    const auto type = big_16(packet.octets, 6);
    packet.octets.remove_prefix(8);
    return step_to_ether_type(type);
}

} // namespace sipstatus::tool
