#include "input/byte_order.hpp"
#include "net/layer.hpp"

namespace sipstatus::tool {

// An IP packet without a link header: its version says which.
step read_raw_ip(dissection &packet) {
    if (packet.octets.empty()) return step::malformed(layer::raw_ip);
    return step::to(octet_at(packet.octets, 0) >> 4 == 6 ? layer::ipv6 : layer::ipv4);
}

} // namespace sipstatus::tool
