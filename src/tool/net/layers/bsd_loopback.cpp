#include "input/byte_order.hpp"
#include "net/layer.hpp"

#include <algorithm>

namespace sipstatus::tool {

namespace {

constexpr unread_kind unknown_family{"address-family", "frame", "of BSD address family {}"};

} // namespace

// LINKTYPE_NULL and LINKTYPE_LOOP: the address family, by the numbers and in the octet order of the machine that
// captured. The number of IPv6 differs between systems.
step read_bsd_loopback(dissection &packet) {
    constexpr std::size_t header = 4;
    if (packet.octets.size() < header) return step::malformed(layer::bsd_loopback);
    const auto family = std::min(byte_order{true}.u32(packet.octets, 0), byte_order{false}.u32(packet.octets, 0));
    packet.octets.remove_prefix(header);
    switch (family) {
    case 2: return step::to(layer::ipv4);
    case 10:
    case 23:
    case 24:
    case 28:
    case 30: return step::to(layer::ipv6);
    default: return step::leave_out(unknown_family, family);
    }
}

} // namespace sipstatus::tool
